"""Writes planned rows into the newsroom's working copy; what is not the file's to change is left alone."""

from django.db.models import Model

from initiatives.choices import CHECKED_RESULTS, Result
from initiatives.models import Milestone

from . import service_accounts, snapshots
from .id_map import IdMap
from .mapping.targets import PlannedObject, PlannedRow
from .merge_policy import MISSING_REFERENCE, MergePolicy, to_stored_json
from .models import LoadedRow
from .report import ImportReport

MISSING_FROM_FILE = "No longer in the file, and kept"
PART_MISSING_FROM_ROW = "No longer in its row of the file: kept, and held back"


class ImportWriter:
    """Writes a file's rows. Made for one import, inside its transaction."""

    def __init__(self, *, file: str, by, overwrite: bool, registry: IdMap, outcome: ImportReport):
        self.file, self.by, self.overwrite = file, by, overwrite
        self.registry, self.outcome = registry, outcome
        self.record_file = service_accounts.get_file_account()

    def write(self, rows: list[PlannedRow]) -> None:
        """Write the rows that may be written: first their objects, then the parts, which may refer to any of them."""
        self.decider = MergePolicy(rows, file=self.file, overwrite=self.overwrite, registry=self.registry)
        writing = [row for row in rows if self._is_to_be_written(row)]
        made = {row.thing.key: self._save(row.thing, row) for row in writing}
        for row in writing:
            self._save_parts(made[row.thing.key], row)
            self._remember(row)
        self._tell_vanished(rows)

    def _is_to_be_written(self, row: PlannedRow) -> bool:
        decision = self.decider.decide(row)
        self.outcome.count("read", row.section)
        self.outcome.count("written" if decision.write else "unchanged", row.section)
        for line in decision.lines:
            self.outcome.tell(decision.heading, line)
        if decision.remember:
            self._remember(row)
        return decision.write

    def _save(self, thing: PlannedObject, row: PlannedRow, parent: Model | None = None) -> Model:
        """Create or update the row of a planned object, unless it is as the file wants it; return it."""
        there, before = self.decider.existing_row(thing), self.decider.written(row).get(thing.key, {})
        state = snapshots.desired_state(thing, self.registry)
        made = there or thing.model(content_id=thing.content_id, **thing.once)
        dropped = {
            key: snapshots.default_state(thing.model, key) for key in before.get("state", {}) if key not in state
        }
        if there and snapshots.actual_state(there, state | dropped, self.registry) == state | dropped:
            return self._with_note(made, thing, before)
        self._set_result(made, thing)
        for key in dropped:
            if not key.startswith(snapshots.HELD_PREFIX):
                setattr(made, key, thing.model._meta.get_field(key).get_default())
        for key, value in thing.values.items():
            setattr(made, key, value)
        for key, ref in thing.refs.items():
            pk = self.registry.pk(ref) if ref else None
            setattr(made, f"{key}_id", pk)
            if ref and pk is None:
                self.outcome.tell(MISSING_REFERENCE, f"{row.section} {row.id} {key}: {ref[0]} {ref[1]}")
        if parent is not None:
            setattr(made, thing.parent, parent)
        snapshots.hold_back_names(made, thing, before.get("state", {}))
        made.internal_note = _merge_note(made.internal_note, before.get("note", ""), "\n".join(thing.note))
        made.save()
        self.registry.saved(made)
        for key, refs in thing.many.items():
            getattr(made, key).set(filter(None, map(self.registry.pk, refs)))
        return made

    def _with_note(self, made: Model, thing: PlannedObject, before: dict) -> Model:
        """Bring the internal note of a row up to date; return the row."""
        note = _merge_note(made.internal_note, before.get("note", ""), "\n".join(thing.note))
        if note != made.internal_note:
            made.internal_note = note
            made.save()
        return made

    def _save_parts(self, whole: Model, row: PlannedRow) -> None:
        """Save the parts of a row; hold back those that are no longer in the file."""
        stand = {id(thing) for thing in self.decider.parts_that_stand(row.thing)}
        made = {id(row.thing): whole}
        for thing in row.thing.whole():
            for part in thing.parts:
                if id(part) in stand and id(thing) in made:
                    made[id(part)] = self._save(part, row, made[id(thing)])
                else:
                    self.outcome.tell(MISSING_REFERENCE, f"{row.section} {row.id}: {part.key}")
        now = {thing.key for thing in row.thing.whole()}
        for key, kept in self.decider.written(row).items():
            if key not in now and (there := self.decider.existing.get(kept["content_id"])) and not there.held_back:
                there.held_back = True
                there.save()
                part = key.removeprefix(row.thing.key).strip(":")
                self.outcome.tell(PART_MISSING_FROM_ROW, f"{row.section} {row.id}: {part}")

    def _set_result(self, made: Model, thing: PlannedObject) -> None:
        """Set who set and checked a result given by the file.

        The file's account sets it; the user who imports checks it, if they may.
        """
        if not isinstance(made, Milestone):
            return
        result, actual = thing.values["result"], thing.values["actual"]
        if made.pk and (made.result, made.actual) == (result, actual):
            return
        may_check = result in CHECKED_RESULTS and self.by.has_perm("record.review")
        made.result_set_by = None if result == Result.SCHEDULED else self.record_file
        made.checked_by = self.by if may_check else None

    def _remember(self, row: PlannedRow) -> None:
        """Save the row as imported, as the baseline of the next import."""
        LoadedRow.objects.update_or_create(
            section=row.section,
            row_id=row.id,
            defaults={"file": self.file, "raw": to_stored_json(row.raw), "written": self.decider.remembered(row)},
        )

    def _tell_vanished(self, rows: list[PlannedRow]) -> None:
        """Report the rows that this file brought before and no longer has."""
        now = {(row.section, row.id) for row in rows}
        for section, id in LoadedRow.objects.filter(file=self.file).order_by("pk").values_list("section", "row_id"):
            if (section, id) not in now:
                self.outcome.tell(MISSING_FROM_FILE, f"{section} {id}")


def _merge_note(there: str, before: str, now: str) -> str:
    """Return the internal note with the file's lines brought up to date; an editor's own lines stay."""
    if there == before:
        return now
    missing = [line for line in now.splitlines() if line not in there.splitlines()]
    return "\n".join([there, *missing]).strip()
