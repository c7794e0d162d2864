"""Merging a row into another of its model.

Whatever points to the one is changed to point to the other; then the one is deleted or withdrawn.
"""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from record.languages import CONVERTED, LANGUAGES, get_text_columns, localize
from record.models import edition_classes
from record.queries import load_references

from ..documents.registry import get_row_key, get_row_type
from ..documents.workflow_state import get_workflow_states
from ..fields import get_date_groups
from ..models import Child, HeldBack, Publishable, Root, WorkingChange
from ..models.ownership import get_generic_keys
from .append import lock_publishing
from .decorators import audited_action
from .permissions import ActionError, perm, require_perm
from .withdraw import withdraw

IGNORED_COLUMNS = (
    "id",
    "content_id",
    "text_states",
    "position",
    "held_back",
    "created_at",
    "updated_at",
)  # not content
UNMERGED_COLUMNS = ("content_id", "slug", "internal_note", "created_at", "updated_at", "aliases", "former_names")


@dataclass(frozen=True)
class ReferencingRows:
    """Rows that point to a row through the same field: a foreign key, a many-to-many relation or a generic key."""

    model: type[models.Model]
    field: object
    rows: list[models.Model]


def find_referencing_rows(row: Publishable) -> list[ReferencingRows]:
    """Return everything that points to a row, whatever app it belongs to.

    It is found through the relations of the model, so that none is forgotten.
    """
    found = [
        ReferencingRows(model, field, _rows_referencing(model, field, row))
        for model, field in _referencing_fields(type(row))
    ]
    return [held for held in found if held.rows]


def _referencing_fields(model: type[models.Model]) -> list[tuple[type[models.Model], object]]:
    """Return (model, field) of everything that can point to rows of this model."""
    relations = [
        (relation.related_model, relation.field)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and not relation.related_model._meta.auto_created
        and not isinstance(relation.field, GenericRelation)  # the reverse side of a generic key
    ]
    return relations + [(each, key) for each in apps.get_models() for key in get_generic_keys(each)]


def _rows_referencing(model: type[models.Model], field, row: Publishable) -> list[models.Model]:
    """Return the rows that point to a row through one field."""
    if field in get_generic_keys(model):
        kind = ContentType.objects.get_for_model(row)
        lookup = {field.ct_field: kind, field.fk_field: row.pk}
    else:
        lookup = {field.name: row}
    # Load required relations too: rows are named after them.
    return list(model._base_manager.filter(**lookup).select_related().order_by("pk"))


def was_published(row: Publishable) -> bool:
    """Return whether the row is a root that ever had an edition, so that readers may know its address."""
    return (
        isinstance(row, Root)
        and edition_classes()[get_row_type(row)].history.filter(content_id=row.content_id).exists()
    )


def merge_permissions(row: Publishable) -> list[str]:
    """Return the permissions needed to merge this row into another."""
    goes = "record.withdraw" if was_published(row) else perm(row, "delete")
    return [perm(row, "change"), goes]


@audited_action
def merge(*, row: Publishable, into: Publishable, by) -> list[Publishable]:
    """Make all that names `row` name `into`, which also takes over its names and what it lacks. Return the rows moved.

    A row that was never published is deleted then; otherwise it is withdrawn with `into` as its successor. Raises
    PermissionDenied, or ActionError if both are one row or of different models, `row` is under review or scheduled, or
    it was published and `into` is not public.
    """
    lock_publishing()  # before the rows, as everywhere, so that publishing never waits for them
    row, into = _lock_both_rows(row, into)
    for permission in merge_permissions(row):
        require_perm(by, permission)
    _check_mergeable(row, into)
    moved = [each for held in find_referencing_rows(row) for each in _repoint_rows(held, row, into, by)]
    _fill_gaps(into, row)
    into.save()
    _retire_row(row, into, by)
    return moved


def _lock_both_rows(row: Publishable, into: Publishable) -> tuple[Publishable, Publishable]:
    """Lock and reload both rows. Raises ActionError if they cannot be merged or one was deleted."""
    if type(row) is not type(into) or row.pk == into.pk:
        raise ActionError(_("Choose another one of the same kind."))
    rows = type(row)._base_manager.select_for_update().order_by("pk").in_bulk([row.pk, into.pk])
    if len(rows) < 2:
        raise ActionError(_("One of them is there no more."))
    return rows[row.pk], rows[into.pk]


def _check_mergeable(row: Publishable, into: Publishable) -> None:
    """Raise ActionError if a root is under review or scheduled, or its readers could not be sent to the other."""
    if not isinstance(row, Root):
        return
    if get_workflow_states(get_row_type(row), [row.content_id]):
        raise ActionError(_("“%(name)s” is under review or scheduled. End that first.") % {"name": row})
    if was_published(row) and _public_name(into) is None:
        raise ActionError(_("Publish “%(name)s” first: readers of the other are sent there.") % {"name": into})


def _public_name(row: Root) -> dict | None:
    """Return the title that the record has for a root now, or None if it is not public."""
    name = load_references([get_row_key(row)]).get(get_row_key(row))
    return None if name is None or name.get("withdrawn") else name["title"]


def _repoint_rows(held: ReferencingRows, row: Publishable, into: Publishable, by) -> list[models.Model]:
    """Make these rows point to `into`, and return them.

    Each is saved by itself, so that it is logged. Nothing is made to point to itself.
    """
    require_perm(by, perm(held.model, "change"))
    for each in held.rows:
        if each == row:  # it pointed to itself
            continue
        if isinstance(held.field, models.ManyToManyField):
            getattr(each, held.field.name).add(into)
            getattr(each, held.field.name).remove(row)
            continue
        if held.model is type(into) and _leads_to(into, each, held.field.name):
            _adopt_parent(into, row, held.field.name)
        if each != into:
            _repoint_row(each, held.field, row, into)
    return [each for each in held.rows if each != row]


def _repoint_row(each: models.Model, field, row: Publishable, into: Publishable) -> None:
    """Save the row with its new target. If another row then says the same or less, keep only the fuller one."""
    setattr(each, field.name, into)
    for twin in _find_duplicates(each):
        if _adds_nothing_to(each, twin):
            each.delete()
            return
        if _adds_nothing_to(twin, each):
            twin.delete()
    each.save()
    if field in get_generic_keys(type(each)):  # auditlog does not log changes of generic keys
        names = [str(row), str(into)]
        WorkingChange.objects.add_entries([each], WorkingChange.Action.UPDATE, lambda _row: {field.name: names})


def _find_duplicates(row: models.Model) -> list[models.Model]:
    """Return other rows about the same things to which nothing points.

    Rows with editions of their own have none, nor do rows that something points to.
    """
    if isinstance(row, Root | Child) or not isinstance(row, HeldBack) or find_referencing_rows(row):
        return []
    generic = [key.fk_field for key in get_generic_keys(type(row))]
    names = [each.attname for each in row._meta.concrete_fields if each.is_relation] + generic
    lookup = {name: getattr(row, name) for name in names}
    found = type(row)._base_manager.filter(**lookup).exclude(pk=row.pk).order_by("pk")
    return [twin for twin in found if not find_referencing_rows(twin)]


def _adds_nothing_to(less: models.Model, more: models.Model) -> bool:
    """Return whether `less` adds nothing to `more` and is not more visible than it."""
    words = [each.attname for each in less._meta.concrete_fields if each.name not in IGNORED_COLUMNS]
    told = all(getattr(less, name) in (None, "", getattr(more, name)) for name in words)
    return told and (less.held_back or not more.held_back)


def _adopt_parent(into: Publishable, row: Publishable, name: str) -> None:
    """Re-parent `into` to the merged row's parent, or to none if that would make a cycle."""
    above = getattr(row, name)
    setattr(into, name, None if above is None or _leads_to(above, into, name) else above)
    into.save()


def _leads_to(start: Publishable, end: Publishable, name: str) -> bool:
    """Return whether following this key from `start` leads to `end`, or `start` is `end`."""
    seen, at = set(), start
    while at is not None and at.pk not in seen:
        if at.pk == end.pk:
            return True
        seen.add(at.pk)
        at = getattr(at, name)
    return False


def _fill_gaps(into: Publishable, row: Publishable) -> None:
    """Give `into` the names and internal note of the merged row, and whatever else it lacks."""
    if hasattr(into, "aliases"):
        into.aliases = "\n".join(_merge_aliases(into, row))
    into.internal_note = "\n".join(filter(None, [into.internal_note, row.internal_note]))
    for name in into.texts:
        if _are_blank(into, get_text_columns(name)):
            _copy_columns(into, row, get_text_columns(name))
            into.text_states[name] = row.text_states.get(name, {})
    for group in _column_groups(type(into)):
        if _are_blank(into, group) and not any(_would_make_cycle(into, row, name) for name in group):
            _copy_columns(into, row, group)


def _are_blank(row: Publishable, names: list[str]) -> bool:
    """Return whether all of these columns are empty."""
    return all(getattr(row, name) in (None, "") for name in names)


def _copy_columns(into: Publishable, row: Publishable, names: list[str]) -> None:
    """Copy these columns."""
    for name in names:
        setattr(into, name, getattr(row, name))


def _column_groups(model: type[Publishable]) -> list[list[str]]:
    """Return groups of columns that belong together: those of a fuzzy date, and each other one that may be empty."""
    dated = [list(group.columns) for group in get_date_groups(model)]
    known = {*UNMERGED_COLUMNS, *(name for group in dated for name in group)}
    known |= {name for text in model.texts for name in get_text_columns(text)}
    return dated + [[each.name] for each in model._meta.concrete_fields if each.blank and each.name not in known]


def _would_make_cycle(into: Publishable, row: Publishable, name: str) -> bool:
    """Return whether this value would make `into` point to itself, directly or through others."""
    value = getattr(row, name)
    return isinstance(value, type(into)) and (value == row or _leads_to(value, into, name))


def _merge_aliases(into: Publishable, row: Publishable) -> list[str]:
    """Return the aliases of `into`, then the names and aliases of the other that it does not have."""
    own = set(_written_names(into))
    wanted = [*into.aliases.splitlines(), *_written_names(row), *row.aliases.splitlines()]
    wanted += getattr(row, "former_names", "").splitlines()
    return list(dict.fromkeys(name.strip() for name in wanted if name.strip() and name.strip() not in own))


def _written_names(row: Publishable) -> list[str]:
    """Return the name in each language, without those held back or converted by machine."""
    text = row.text(row.name_text) or {}
    marks = text.get("state", {})
    return [text[language] for language in LANGUAGES if text.get(language) and marks.get(language) != CONVERTED]


def _retire_row(row: Publishable, into: Publishable, by) -> None:
    """Delete the merged row, or withdraw it with a public reason if it was ever published."""
    if not was_published(row):
        row.delete()
        return
    with override("en"):
        row.internal_note = "\n".join(filter(None, [row.internal_note, _merge_sentence(str(into))]))
    row.save()
    withdraw(root=get_row_key(row), reason=_merge_reason(into), by=by, successor=get_row_key(into))


def _merge_reason(into: Root) -> dict:
    """Return the public reason in every language, with the name that the record has."""
    name, reason = _public_name(into), {}
    for language in LANGUAGES:
        with override(language):
            reason[language] = _merge_sentence(localize(name, language)[0])
    return reason


def _merge_sentence(name: str) -> str:
    """Return the sentence that says what a row was merged into, in the active language."""
    return _("Merged into “%(name)s”.") % {"name": name}
