"""Audit entries for display: which row, which fields, their old and new values with the changed words marked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.fields import GenericForeignKey
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..languages import LANGUAGES, UNREVIEWED, columns
from ..models import WorkingChange
from ..models.telling import HELD_BACK, told_of_deleted
from ..rules import Piece, marked
from .comparing import Row, shortened
from .layout import text_label
from .summaries import form_url
from .worded import in_words

LONG = 60  # characters: in longer texts the changed words are marked, shorter ones are shown whole


@dataclass(frozen=True)
class Told:
    """One audit entry for display. `url`: of the row's form while the row exists, else ""."""

    entry: WorkingChange
    kind: str
    url: str
    rows: tuple[Row, ...]

    @property
    def fields(self) -> str:
        """The labels of the changed fields, separated by commas."""
        return ", ".join(str(row.label) for row in self.rows)

    @property
    def badge(self) -> str:
        """The suffix of the badge's CSS class."""
        return {WorkingChange.Action.CREATE: "added", WorkingChange.Action.DELETE: "removed"}.get(
            self.entry.action, "changed"
        )


def told(entries: Iterable[WorkingChange]) -> list[Told]:
    """Describe audit entries, with one or two queries for each model among them, whatever their number."""
    entries = list(entries)
    names, there = _names(entries), _there(entries)
    return [
        Told(
            entry=entry,
            kind=capfirst(str(model._meta.verbose_name)),
            url=form_url(model, entry.object_id) if (model, entry.object_id) in there else "",
            rows=tuple(_row(model, name, values, names) for name, values in _values(entry).items()),
        )
        for entry in entries
        for model in [entry.model]
    ]


def _values(entry: WorkingChange) -> dict[str, list]:
    """Return {field: [old, new]} of an entry; for a deletion, the values that the row last had."""
    return told_of_deleted(entry) if entry.action == WorkingChange.Action.DELETE else entry.changes


def _there(entries: list[WorkingChange]) -> set:
    """Return (model, key) of the entries' rows that still exist; one query for each model."""
    wanted = defaultdict(set)
    for entry in entries:
        wanted[entry.model].add(entry.object_id)
    return {
        (model, pk)
        for model, pks in wanted.items()
        for pk in model._base_manager.filter(pk__in=pks).values_list("pk", flat=True)
    }


def _names(entries: list[WorkingChange]) -> dict:
    """Return {(model, key): name} of all rows that foreign keys in the entries reference."""
    wanted = defaultdict(set)
    for entry in entries:
        for name, values in _values(entry).items():
            field = _field(entry.model, name)
            if isinstance(field, models.ForeignKey):
                wanted[field.related_model] |= {value for value in values if value is not None}
    found = {model: model._base_manager.in_bulk(pks) for model, pks in wanted.items()}
    names = {(model, pk): str(row) for model, rows in found.items() for pk, row in rows.items()}
    return _gone({(model, pk) for model, pks in wanted.items() for pk in pks} - names.keys()) | names


def _gone(keys: set) -> dict:
    """Return {(model, key): name} of deleted rows, by the name each was last logged with; one query."""
    if not keys:
        return {}
    deleted = WorkingChange.objects.filter(action=WorkingChange.Action.DELETE, object_id__in={pk for _, pk in keys})
    rows = {(each.model, each.object_id): each.object_repr for each in deleted.order_by("pk").defer("serialized_data")}
    return {key: _("%(name)s (deleted)") % {"name": rows[key]} for key in keys & rows.keys()}


def _field(model, name: str):
    """Return the model's field of this name, or None."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _row(model, name: str, values: list, names: dict) -> Row:
    """Build the row that shows a field's old and new value.

    `name` may end in “.mark”, as in “title_en.held_back”: then the row shows a state of the text.
    """
    text, _dot, mark = name.partition(".")
    label, language = _label(model, text)
    field = _field(model, text)
    if mark:
        return Row(label, pieces=_whole(*(_marked_as(mark) if value else "" for value in values)))
    if field is not None and field.many_to_many:
        return Row(label, pieces=_whole(*(", ".join(each) for each in values)))
    if isinstance(field, models.ForeignKey):
        named = ("" if pk is None else names.get((field.related_model, pk), f"{pk}") for pk in values)
        return Row(label, pieces=_whole(*named))
    old, new = (in_words(model, text, value)[0] for value in values)
    if isinstance(field, models.CharField | models.TextField) and old and new and len(old + new) > LONG:
        return Row(label, language=language, pieces=shortened(marked(old, new)))
    return Row(label, language=language, pieces=_whole(old, new))


def _whole(old: str, new: str) -> tuple[Piece, ...]:
    """Return both values as pieces, without marking words inside them."""
    return tuple(piece for piece in (Piece("deleted", old), Piece("inserted", new)) if piece.words)


def _marked_as(mark: str) -> str:
    """Return the words for a state of a text."""
    return {HELD_BACK: _("held back"), UNREVIEWED: _("not reviewed")}[mark]


def _label(model, name: str) -> tuple[str, str]:
    """Return what editors call a field, and its language if it is a text in one (else "")."""
    field = _field(model, name)
    if isinstance(field, GenericForeignKey):
        return capfirst(_("belongs to")), ""
    label = capfirst(str(field.verbose_name)) if field is not None else name
    for text in model.texts:
        for column, language in zip(columns(text), LANGUAGES, strict=True):
            if column == name:
                return str(text_label(label, language)), language
    return label, ""
