"""Redaction of what the importer remembers. A row that held redacted words is never written again."""

from collections.abc import Iterable

from newsroom.documents.deserialize import KeyKind
from newsroom.documents.redactable import RedactablePath
from record import languages
from record.documents.redaction import languages_to_redact, scrub_document

from .models import LoadedFile, LoadedRow

REDACTED_STATE = {"redacted": True}  # replaces a column's state: equals no value of a row or a file


def redact_import_state(fields: Iterable[RedactablePath], words: set[str]) -> None:
    """Remove redacted fields and words from the rows and files as they were imported."""
    fields, changed = list(fields), []
    for row in LoadedRow.objects.order_by("pk").iterator():
        before = row.raw, row.written
        row.raw = scrub_document(row.raw, words)
        row.written = scrub_document(row.written, words)
        for each in fields:
            _redact_loaded_row(row, each)
        if before != (row.raw, row.written):
            changed.append(row)
    LoadedRow.objects.bulk_update(changed, ["raw", "written"], batch_size=200)
    for file in LoadedFile.objects.all():
        file.meta = scrub_document(file.meta, words)
        file.unknown_sections = scrub_document(file.unknown_sections, words)
        file.save()


def _redact_loaded_row(row: LoadedRow, named: RedactablePath) -> None:
    for key, kept in row.written.items():
        if kept["content_id"] == named.field.of:
            said = {name: kept["state"][name] for name in _state_columns(named) if name in kept["state"]}
            row.written = row.written | {key: kept | {"state": kept["state"] | dict.fromkeys(said, REDACTED_STATE)}}
            row.raw = _remove_values(row.raw, {each for value in said.values() for each in _iterate_scalars(value)})


def _state_columns(named: RedactablePath) -> list[str]:
    """Return the columns of a state that hold a field: for a text that may have been converted, both scripts."""
    if named.kind is not KeyKind.TEXT:
        return [named.key]
    return [
        languages.get_text_column(named.key, each) for each in languages_to_redact(named.field.part, converted=True)
    ]


def _iterate_scalars(value) -> Iterable:
    """Yield the value of a column, and each day, phrase and line of it."""
    if isinstance(value, dict):
        yield from (value[part] for part in ("earliest", "latest", "phrase") if value.get(part))
    elif isinstance(value, str):
        yield from filter(None, {value, *value.splitlines()})
    elif value is not None and not isinstance(value, bool):
        yield value


def _remove_values(node, gone: set):
    """Return JSON data without these values and words."""
    if isinstance(node, dict):
        return {key: _remove_values(value, gone) for key, value in node.items()}
    if isinstance(node, list):
        return [_remove_values(each, gone) for each in node]
    if isinstance(node, str):
        return scrub_document(node, {each for each in gone if isinstance(each, str)})
    return None if node in gone or str(node) in gone else node


def holds_redacted(written: dict) -> bool:
    """Return True if anything written for a row has been redacted since."""
    return any(value == REDACTED_STATE for kept in written.values() for value in kept["state"].values())
