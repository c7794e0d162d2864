"""Reduces the changes of a row to those worth showing: fields that editors know, with old and new values."""

from collections.abc import Iterator
from copy import copy

from django.db import models

from record.languages import CONVERTED, LANGUAGES, UNREVIEWED, get_text_column, get_text_columns

FieldChanges = dict[str, list]  # {field: [old, new]}; for linked rows [names removed, names added]

UNLOGGED_FIELDS = ("id", "created_at", "updated_at")
HIDDEN_FIELDS = ("content_id", "text_states", "content_type", "object_id")
# Checks are not work on the text: who made one may still approve that text. Nor is holding back.
CHECK_FIELDS = {"checked_by", "attested_by", "attested_on", "owner"}
HELD_BACK = "held_back"


def normalize_row(row: models.Model) -> models.Model:
    """Return the row with values as the database will return them, or the row itself if they are so already.

    A date column may have been given a string, or a decimal column an integer. The row passed in is not changed.
    """
    fields = [field for field in row._meta.concrete_fields if not field.is_relation]
    given = {field: getattr(row, field.attname) for field in fields}
    read = {field.attname: field.to_python(value) for field, value in given.items()}
    if all(read[field.attname] is value for field, value in given.items()):
        return row
    row = copy(row)
    for name, value in read.items():
        setattr(row, name, value)
    return row


def visible_changes(row: models.Model, changes: FieldChanges, *, adding: bool) -> FieldChanges:
    """Return the changes an editor should see.

    Left out are technical fields, texts that were converted automatically and, of a new row, fields left at their
    default. What was decided about a text is added as `summary_zh_hant.held_back` or `summary_zh_hant.unreviewed`.
    """
    before, after = changes.get("text_states", (None, None))
    converted = {get_text_column(name, "zh-hans") for name in row.texts if _stays_converted(name, before, after)}
    kept = {
        name: list(values)
        for name, values in sorted(changes.items())
        if name not in HIDDEN_FIELDS
        and name not in converted
        and values[0] != values[1]
        and not (adding and _is_blank(type(row), name, values[1]))
    }
    return kept | dict(_text_state_changes(row.texts, before or {}, after or {}))


def is_content_change(changes: FieldChanges) -> bool:
    """Return whether the changes include work on what will be published.

    Checks and holding back are not work; releasing is.
    """
    return any(
        name not in CHECK_FIELDS and not (name.rpartition(".")[2] == HELD_BACK and values[1])
        for name, values in changes.items()
    )


def _stays_converted(name: str, before: dict | None, after: dict | None) -> bool:
    """Return whether the text's Simplified Chinese is still converted by machine after its state was rewritten."""

    def converted(states):
        return states.get(name, {}).get("zh-hans", {}).get("state", CONVERTED) == CONVERTED

    return after is not None and converted(before or {}) and converted(after)


def _is_blank(model: type[models.Model], name: str, value) -> bool:
    return value is None or value == model._meta.get_field(name).get_default()


def _text_state_changes(texts, before: dict, after: dict) -> Iterator[tuple[str, list]]:
    """Yield (name, [old, new]) for each decision of an editor about a text.

    That is holding it back or releasing it, and marking it as reviewed or unreviewed.
    """
    for name in texts:
        for text_column, language in zip(get_text_columns(name), LANGUAGES, strict=True):
            old, new = (states.get(name, {}).get(language, {}) for states in (before, after))
            if bool(old.get(HELD_BACK)) != bool(new.get(HELD_BACK)):
                yield f"{text_column}.{HELD_BACK}", [bool(old.get(HELD_BACK)), bool(new.get(HELD_BACK))]
            was, now = old.get("state", ""), new.get("state", "")
            if was != now and UNREVIEWED in (was, now):
                yield f"{text_column}.{UNREVIEWED}", [was == UNREVIEWED, now == UNREVIEWED]


def changes_from_deletion(entry) -> FieldChanges:
    """Return what a deleted row held, as changes to None. Many-to-many links are left out."""
    model = entry.model
    fields = {field.name for field in model._meta.concrete_fields} - {*UNLOGGED_FIELDS, *HIDDEN_FIELDS}
    held = (entry.serialized_data or {}).get("fields", {})
    return {name: [value, None] for name, value in held.items() if name in fields and not _is_blank(model, name, value)}
