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

from .. import languages, rules
from ..dates import FuzzyDate
from ..documents.redactable import Named
from ..documents.reverse import Kind, columns
from ..editions import Publication
from ..models import EditorSettings, FrozenDraft, Publishable, ReviewEntry, Schedule, WorkingChange
from ..states import ScheduleState
from .purging import BATCH, copies_of

# Columns with notes of editors to each other, read in the newsroom only.
NOTES = ((ReviewEntry, "note"), (Schedule, "reason"), (Schedule, "overruled"), (Publication, "overruled"))


def forget_rows(fields: Iterable[Named]) -> set[str]:
    """Replace these fields of working rows by markers, without logging it. Return the removed words."""
    words: set[str] = set()
    for each in fields:
        row = each.model._base_manager.select_for_update().filter(content_id=each.field.of).first()
        if row is not None:
            before = columns(row)
            words |= _words([before[name] for name in each.columns(row)], each)
            _forget(row, each)
            changed = {name: value for name, value in columns(row).items() if value != before[name]}
            each.model._base_manager.filter(pk=row.pk).update(**changed, updated_at=timezone.now())
    return words


def _forget(row: Publishable, named: Named) -> None:
    """Replace one field of a row by a marker, not saved yet."""
    key = named.key
    if named.kind is Kind.TEXT:
        languages.redact(row, key, named.languages(row))
    elif named.kind is Kind.DATE:
        document = getattr(row, key).as_document()
        setattr(row, key, FuzzyDate.from_document(rules.redacted_value(document, named.field)))
    else:
        empty = None if row._meta.get_field(key).null else ""
        value = rules.redacted_value(getattr(row, key), named.field)
        setattr(row, key, empty if value is None else value)


def forget_frozen(fields: list[rules.Field]) -> set[str]:
    """Redact these fields in stored snapshots. Return the removed words.

    The digests of the snapshots stay those of what was reviewed, so that approvals of them no longer hold. Publications
    scheduled from them are marked as failed.
    """
    words: set[str] = set()
    for frozen in FrozenDraft.objects.filter(_any("text", {each.of for each in fields})):
        kept = rules.decoded(frozen.text)
        for draft in kept["drafts"]:
            for document in draft["documents"]:
                words |= {said for each, value in rules.held(document, fields) for said in rules.words_of(value, each)}
            draft["documents"] = [
                rules.redacted(document, fields, copies=copies_of(document["type"])) for document in draft["documents"]
            ]
            for problems in (draft["problems"], draft["warnings"]):
                problems[:] = rules.scrubbed(problems, words)
        text = rules.canonical(kept)
        if text != frozen.text:
            FrozenDraft.objects.filter(pk=frozen.pk).update(text=text)
            _give_up(Schedule.objects.waiting().filter(frozen=frozen))
    return words


def _give_up(schedules: Iterable[Schedule]) -> None:
    """Mark schedules as failed, with a reason in the language of whoever made each."""
    for schedule in schedules:
        with override(EditorSettings.language_of(schedule.by)):
            reason = _("Words in it were redacted after it was scheduled. Look at it, and schedule it again.")
        schedule.close(ScheduleState.FAILED, reason=reason)


def forget_logged(fields: list[Named]) -> set[str]:
    """Redact these fields in all audit-log entries about their rows. Return the removed words."""
    words: set[str] = set()
    for each in fields:
        entries = list(WorkingChange.objects.filter(content_id=each.field.of))
        said = [value for entry in entries for value in _forget_entry(entry, each)]
        for entry in entries:
            entry.object_repr = _without(entry.object_repr, said)
        WorkingChange.objects.bulk_update(entries, ["changes", "serialized_data", "object_repr"], batch_size=BATCH)
        words |= _words(said, each)
    return words


def _without(name: str, values: Iterable) -> str:
    """Remove these values from what a row was called.

    Short ones are removed too, since the name consists of the row's own words.
    """
    for value in values:
        if isinstance(value, str) and not rules.is_marker(value):
            name = name.replace(value, rules.scrubbed(value, [value]))
    return name


def _forget_entry(entry: WorkingChange, named: Named) -> Iterator:
    """Redact the field in one entry, not saved yet. Yield the removed values."""
    deleted = (entry.serialized_data or {}).get("fields", {})
    for name in _logged_columns(named):
        values = entry.changes.get(name, [])
        yield from (value for value in [*values, deleted.get(name)] if value)
        if values:
            entry.changes[name] = [_marked(value, named) for value in values]
        if deleted.get(name):
            deleted[name] = _marked(deleted[name], named) or ""
    if deleted and named.kind is Kind.TEXT:
        deleted["text_states"].pop(named.key, None)


def _logged_columns(named: Named) -> list[str]:
    """Return the columns under which a field was logged: both scripts of a text that may have been converted."""
    if named.kind is not Kind.TEXT:
        return named.columns(None)
    return [languages.column(named.key, each) for each in rules.both_scripts(named.field.part, converted=True)]


def _marked(value, named: Named):
    """Return what replaces a logged value: a marker, or None if the column cannot hold one."""
    if not isinstance(value, str) or named.field.emptied or _is_day(named, value):
        return None
    return rules.redacted_value(value, named.field) if named.kind is Kind.VALUE else rules.scrubbed(value, [value])


def _is_day(named: Named, value: str) -> bool:
    """Return whether the value is an ISO day of a fuzzy date rather than its phrase."""
    return named.kind is Kind.DATE and not named.field.part and value[:4].isdigit() and value[4:5] == "-"


def forget_names(words: set[str]) -> None:
    """Remove the words from the audit log of other rows.

    They may stand in what rows were called, and in the names of linked rows.
    """
    if not words:
        return
    changed = []
    for entry in WorkingChange.objects.order_by("pk").iterator(chunk_size=2000):
        before = entry.object_repr, entry.changes
        entry.object_repr = rules.scrubbed(entry.object_repr, words)
        entry.changes = {
            name: rules.scrubbed(values, words) if any(isinstance(value, list) for value in values) else values
            for name, values in entry.changes.items()
        }
        if before != (entry.object_repr, entry.changes):
            changed.append(entry)
    WorkingChange.objects.bulk_update(changed, ["object_repr", "changes"], batch_size=BATCH)


def forget_notes(words: set[str]) -> None:
    """Remove the words from notes of editors to each other, wherever they stand in full."""
    places = [(model, "internal_note") for model in apps.get_models() if issubclass(model, Publishable)]
    for model, name in [*places, *NOTES]:
        if not words:
            return
        for pk, text in model._base_manager.filter(_any(name, words)).values_list("pk", name):
            model._base_manager.filter(pk=pk).update(**{name: rules.scrubbed(text, words)})


def forget_notes_of_schedules(root: rules.Key) -> None:
    """Redact the change notes of scheduled publications of a root, past and future."""
    for schedule in Schedule.objects.filter(type=root[0], content_id=root[1]).exclude(note=None):
        Schedule.objects.filter(pk=schedule.pk).update(note=rules.redacted_text(schedule.note))


def _any(name: str, strings: Iterable[str]) -> Q:
    """Return the condition that a field contains any of the strings."""
    found = Q(pk__in=[])
    for each in strings:
        found |= Q(**{f"{name}__contains": each})
    return found


def _words(values: Iterable, named: Named) -> set[str]:
    """Return the words in column values, as `rules.words_of` does for documents; lists have one item a line."""
    if named.kind is Kind.DATE:
        return set()
    strings = [value for value in values if isinstance(value, str)]
    lines = [line.strip() for value in strings for line in value.splitlines()] if named.kind is Kind.VALUE else []
    return {each for each in [*strings, *lines] if each and not rules.is_marker(each)}
