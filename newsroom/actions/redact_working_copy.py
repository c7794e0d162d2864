"""Redacting words in the newsroom: in working rows, snapshots, the audit log and internal notes.

`redact_working_rows`, `redact_snapshots` and `redact_audit_log` return the words they removed; the `scrub_…` functions
look for these elsewhere.
"""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from record import languages
from record.dates import FuzzyDate
from record.documents import redaction
from record.documents.canonical_json import ReferenceKey, decode_document, to_canonical_json
from record.documents.redaction import (
    RedactionField,
    iter_held_values,
    iter_removed_words,
    languages_to_redact,
    redact_document,
    redact_text,
    redact_value,
    scrub_document,
)
from record.models import Publication

from ..choices import ScheduleState
from ..documents.deserialize import KeyKind, capture_columns
from ..documents.redactable import RedactablePath
from ..documents.registry import get_published_type
from ..models import EditorSettings, FrozenDraft, Publishable, ReviewEntry, Schedule, WorkingChange
from .redact_editions import PURGE_BATCH_SIZE

# Columns with notes of editors to each other, read in the newsroom only.
NOTE_COLUMNS = ((ReviewEntry, "note"), (Schedule, "reason"), (Schedule, "overruled"), (Publication, "overruled"))


def redact_working_rows(fields: Iterable[RedactablePath]) -> set[str]:
    """Replace these fields of working rows by markers, without logging it. Return the removed words."""
    words: set[str] = set()
    for each in fields:
        row = each.model._base_manager.select_for_update().filter(content_id=each.field.content_id).first()
        if row is not None:
            before = capture_columns(row)
            words |= _extract_words([before[name] for name in each.columns(row)], each)
            _redact_row(row, each)
            changed = {name: value for name, value in capture_columns(row).items() if value != before[name]}
            each.model._base_manager.filter(pk=row.pk).update(**changed, updated_at=timezone.now())
    return words


def _redact_row(row: Publishable, named: RedactablePath) -> None:
    """Replace one field of a row by a marker, not saved yet."""
    key = named.key
    if named.kind is KeyKind.TEXT:
        languages.redact_row_text(row, key, named.languages(row))
    elif named.kind is KeyKind.DATE:
        document = getattr(row, key).to_document()
        setattr(row, key, FuzzyDate.from_document(redact_value(document, named.field)))
    else:
        empty = None if row._meta.get_field(key).null else ""
        value = redact_value(getattr(row, key), named.field)
        setattr(row, key, empty if value is None else value)


def redact_snapshots(fields: list[RedactionField]) -> set[str]:
    """Redact these fields in stored snapshots. Return the removed words.

    The digests of the snapshots stay those of what was reviewed, so that approvals of them no longer hold. Publications
    scheduled from them are marked as failed.
    """
    words: set[str] = set()
    for frozen in FrozenDraft.objects.filter(_contains_any("text", {each.content_id for each in fields})):
        kept = decode_document(frozen.text)
        for draft in kept["drafts"]:
            for document in draft["documents"]:
                words |= {
                    said
                    for each, value in iter_held_values(document, fields)
                    for said in iter_removed_words(value, each)
                }
            draft["documents"] = [
                redact_document(document, fields, copies=get_published_type(document["type"]).computed_keys)
                for document in draft["documents"]
            ]
            for problems in (draft["problems"], draft["warnings"]):
                problems[:] = scrub_document(problems, words)
        text = to_canonical_json(kept)
        if text != frozen.text:
            FrozenDraft.objects.filter(pk=frozen.pk).update(text=text)
            _fail_schedules(Schedule.objects.waiting().filter(frozen=frozen))
    return words


def _fail_schedules(schedules: Iterable[Schedule]) -> None:
    """Mark schedules as failed, with a reason in the language of whoever made each."""
    for schedule in schedules:
        with override(EditorSettings.language_of(schedule.by)):
            reason = _("Words in it were redacted after it was scheduled. Look at it, and schedule it again.")
        schedule.close(ScheduleState.FAILED, reason=reason)


def redact_audit_log(fields: list[RedactablePath]) -> set[str]:
    """Redact these fields in all audit-log entries about their rows. Return the removed words."""
    words: set[str] = set()
    for each in fields:
        entries = list(WorkingChange.objects.filter(content_id=each.field.content_id))
        said = [value for entry in entries for value in _redact_entry(entry, each)]
        for entry in entries:
            entry.object_repr = _scrub_name(entry.object_repr, said)
        WorkingChange.objects.bulk_update(
            entries, ["changes", "serialized_data", "object_repr"], batch_size=PURGE_BATCH_SIZE
        )
        words |= _extract_words(said, each)
    return words


def _scrub_name(name: str, values: Iterable) -> str:
    """Remove these values from what a row was called.

    Short ones are removed too, since the name consists of the row's own words.
    """
    for value in values:
        if isinstance(value, str) and not redaction.is_marker(value):
            name = name.replace(value, scrub_document(value, [value]))
    return name


def _redact_entry(entry: WorkingChange, named: RedactablePath) -> Iterator:
    """Redact the field in one entry, not saved yet. Yield the removed values."""
    deleted = (entry.serialized_data or {}).get("fields", {})
    for name in _logged_columns(named):
        values = entry.changes.get(name, [])
        yield from (value for value in [*values, deleted.get(name)] if value)
        if values:
            entry.changes[name] = [_redact_logged_value(value, named) for value in values]
        if deleted.get(name):
            deleted[name] = _redact_logged_value(deleted[name], named) or ""
    if deleted and named.kind is KeyKind.TEXT:
        deleted["text_states"].pop(named.key, None)


def _logged_columns(named: RedactablePath) -> list[str]:
    """Return the columns under which a field was logged: both scripts of a text that may have been converted."""
    if named.kind is not KeyKind.TEXT:
        return named.columns(None)
    return [
        languages.get_text_column(named.key, each) for each in languages_to_redact(named.field.part, converted=True)
    ]


def _redact_logged_value(value, named: RedactablePath):
    """Return what replaces a logged value: a marker, or None if the column cannot hold one."""
    if not isinstance(value, str) or named.field.becomes_null or _is_day(named, value):
        return None
    return redact_value(value, named.field) if named.kind is KeyKind.VALUE else scrub_document(value, [value])


def _is_day(named: RedactablePath, value: str) -> bool:
    """Return whether the value is an ISO day of a fuzzy date rather than its phrase."""
    return named.kind is KeyKind.DATE and not named.field.part and value[:4].isdigit() and value[4:5] == "-"


def scrub_audit_log_names(words: set[str]) -> None:
    """Remove the words from the audit log of other rows.

    They may stand in what rows were called, and in the names of linked rows.
    """
    if not words:
        return
    changed = []
    for entry in WorkingChange.objects.order_by("pk").iterator(chunk_size=2000):
        before = entry.object_repr, entry.changes
        entry.object_repr = scrub_document(entry.object_repr, words)
        entry.changes = {
            name: scrub_document(values, words) if any(isinstance(value, list) for value in values) else values
            for name, values in entry.changes.items()
        }
        if before != (entry.object_repr, entry.changes):
            changed.append(entry)
    WorkingChange.objects.bulk_update(changed, ["object_repr", "changes"], batch_size=PURGE_BATCH_SIZE)


def scrub_internal_notes(words: set[str]) -> None:
    """Remove the words from notes of editors to each other, wherever they stand in full."""
    places = [(model, "internal_note") for model in apps.get_models() if issubclass(model, Publishable)]
    for model, name in [*places, *NOTE_COLUMNS]:
        if not words:
            return
        for pk, text in model._base_manager.filter(_contains_any(name, words)).values_list("pk", name):
            model._base_manager.filter(pk=pk).update(**{name: scrub_document(text, words)})


def redact_schedule_notes(root: ReferenceKey) -> None:
    """Redact the change notes of scheduled publications of a root, past and future."""
    for schedule in Schedule.objects.filter(type=root[0], content_id=root[1]).exclude(note=None):
        Schedule.objects.filter(pk=schedule.pk).update(note=redact_text(schedule.note))


def _contains_any(name: str, strings: Iterable[str]) -> Q:
    """Return the condition that a field contains any of the strings."""
    found = Q(pk__in=[])
    for each in strings:
        found |= Q(**{f"{name}__contains": each})
    return found


def _extract_words(values: Iterable, named: RedactablePath) -> set[str]:
    """Return the words in column values, as `rules.words_of` does for documents; lists have one item a line."""
    if named.kind is KeyKind.DATE:
        return set()
    strings = [value for value in values if isinstance(value, str)]
    lines = [line.strip() for value in strings for line in value.splitlines()] if named.kind is KeyKind.VALUE else []
    return {each for each in [*strings, *lines] if each and not redaction.is_marker(each)}
