"""Redaction of what the importer remembers. A row that held redacted words is never written again."""

from collections.abc import Iterable

from publishing import languages, rules
from publishing.documents.redactable import Named
from publishing.documents.reverse import Kind

from ..models import LoadedFile, LoadedRow

REDACTED = {"redacted": True}  # replaces a column's state: equals no value of a row or a file


def forget(fields: Iterable[Named], words: set[str]) -> None:
    """Remove redacted fields and words from the rows and files as they were imported."""
    fields, changed = list(fields), []
    for row in LoadedRow.objects.order_by("pk").iterator():
        before = row.raw, row.written
        row.raw = rules.scrubbed(row.raw, words)
        row.written = rules.scrubbed(row.written, words)
        for each in fields:
            _forget(row, each)
        if before != (row.raw, row.written):
            changed.append(row)
    LoadedRow.objects.bulk_update(changed, ["raw", "written"], batch_size=200)
    for file in LoadedFile.objects.all():
        file.meta = rules.scrubbed(file.meta, words)
        file.unknown_sections = rules.scrubbed(file.unknown_sections, words)
        file.save()


def _forget(row: LoadedRow, named: Named) -> None:
    for key, kept in row.written.items():
        if kept["content_id"] == named.field.of:
            said = {name: kept["state"][name] for name in _columns(named) if name in kept["state"]}
            row.written = row.written | {key: kept | {"state": kept["state"] | dict.fromkeys(said, REDACTED)}}
            row.raw = _without(row.raw, {each for value in said.values() for each in _scalars(value)})


def _columns(named: Named) -> list[str]:
    """Return the columns of a state that hold a field: for a text that may have been converted, both scripts."""
    if named.kind is not Kind.TEXT:
        return [named.key]
    return [languages.column(named.key, each) for each in rules.both_scripts(named.field.part, converted=True)]


def _scalars(value) -> Iterable:
    """Yield the value of a column, and each day, phrase and line of it."""
    if isinstance(value, dict):
        yield from (value[part] for part in ("earliest", "latest", "phrase") if value.get(part))
    elif isinstance(value, str):
        yield from filter(None, {value, *value.splitlines()})
    elif value is not None and not isinstance(value, bool):
        yield value


def _without(node, gone: set):
    """Return JSON data without these values and words."""
    if isinstance(node, dict):
        return {key: _without(value, gone) for key, value in node.items()}
    if isinstance(node, list):
        return [_without(each, gone) for each in node]
    if isinstance(node, str):
        return rules.scrubbed(node, {each for each in gone if isinstance(each, str)})
    return None if node in gone or str(node) in gone else node


def is_redacted(written: dict) -> bool:
    """Return True if anything written for a row has been redacted since."""
    return any(value == REDACTED for kept in written.values() for value in kept["state"].values())
