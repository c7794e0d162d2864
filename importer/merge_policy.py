"""Decides for each row of a file whether it is written, or left alone and why."""

import json
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Model

from . import snapshots
from .id_map import IdMap, load_rows_by_content_id
from .mapping.targets import FileRef, PlannedObject, PlannedRow, strip_unstorable
from .models import LoadedRow
from .redacted_words import holds_redacted

EDITED_SINCE_LOAD = "Edited since it was loaded, and left alone"
OWNED_BY_OTHER_FILE = "Belongs to another file, and left as it is"
MADE_BY_EDITOR = "Made by an editor, and left alone"
HOLDS_REDACTED = "Holds what was redacted, and left alone"
MISSING_REFERENCE = "Names what is not there, and left out"


@dataclass(frozen=True, slots=True)
class MergeDecision:
    """The decision to write a row or not; if not, `heading` and `lines` are the report's reasons, if there are any.

    remember: the row already is as the file wants it, without our writing it; it becomes the new baseline.
    """

    write: bool = False
    remember: bool = False
    heading: str = ""
    lines: list[str] = field(default_factory=list)


class MergePolicy:
    """Compares what a file wants with what it wanted before, and both with the rows that exist."""

    def __init__(self, rows: list[PlannedRow], *, file: str, overwrite: bool, registry: IdMap):
        self.file, self.overwrite, self.registry = file, overwrite, registry
        sections = {row.section for row in rows}
        self.loaded = {(each.section, each.row_id): each for each in LoadedRow.objects.filter(section__in=sections)}
        self.existing = load_rows_by_content_id(self._things(rows))
        registry.expect(row.thing.content_id for row in rows if self._will_be_there(row))

    def decide(self, row: PlannedRow) -> MergeDecision:
        """Return what is to be done with a row."""
        place, loaded = f"{row.section} {row.id}", self.loaded.get((row.section, row.id))
        if loaded and loaded.file != self.file:
            return MergeDecision(heading=OWNED_BY_OTHER_FILE, lines=_describe_differences(row, loaded))
        if missing := self._missing(row):
            return MergeDecision(heading=MISSING_REFERENCE, lines=[f"{place}: {missing}"])
        if loaded and holds_redacted(loaded.written):
            return MergeDecision(heading=HOLDS_REDACTED, lines=[place])
        if loaded is None and self.existing_row(row.thing) is not None and not self.overwrite:
            return MergeDecision(heading=MADE_BY_EDITOR, lines=[place])
        edits = self._edits(row)
        if loaded and not edits and self.written(row) == self.remembered(row):
            return MergeDecision()
        if loaded and self._is_as_wanted(row):
            return MergeDecision(remember=True)
        if edits and not self.overwrite:
            return MergeDecision(heading=EDITED_SINCE_LOAD, lines=[f"{place}: {', '.join(edits)}"])
        return MergeDecision(write=True)

    def existing_row(self, thing: PlannedObject) -> Model | None:
        """Return the row that exists for an object; None if there is none."""
        return self.existing.get(self.content_id(thing))

    def content_id(self, thing: PlannedObject) -> str:
        """Return the object's own content id, or that of the root which an editor made under the same slug."""
        slug = thing.values.get("slug")
        return (slug and self.registry.content_id((thing.key.split(":", 1)[0], slug))) or thing.content_id

    def written(self, row: PlannedRow) -> dict:
        """Return {key: {"model", "content_id", "state", "note"}} of each object as last written for this row."""
        loaded = self.loaded.get((row.section, row.id))
        return loaded.written if loaded else {}

    def remembered(self, row: PlannedRow) -> dict:
        """Return the same for the row as it is in the file; parts it had before are held back in it."""
        now = {
            thing.key: {
                "model": thing.model._meta.label_lower,
                "content_id": self.content_id(thing),
                "state": snapshots.desired_state(thing, self.registry),
                "note": "\n".join(thing.note),
            }
            for thing in self.parts_that_stand(row.thing)
        }
        gone = {
            key: kept | {"state": kept["state"] | {"held_back": True}}  # the rest stays: it may come back
            for key, kept in self.written(row).items()
            if key not in now
        }
        return now | gone

    def parts_that_stand(self, thing: PlannedObject) -> list[PlannedObject]:
        """Return an object and its parts, without the parts that require a row which does not exist."""
        return [each for each in thing.whole() if each is thing or not self._lacks(each)]

    def _things(self, rows: list[PlannedRow]):
        """Yield (model, content id) of every object of the rows, now and as last written."""
        for row in rows:
            for thing in row.thing.whole():
                yield thing.model, self.content_id(thing)
            for kept in self.written(row).values():
                yield apps.get_model(kept["model"]), kept["content_id"]

    def _will_be_there(self, row: PlannedRow) -> bool:
        """Return True if the row will exist after the import; one that an editor removed does not come back."""
        loaded = self.loaded.get((row.section, row.id))
        return loaded is None or (self.overwrite and loaded.file == self.file)

    def _missing(self, row: PlannedRow) -> str:
        """Return the required rows that do not exist, as "section id, …"; "" if there are none."""
        return ", ".join(f"{section} {id}" for section, id in self._lacks(row.thing))

    def _lacks(self, thing: PlannedObject) -> list[FileRef]:
        """Return its references to rows that do not exist, in columns that cannot be null."""
        fields = thing.model._meta
        return [
            ref
            for name, ref in thing.refs.items()
            if ref and not fields.get_field(name).null and self.registry.content_id(ref) is None
        ]

    def _edits(self, row: PlannedRow) -> list[str]:
        """Return the columns of the row or its parts that are no longer as the file last wrote them."""
        edits, before = [], self.written(row)
        for key, kept in before.items():
            edits += self._edits_of(row.thing.key, key, kept["content_id"], kept["state"])
        for thing in row.thing.whole() if before else ():
            there, old = self.existing_row(thing), before.get(thing.key, {"state": {}})["state"]
            new = {key: value for key, value in snapshots.desired_state(thing, self.registry).items() if key not in old}
            if there is None or not new:
                continue
            now = snapshots.actual_state(there, new, self.registry)
            untouched = {key: snapshots.default_state(thing.model, key) for key in new}
            edits += [
                key
                for key in new
                if now[key] not in (new[key], untouched[key]) and not snapshots.is_unreviewed_translation(there, key)
            ]
        return edits

    def _edits_of(self, whole: str, key: str, content_id: str, state: dict) -> list[str]:
        """Return the changed columns of one object, or that it was removed."""
        part = key.removeprefix(whole).strip(":")
        there = self.existing.get(content_id)
        if there is None:
            return [f"{part} removed".strip()]
        now = snapshots.actual_state(there, state, self.registry)
        return [f"{part} {column}".strip() for column in state if now[column] != state[column]]

    def _is_as_wanted(self, row: PlannedRow) -> bool:
        """Return True if the row and its parts already are as the file wants them, notes included."""
        for kept in self.remembered(row).values():
            there = self.existing.get(kept["content_id"])
            if there is None or snapshots.actual_state(there, kept["state"], self.registry) != kept["state"]:
                return False
            if kept["note"] not in there.internal_note:
                return False
        return True


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
