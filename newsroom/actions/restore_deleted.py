"""Bringing back what was deleted from the working copy, with whatever was deleted with it.

Nothing public changes.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.base import DeserializedObject
from django.db import models
from django.utils.translation import gettext as _

from ..models import Publishable, WorkingChange
from ..models.ownership import get_generic_keys
from .decorators import audited_action
from .permissions import ActionError, perm, require_perm

DELETED, CHANGED = WorkingChange.Action.DELETE, WorkingChange.Action.UPDATE
ModelAndPk = tuple[type[models.Model], int]


@audited_action
def undelete(*, entry: WorkingChange, by) -> list[Publishable]:
    """Bring back a deleted row with its content_id, the rows deleted with it, and the links it had.

    entry: the audit-log entry of the deletion. Return the rows, parents first. Raises PermissionDenied, or ActionError
    if what it belonged to is gone, it exists again, or another row has taken its place since.
    """
    if entry.action != DELETED:
        raise ActionError(_("Only what was deleted can be brought back."))
    found = [_deserialize_entry(each) for each in get_deletion_cascade(entry)]
    rows = [each.object for each in found]
    for model in {type(row) for row in rows}:
        require_perm(by, perm(model, "add"))
    _resolve_references(found)
    for each in found:
        _check_row_free(each.object)
        each.save(force_insert=True)
    _relink_rows(entry, rows)
    return rows


def get_deletion_cascade(entry: WorkingChange) -> list[WorkingChange]:
    """Return the deletion and those of the same act that followed from it, parents first."""
    others = list(WorkingChange.objects.filter(cid=entry.cid, action=DELETED).exclude(pk=entry.pk).order_by("pk"))
    found, known = [entry], {_deleted_row_key(entry)}
    while new := [each for each in others if known & set(_parent_row_keys(each))]:
        others = [each for each in others if each not in new]
        found += new
        known |= {_deleted_row_key(each) for each in new}
    return found


def _deleted_row_key(entry: WorkingChange) -> ModelAndPk:
    """Return (model, pk) of the row that was deleted."""
    return entry.model, entry.object_id


def _parent_row_keys(entry: WorkingChange) -> Iterable[ModelAndPk]:
    """Yield (model, pk) of the rows whose deletion would delete this one."""
    held = entry.serialized_data["fields"]
    for field in entry.model._meta.concrete_fields:
        if field.many_to_one and field.remote_field.on_delete is models.CASCADE and held.get(field.name):
            yield field.related_model, held[field.name]
    for key in get_generic_keys(entry.model):
        yield ContentType.objects.get_for_id(held[key.ct_field]).model_class(), held[key.fk_field]


def _deserialize_entry(entry: WorkingChange) -> DeserializedObject:
    """Rebuild the deleted row from what the entry stored."""
    return next(serializers.deserialize("python", [entry.serialized_data], ignorenonexistent=True))


def _resolve_references(found: list[DeserializedObject]) -> None:
    """Clear optional references and links to rows that are gone.

    Raises ActionError for a required one.
    """
    back = {(type(each.object), each.object.pk) for each in found}
    there = _existing_rows(found) | back
    for each in found:
        row = each.object
        for field, key in _iter_references(row):
            if key not in there and field.null and field.remote_field.on_delete is models.SET_NULL:
                setattr(row, field.attname, None)
            elif key not in there:
                raise ActionError(
                    _("“%(row)s” cannot come back: what it belonged to is gone. Bring that back first.") % {"row": row}
                )
        for field in row._meta.many_to_many:
            linked = each.m2m_data.get(field.name, [])
            each.m2m_data[field.name] = [pk for pk in linked if (field.related_model, pk) in there]


def _iter_references(row: models.Model) -> Iterable[tuple[models.Field, ModelAndPk]]:
    """Yield (field, (model, pk)) for everything that a row refers to, generic keys included."""
    for field in row._meta.concrete_fields:
        if field.many_to_one and field.related_model is not ContentType and getattr(row, field.attname) is not None:
            yield field, (field.related_model, getattr(row, field.attname))
    for key in get_generic_keys(type(row)):
        model = ContentType.objects.get_for_id(getattr(row, f"{key.ct_field}_id")).model_class()
        yield row._meta.get_field(key.fk_field), (model, getattr(row, key.fk_field))


def _existing_rows(found: list[DeserializedObject]) -> set[ModelAndPk]:
    """Return which of the rows that these refer to exist, with one query for each model."""
    wanted = defaultdict(set)
    for each in found:
        for _field, (model, pk) in _iter_references(each.object):
            wanted[model].add(pk)
        for field in each.object._meta.many_to_many:
            wanted[field.related_model].update(each.m2m_data.get(field.name, []))
    return {
        (model, pk)
        for model, pks in wanted.items()
        for pk in model._base_manager.filter(pk__in=pks).values_list("pk", flat=True)
    }


def _check_row_free(row: models.Model) -> None:
    """Raise ActionError if another row has the unique values of this one, such as its key, slug or place."""
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        told = {"row": row, "why": " ".join(error.messages)}
        raise ActionError(_("“%(row)s” cannot come back: %(why)s") % told) from error


def _relink_rows(entry: WorkingChange, rows: list[Publishable]) -> None:
    """Restore references to these rows that their deletion cleared.

    A row that refers to something else by now is left as it is.
    """
    back = {(type(row), row.pk): row for row in rows}
    for change in WorkingChange.objects.filter(cid=entry.cid, action=CHANGED).order_by("pk"):
        for name, (old, new) in change.changes.items():
            field = change.model._meta.get_field(name.partition(".")[0])
            row = back.get((field.related_model, old)) if field.many_to_one and new is None else None
            naming = row and change.model._base_manager.filter(pk=change.object_id, **{f"{name}__isnull": True}).first()
            if naming:
                setattr(naming, name, row)
                naming.save()
