"""Merging a row into another of its model.

Whatever points to the one is changed to point to the other; then the one is deleted or withdrawn.
"""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..documents import key_of, type_of, underway
from ..documents.plans import names_in_record
from ..editions import edition_classes
from ..fields import date_groups
from ..languages import CONVERTED, LANGUAGES, columns, say
from ..models import Child, HeldBack, Publishable, Root, WorkingChange
from ..models.places import generic_keys
from .appending import lock_the_record
from .permits import Refused, permit
from .verbs import verb
from .withdraw import withdraw

BESIDE = ("id", "content_id", "text_states", "position", "held_back", "created_at", "updated_at")  # not content
OWN = ("content_id", "slug", "internal_note", "created_at", "updated_at", "aliases", "former_names")


@dataclass(frozen=True)
class Held:
    """Rows that point to a row through the same field: a foreign key, a many-to-many relation or a generic key."""

    model: type[models.Model]
    field: object
    rows: list[models.Model]


def holders(row: Publishable) -> list[Held]:
    """Return everything that points to a row, whatever app it belongs to.

    It is found through the relations of the model, so that none is forgotten.
    """
    found = [Held(model, field, _holding(model, field, row)) for model, field in _pointers(type(row))]
    return [held for held in found if held.rows]


def _pointers(model: type[models.Model]) -> list[tuple[type[models.Model], object]]:
    """Return (model, field) of everything that can point to rows of this model."""
    relations = [
        (relation.related_model, relation.field)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and not relation.related_model._meta.auto_created
        and not isinstance(relation.field, GenericRelation)  # the reverse side of a generic key
    ]
    return relations + [(each, key) for each in apps.get_models() for key in generic_keys(each)]


def _holding(model: type[models.Model], field, row: Publishable) -> list[models.Model]:
    """Return the rows that point to a row through one field."""
    if field in generic_keys(model):
        kind = ContentType.objects.get_for_model(row)
        lookup = {field.ct_field: kind, field.fk_field: row.pk}
    else:
        lookup = {field.name: row}
    # Load required relations too: rows are named after them.
    return list(model._base_manager.filter(**lookup).select_related().order_by("pk"))


def was_published(row: Publishable) -> bool:
    """Return whether the row is a root that ever had an edition, so that readers may know its address."""
    return isinstance(row, Root) and edition_classes()[type_of(row)].history.filter(content_id=row.content_id).exists()


def merge_permissions(row: Publishable) -> list[str]:
    """Return the permissions needed to merge this row into another."""
    options = row._meta
    goes = "publishing.withdraw" if was_published(row) else _right("delete", options)
    return [_right("change", options), goes]


def _right(verb: str, options) -> str:
    """Return the full name of a permission ("app.verb_model")."""
    return f"{options.app_label}.{get_permission_codename(verb, options)}"


@verb
def merge(*, row: Publishable, into: Publishable, by) -> list[Publishable]:
    """Make all that names `row` name `into`, which also takes over its names and what it lacks. Return the rows moved.

    A row that was never published is deleted then; otherwise it is withdrawn with `into` as its successor. Raises
    PermissionDenied, or ActionError if both are one row or of different models, `row` is under review or scheduled, or
    it was published and `into` is not public.
    """
    lock_the_record()  # before the rows, as everywhere, so that publishing never waits for them
    row, into = _locked(row, into)
    for permission in merge_permissions(row):
        permit(by, permission)
    _refuse(row, into)
    moved = [each for held in holders(row) for each in _move(held, row, into, by)]
    _complete(into, row)
    into.save()
    _dispose(row, into, by)
    return moved


def _locked(row: Publishable, into: Publishable) -> tuple[Publishable, Publishable]:
    """Lock and reload both rows. Raises ActionError if they cannot be merged or one was deleted."""
    if type(row) is not type(into) or row.pk == into.pk:
        raise Refused(_("Choose another one of the same kind."))
    rows = type(row)._base_manager.select_for_update().order_by("pk").in_bulk([row.pk, into.pk])
    if len(rows) < 2:
        raise Refused(_("One of them is there no more."))
    return rows[row.pk], rows[into.pk]


def _refuse(row: Publishable, into: Publishable) -> None:
    """Raise ActionError if a root is under review or scheduled, or its readers could not be sent to the other."""
    if not isinstance(row, Root):
        return
    if underway(type_of(row), [row.content_id]):
        raise Refused(_("“%(name)s” is under review or scheduled. End that first.") % {"name": row})
    if was_published(row) and _public_name(into) is None:
        raise Refused(_("Publish “%(name)s” first: readers of the other are sent there.") % {"name": into})


def _public_name(row: Root) -> dict | None:
    """Return the title that the record has for a root now, or None if it is not public."""
    name = names_in_record([key_of(row)]).get(key_of(row))
    return None if name is None or name.get("withdrawn") else name["title"]


def _move(held: Held, row: Publishable, into: Publishable, by) -> list[models.Model]:
    """Make these rows point to `into`, and return them.

    Each is saved by itself, so that it is logged. Nothing is made to point to itself.
    """
    permit(by, _right("change", held.model._meta))
    for each in held.rows:
        if each == row:  # it pointed to itself
            continue
        if isinstance(held.field, models.ManyToManyField):
            getattr(each, held.field.name).add(into)
            getattr(each, held.field.name).remove(row)
            continue
        if held.model is type(into) and _leads_to(into, each, held.field.name):
            _take_the_place(into, row, held.field.name)
        if each != into:
            _point(each, held.field, row, into)
    return [each for each in held.rows if each != row]


def _point(each: models.Model, field, row: Publishable, into: Publishable) -> None:
    """Save the row with its new target. If another row then says the same or less, keep only the fuller one."""
    setattr(each, field.name, into)
    for twin in _twins(each):
        if _says_no_more(each, twin):
            each.delete()
            return
        if _says_no_more(twin, each):
            twin.delete()
    each.save()
    if field in generic_keys(type(each)):  # auditlog does not log changes of generic keys
        names = [str(row), str(into)]
        WorkingChange.objects.log([each], WorkingChange.Action.UPDATE, lambda _row: {field.name: names})


def _twins(row: models.Model) -> list[models.Model]:
    """Return other rows about the same things to which nothing points.

    Rows with editions of their own have none, nor do rows that something points to.
    """
    if isinstance(row, Root | Child) or not isinstance(row, HeldBack) or holders(row):
        return []
    generic = [key.fk_field for key in generic_keys(type(row))]
    names = [each.attname for each in row._meta.concrete_fields if each.is_relation] + generic
    lookup = {name: getattr(row, name) for name in names}
    found = type(row)._base_manager.filter(**lookup).exclude(pk=row.pk).order_by("pk")
    return [twin for twin in found if not holders(twin)]


def _says_no_more(less: models.Model, more: models.Model) -> bool:
    """Return whether `less` adds nothing to `more` and is not more visible than it."""
    words = [each.attname for each in less._meta.concrete_fields if each.name not in BESIDE]
    told = all(getattr(less, name) in (None, "", getattr(more, name)) for name in words)
    return told and (less.held_back or not more.held_back)


def _take_the_place(into: Publishable, row: Publishable, name: str) -> None:
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


def _complete(into: Publishable, row: Publishable) -> None:
    """Give `into` the names and internal note of the merged row, and whatever else it lacks."""
    if hasattr(into, "aliases"):
        into.aliases = "\n".join(_aliases(into, row))
    into.internal_note = "\n".join(filter(None, [into.internal_note, row.internal_note]))
    for name in into.texts:
        if _lacks(into, columns(name)):
            _take(into, row, columns(name))
            into.text_states[name] = row.text_states.get(name, {})
    for group in _groups(type(into)):
        if _lacks(into, group) and not any(_turns_back(into, row, name) for name in group):
            _take(into, row, group)


def _lacks(row: Publishable, names: list[str]) -> bool:
    """Return whether all of these columns are empty."""
    return all(getattr(row, name) in (None, "") for name in names)


def _take(into: Publishable, row: Publishable, names: list[str]) -> None:
    """Copy these columns."""
    for name in names:
        setattr(into, name, getattr(row, name))


def _groups(model: type[Publishable]) -> list[list[str]]:
    """Return groups of columns that belong together: those of a fuzzy date, and each other one that may be empty."""
    dated = [list(group.columns) for group in date_groups(model)]
    known = {*OWN, *(name for group in dated for name in group)}
    known |= {name for text in model.texts for name in columns(text)}
    return dated + [[each.name] for each in model._meta.concrete_fields if each.blank and each.name not in known]


def _turns_back(into: Publishable, row: Publishable, name: str) -> bool:
    """Return whether this value would make `into` point to itself, directly or through others."""
    value = getattr(row, name)
    return isinstance(value, type(into)) and (value == row or _leads_to(value, into, name))


def _aliases(into: Publishable, row: Publishable) -> list[str]:
    """Return the aliases of `into`, then the names and aliases of the other that it does not have."""
    own = set(_names(into))
    wanted = [*into.aliases.splitlines(), *_names(row), *row.aliases.splitlines()]
    wanted += getattr(row, "former_names", "").splitlines()
    return list(dict.fromkeys(name.strip() for name in wanted if name.strip() and name.strip() not in own))


def _names(row: Publishable) -> list[str]:
    """Return the name in each language, without those held back or converted by machine."""
    text = row.text(row.name_text) or {}
    marks = text.get("state", {})
    return [text[language] for language in LANGUAGES if text.get(language) and marks.get(language) != CONVERTED]


def _dispose(row: Publishable, into: Publishable, by) -> None:
    """Delete the merged row, or withdraw it with a public reason if it was ever published."""
    if not was_published(row):
        row.delete()
        return
    with override("en"):
        row.internal_note = "\n".join(filter(None, [row.internal_note, _told(str(into))]))
    row.save()
    withdraw(root=key_of(row), reason=_reason(into), by=by, successor=key_of(into))


def _reason(into: Root) -> dict:
    """Return the public reason in every language, with the name that the record has."""
    name, reason = _public_name(into), {}
    for language in LANGUAGES:
        with override(language):
            reason[language] = _told(say(name, language)[0])
    return reason


def _told(name: str) -> str:
    """Return the sentence that says what a row was merged into, in the active language."""
    return _("Merged into “%(name)s”.") % {"name": name}
