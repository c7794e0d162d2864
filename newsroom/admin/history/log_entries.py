"""Audit entries for display: which row, which fields, their old and new values with the changed words marked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.fields import GenericForeignKey
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from record.documents.text_diff import DiffPiece, diff_words
from record.languages import LANGUAGES, UNREVIEWED, get_text_columns

from ...models import WorkingChange
from ...models.audit_changes import HELD_BACK, changes_from_deletion
from ..diff.diff_context import DiffRow, elide_unchanged_runs
from ..diff.labels import change_form_url
from ..diff.value_display import display_document_value
from ..editing.fieldsets import format_text_label

MAX_WHOLE_TEXT_LENGTH = 60  # characters: in longer texts the changed words are marked, shorter ones are shown whole


@dataclass(frozen=True)
class AuditEntryDisplay:
    """One audit entry for display. `url`: of the row's form while the row exists, else ""."""

    entry: WorkingChange
    kind: str
    url: str
    value_rows: tuple[DiffRow, ...]

    @property
    def field_names(self) -> str:
        """The labels of the changed fields, separated by commas."""
        return ", ".join(str(row.label) for row in self.value_rows)

    @property
    def badge(self) -> str:
        """The suffix of the badge's CSS class."""
        return {WorkingChange.Action.CREATE: "added", WorkingChange.Action.DELETE: "removed"}.get(
            self.entry.action, "changed"
        )


def describe_audit_entries(entries: Iterable[WorkingChange]) -> list[AuditEntryDisplay]:
    """Describe audit entries, with one or two queries for each model among them, whatever their number."""
    entries = list(entries)
    names, there = _load_target_names(entries), _find_existing_rows(entries)
    return [
        AuditEntryDisplay(
            entry=entry,
            kind=capfirst(str(model._meta.verbose_name)),
            url=change_form_url(model, entry.object_id) if (model, entry.object_id) in there else "",
            value_rows=tuple(
                _build_value_row(model, name, values, names) for name, values in _get_entry_values(entry).items()
            ),
        )
        for entry in entries
        for model in [entry.model]
    ]


def _get_entry_values(entry: WorkingChange) -> dict[str, list]:
    """Return {field: [old, new]} of an entry; for a deletion, the values that the row last had."""
    return changes_from_deletion(entry) if entry.action == WorkingChange.Action.DELETE else entry.changes


def _find_existing_rows(entries: list[WorkingChange]) -> set:
    """Return (model, key) of the entries' rows that still exist; one query for each model."""
    wanted = defaultdict(set)
    for entry in entries:
        wanted[entry.model].add(entry.object_id)
    return {
        (model, pk)
        for model, pks in wanted.items()
        for pk in model._base_manager.filter(pk__in=pks).values_list("pk", flat=True)
    }


def _load_target_names(entries: list[WorkingChange]) -> dict:
    """Return {(model, key): name} of all rows that foreign keys in the entries reference."""
    wanted = defaultdict(set)
    for entry in entries:
        for name, values in _get_entry_values(entry).items():
            field = _find_field(entry.model, name)
            if isinstance(field, models.ForeignKey):
                wanted[field.related_model] |= {value for value in values if value is not None}
    found = {model: model._base_manager.in_bulk(pks) for model, pks in wanted.items()}
    names = {(model, pk): str(row) for model, rows in found.items() for pk, row in rows.items()}
    return _load_deleted_names({(model, pk) for model, pks in wanted.items() for pk in pks} - names.keys()) | names


def _load_deleted_names(keys: set) -> dict:
    """Return {(model, key): name} of deleted rows, by the name each was last logged with; one query."""
    if not keys:
        return {}
    deleted = WorkingChange.objects.filter(action=WorkingChange.Action.DELETE, object_id__in={pk for _, pk in keys})
    rows = {(each.model, each.object_id): each.object_repr for each in deleted.order_by("pk").defer("serialized_data")}
    return {key: _("%(name)s (deleted)") % {"name": rows[key]} for key in keys & rows.keys()}


def _find_field(model, name: str):
    """Return the model's field of this name, or None."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _build_value_row(model, name: str, values: list, names: dict) -> DiffRow:
    """Build the row that shows a field's old and new value.

    `name` may end in “.mark”, as in “title_en.held_back”: then the row shows a state of the text.
    """
    text, _dot, mark = name.partition(".")
    label, language = _field_label(model, text)
    field = _find_field(model, text)
    if mark:
        return DiffRow(label, pieces=_whole_pieces(*(_describe_mark(mark) if value else "" for value in values)))
    if field is not None and field.many_to_many:
        return DiffRow(label, pieces=_whole_pieces(*(", ".join(each) for each in values)))
    if isinstance(field, models.ForeignKey):
        named = ("" if pk is None else names.get((field.related_model, pk), f"{pk}") for pk in values)
        return DiffRow(label, pieces=_whole_pieces(*named))
    old, new = (display_document_value(model, text, value)[0] for value in values)
    if (
        isinstance(field, models.CharField | models.TextField)
        and old
        and new
        and len(old + new) > MAX_WHOLE_TEXT_LENGTH
    ):
        return DiffRow(label, language=language, pieces=elide_unchanged_runs(diff_words(old, new)))
    return DiffRow(label, language=language, pieces=_whole_pieces(old, new))


def _whole_pieces(old: str, new: str) -> tuple[DiffPiece, ...]:
    """Return both values as pieces, without marking words inside them."""
    return tuple(piece for piece in (DiffPiece("deleted", old), DiffPiece("inserted", new)) if piece.words)


def _describe_mark(mark: str) -> str:
    """Return the words for a state of a text."""
    return {HELD_BACK: _("held back"), UNREVIEWED: _("not reviewed")}[mark]


def _field_label(model, name: str) -> tuple[str, str]:
    """Return what editors call a field, and its language if it is a text in one (else "")."""
    field = _find_field(model, name)
    if isinstance(field, GenericForeignKey):
        return capfirst(_("belongs to")), ""
    label = capfirst(str(field.verbose_name)) if field is not None else name
    for text in model.texts:
        for column, language in zip(get_text_columns(text), LANGUAGES, strict=True):
            if column == name:
                return str(format_text_label(label, language)), language
    return label, ""
