"""Decides for each row of a file whether it is written, or left alone and why. See decision 20."""

import json
from collections import defaultdict
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Model

from newsroom.audit import touched_rows_since
from newsroom.documents.redactable import CHANGE_NOTES
from newsroom.models import Redaction
from record.documents.redaction import languages_to_redact
from record.languages import get_text_column

from . import columns
from .id_map import IdMap, load_rows_by_content_id
from .mapping.targets import FileRef, PlannedObject, PlannedRow, strip_unstorable
from .models import LoadedRow

EDITED_SINCE_LOAD = "Edited since it was loaded, and left alone"
OWNED_BY_OTHER_FILE = "Belongs to another file, and left as it is"
MADE_BY_EDITOR = "Made by an editor, and left alone"
HOLDS_REDACTED = "Holds what was redacted, and left alone"
MISSING_REFERENCE = "Names what is not there, and left out"


@dataclass(frozen=True, slots=True)
class MergeDecision:
    """The decision to write a row or not; if not, `heading` and `lines` are the report's reasons, if there are any.

    adopt: the row already is as the file wants it, without our writing it; it becomes the new baseline.
    """

    write: bool = False
    adopt: bool = False
    heading: str = ""
    lines: list[str] = field(default_factory=list)


class MergePolicy:
    """Compares what a file wants with the rows that exist, and asks the audit log who touched these since."""

    def __init__(self, rows: list[PlannedRow], *, file: str, file_account, overwrite: bool, id_map: IdMap):
        self.file, self.overwrite, self.id_map = file, overwrite, id_map
        sections = {row.section for row in rows}
        self.loaded = {(each.section, each.row_id): each for each in LoadedRow.objects.filter(section__in=sections)}
        self.existing = load_rows_by_content_id(self._iterate_objects(rows))
        self.touched = touched_rows_since(self._find_baselines(rows), besides=file_account)
        self.redacted = _find_redacted_columns()
        id_map.expect(row.planned.content_id for row in rows if self._will_exist(row))

    def decide(self, row: PlannedRow) -> MergeDecision:
        """Return what is to be done with a row."""
        place, loaded = f"{row.section} {row.id}", self.get_loaded(row)
        if loaded and loaded.file != self.file:
            return MergeDecision(heading=OWNED_BY_OTHER_FILE, lines=_describe_differences(row, loaded))
        if missing := self._find_missing_refs(row.planned):
            names = ", ".join(f"{section} {id}" for section, id in missing)
            return MergeDecision(heading=MISSING_REFERENCE, lines=[f"{place}: {names}"])
        if self._holds_redacted(row):
            return MergeDecision(heading=HOLDS_REDACTED, lines=[place])
        if loaded is None and self.existing_row(row.planned) is not None and not self.overwrite:
            return MergeDecision(heading=MADE_BY_EDITOR, lines=[place])
        edits = self._find_edits(row)
        if loaded and self._is_as_wanted(row):
            is_new = to_stored_json(row.raw) != loaded.raw or self.describe_given(row) != loaded.given
            return MergeDecision(adopt=is_new or bool(edits))
        if edits and not self.overwrite:
            return MergeDecision(heading=EDITED_SINCE_LOAD, lines=[f"{place}: {', '.join(edits)}"])
        return MergeDecision(write=True)

    def get_loaded(self, row: PlannedRow) -> LoadedRow | None:
        """Return the row as last imported, or None."""
        return self.loaded.get((row.section, row.id))

    def existing_row(self, planned: PlannedObject) -> Model | None:
        """Return the row that exists for an object; None if there is none."""
        return self.existing.get(self.content_id(planned))

    def content_id(self, planned: PlannedObject) -> str:
        """Return the object's own content id, or that of the root which an editor made under the same slug."""
        slug = planned.values.get("slug")
        return (slug and self.id_map.content_id((planned.key.split(":", 1)[0], slug))) or planned.content_id

    def given(self, row: PlannedRow) -> dict[str, dict]:
        """Return {key of an object: {"model", "content_id", "columns"}} of what the file gave for a row before."""
        loaded = self.get_loaded(row)
        return loaded.given if loaded else {}

    def describe_given(self, row: PlannedRow) -> dict[str, dict]:
        """Return the same as the file gives it now. Parts it gave before stay: they may come back."""
        return self.given(row) | {
            each.key: {
                "model": each.model._meta.label_lower,
                "content_id": self.content_id(each),
                "columns": sorted(columns.get_wanted_values(each, self.id_map)),
            }
            for each in self.get_writable_parts(row.planned)
        }

    def get_wanted(self, planned: PlannedObject, row: PlannedRow) -> dict[str, object]:
        """Return {column: value} of an object as the file wants it; what it no longer gives goes back to nothing."""
        before = self.given(row).get(planned.key, {}).get("columns", ())
        dropped = {column: columns.get_default_value(planned.model, column) for column in before}
        return dropped | columns.get_wanted_values(planned, self.id_map)

    def get_writable_parts(self, planned: PlannedObject) -> list[PlannedObject]:
        """Return an object and its parts, without the parts that require a row which does not exist."""
        return [each for each in planned.walk() if each is planned or not self._find_missing_refs(each)]

    def find_vanished(self, row: PlannedRow) -> dict[str, Model | None]:
        """Return {key: row, None if deleted} of the parts that the file gave before and does not give any more."""
        now = {each.key for each in row.planned.walk()}
        return {key: self.existing.get(each["content_id"]) for key, each in self.given(row).items() if key not in now}

    def _iterate_objects(self, rows: list[PlannedRow]):
        """Yield (model, content id) of every object of the rows, now and as last written."""
        for row in rows:
            for each in row.planned.walk():
                yield each.model, self.content_id(each)
            for kept in self.given(row).values():
                yield apps.get_model(kept["model"]), kept["content_id"]

    def _find_baselines(self, rows: list[PlannedRow]) -> dict:
        """Return {content id: when it was last as a file wanted it} of every object that the file gave before."""
        return {kept["content_id"]: self.get_loaded(row).loaded_at for row in rows for kept in self.given(row).values()}

    def _will_exist(self, row: PlannedRow) -> bool:
        """Return True if the row will exist after the import; one that an editor removed does not come back."""
        loaded = self.get_loaded(row)
        return loaded is None or (self.overwrite and loaded.file == self.file)

    def _find_missing_refs(self, planned: PlannedObject) -> list[FileRef]:
        """Return its references to rows that do not exist, in columns that cannot be null."""
        fields = planned.model._meta
        return [
            ref
            for name, ref in planned.refs.items()
            if ref and not fields.get_field(name).null and self.id_map.content_id(ref) is None
        ]

    def _holds_redacted(self, row: PlannedRow) -> bool:
        """Return True if anything that the file gives the row, or gave it before, was redacted."""
        given = self.describe_given(row).values() if self.redacted else ()
        return any(self.redacted.get(each["content_id"], set()) & {*each["columns"]} for each in given)

    def _find_edits(self, row: PlannedRow) -> list[str]:
        """Return the columns of the row or its parts that others touched since the file last wrote them."""
        edits, before = [], self.given(row)
        for key, kept in before.items():
            part, touched = key.removeprefix(row.planned.key).strip(":"), self.touched.get(kept["content_id"], {})
            if kept["content_id"] not in self.existing:
                edits.append(f"{part} removed".strip())
            model = apps.get_model(kept["model"])
            edits += [
                f"{part} {column}".strip()
                for column in kept["columns"]
                if kept["content_id"] in self.existing and touched.keys() & columns.get_logged_fields(model, column)
            ]
        for planned in row.planned.walk() if before else ():
            edits += self._find_filled(planned, before.get(planned.key, {}).get("columns", ()))
        return edits

    def _find_filled(self, planned: PlannedObject, before) -> list[str]:
        """Return the columns that the file gives for the first time, and in which somebody has written already."""
        there = self.existing_row(planned)
        new = {
            key: value for key, value in columns.get_wanted_values(planned, self.id_map).items() if key not in before
        }
        return [
            key
            for key, value in new.items()
            if there
            and columns.read_value(there, key) not in (value, columns.get_default_value(planned.model, key))
            and not columns.is_unreviewed_translation(there, key)
        ]

    def _is_as_wanted(self, row: PlannedRow) -> bool:
        """Return True if the row and its parts already are as the file wants them, notes of a changed row included."""
        is_same = to_stored_json(row.raw) == self.get_loaded(row).raw
        for planned in self.get_writable_parts(row.planned):
            there = self.existing_row(planned)
            if there is None or not columns.holds_values(there, self.get_wanted(planned, row)):
                return False
            if not is_same and find_missing_lines(there.internal_note, planned.note):
                return False
        return all(there and there.held_back for there in self.find_vanished(row).values())


def find_missing_lines(note: str, lines: list[str]) -> list[str]:
    """Return which lines of these texts an internal note does not hold."""
    there = {line.strip() for line in note.splitlines()}
    return [line for text in lines for line in text.splitlines() if line.strip() not in there]


def to_stored_json(raw: dict) -> dict:
    """Return a file's row as every database stores it: JSON without NaN, infinities and unstorable characters."""
    return json.loads(json.dumps(strip_unstorable(raw), default=str), parse_constant=str)


def _describe_differences(row: PlannedRow, loaded: LoadedRow) -> list[str]:
    """Return a line for each key in which this file's row differs from the same row of another file."""
    here, there = to_stored_json(row.raw), loaded.raw
    keys = sorted(key for key in {**there, **here} if there.get(key) != here.get(key))
    return [
        f"{row.section} {row.id} {key}: {here.get(key)!r} here, {there.get(key)!r} in “{loaded.file}”" for key in keys
    ]


def _find_redacted_columns() -> dict[str, set[str]]:
    """Return {content id: columns in which words, days or numbers were redacted, as files give them}."""
    found = defaultdict(set)
    for paths in Redaction.objects.filter(confirmed_by__isnull=False).values_list("fields", flat=True):
        for path in set(paths) - {CHANGE_NOTES}:
            _model, content_id, name, *part = path.split("/")
            languages = languages_to_redact("".join(part), converted=True)
            found[content_id] |= {name, *(get_text_column(name, language) for language in languages)}
    return found
