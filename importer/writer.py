"""Writes planned rows into the newsroom's working copy; what is not the file's to change is left alone."""

from datetime import datetime

from django.db.models import Model

from initiatives.choices import CHECKED_RESULTS, Result
from initiatives.models import Milestone
from newsroom.models import WorkingChange
from record import languages

from . import columns
from .id_map import IdMap
from .mapping.targets import PlannedObject, PlannedRow
from .merge_policy import MISSING_REFERENCE, MergePolicy, find_missing_lines, to_stored_json
from .models import LoadedRow
from .report import ImportReport

MISSING_FROM_FILE = "No longer in the file, and kept"
PART_MISSING_FROM_ROW = "No longer in its row of the file: kept, and held back"


class ImportWriter:
    """Writes a file's rows. Made for one import, inside its transaction; `started` is when that began."""

    def __init__(self, policy: MergePolicy, *, by, file_account, started: datetime, outcome: ImportReport):
        self.policy, self.by, self.file_account = policy, by, file_account
        self.started, self.outcome = started, outcome
        self.id_map: IdMap = policy.id_map

    def write(self, rows: list[PlannedRow]) -> None:
        """Write the rows that may be written: first their objects, then the parts, which may refer to any of them."""
        writing = [row for row in rows if self._is_to_be_written(row)]
        made = {row.planned.key: self._save(row.planned, row) for row in writing}
        for row in writing:
            self._save_parts(made[row.planned.key], row)
            self._remember(row)
        self._report_vanished_rows(rows)

    def _is_to_be_written(self, row: PlannedRow) -> bool:
        decision = self.policy.decide(row)
        self.outcome.count("read", row.section)
        self.outcome.count("written" if decision.write else "unchanged", row.section)
        for line in decision.lines:
            self.outcome.add_line(decision.heading, line)
        if decision.adopt:
            self._remember(row)
        return decision.write

    def _save(self, planned: PlannedObject, row: PlannedRow, parent: Model | None = None) -> Model:
        """Create or update the row of a planned object, unless it is as the file wants it; return it."""
        there, wanted = self.policy.existing_row(planned), self.policy.get_wanted(planned, row)
        made = there or planned.model(content_id=planned.content_id, **planned.initial_values)
        note, is_same = made.internal_note, there is not None and columns.holds_values(there, wanted)
        made.internal_note = self._merge_note(made, planned.note)
        if is_same and made.internal_note == note:
            return made
        if not is_same:
            self._set_result(made, planned)
            self._set_columns(made, planned, wanted, row)
        if parent is not None:
            setattr(made, planned.parent, parent)
        made.save()
        self.id_map.register(made)
        for name, refs in planned.many_refs.items():
            getattr(made, name).set(filter(None, map(self.id_map.pk, refs)))
        return made

    def _set_columns(self, made: Model, planned: PlannedObject, wanted: dict, row: PlannedRow) -> None:
        """Set the columns of a row, not saved yet; report references to rows that do not exist."""
        for column, value in wanted.items():
            if ":" in column:
                name, language = column.split(":")
                languages.set_held_back(made, name, language, held=value)
            elif column not in planned.refs and column not in planned.many_refs:
                setattr(made, column, value)
        for column, ref in planned.refs.items():
            pk = self.id_map.pk(ref) if ref else None
            setattr(made, f"{column}_id", pk)
            if ref and pk is None:
                self.outcome.add_line(MISSING_REFERENCE, f"{row.section} {row.id} {column}: {ref[0]} {ref[1]}")

    def _merge_note(self, made: Model, lines: list[str]) -> str:
        """Return the internal note with the file's lines brought up to date; one that an editor touched only grows."""
        note = "\n".join(lines)
        if made.pk and made.internal_note != note:
            changes = WorkingChange.objects.filter(content_id=made.content_id, changes__has_key="internal_note")
            if changes.exclude(actor=self.file_account).exists():
                return "\n".join([made.internal_note, *find_missing_lines(made.internal_note, lines)]).strip()
        return note

    def _save_parts(self, whole: Model, row: PlannedRow) -> None:
        """Save the parts of a row; hold back those that are no longer in the file."""
        writable = {each.key for each in self.policy.get_writable_parts(row.planned)}
        made = {row.planned.key: whole}
        for planned in row.planned.walk():
            for part in planned.parts:
                if part.key in writable and planned.key in made:
                    made[part.key] = self._save(part, row, made[planned.key])
                else:
                    self.outcome.add_line(MISSING_REFERENCE, f"{row.section} {row.id}: {part.key}")
        for key, there in self.policy.find_vanished(row).items():
            if there and not there.held_back:
                there.held_back = True
                there.save()
                part = key.removeprefix(row.planned.key).strip(":")
                self.outcome.add_line(PART_MISSING_FROM_ROW, f"{row.section} {row.id}: {part}")

    def _set_result(self, made: Model, planned: PlannedObject) -> None:
        """Set who set and checked a result given by the file.

        The file's account sets it; the user who imports checks it, if they may.
        """
        if not isinstance(made, Milestone):
            return
        result, actual = planned.values["result"], planned.values["actual"]
        if made.pk and (made.result, made.actual) == (result, actual):
            return
        may_check = result in CHECKED_RESULTS and self.by.has_perm("record.review")
        made.result_set_by = None if result == Result.SCHEDULED else self.file_account
        made.checked_by = self.by if may_check else None

    def _remember(self, row: PlannedRow) -> None:
        """Save the row as imported: what changes from now on is an editor's."""
        LoadedRow.objects.update_or_create(
            section=row.section,
            row_id=row.id,
            defaults={
                "file": self.policy.file,
                "raw": to_stored_json(row.raw),
                "given": self.policy.describe_given(row),
                "loaded_at": self.started,
            },
        )

    def _report_vanished_rows(self, rows: list[PlannedRow]) -> None:
        """Report the rows that this file brought before and no longer has."""
        now = {(row.section, row.id) for row in rows}
        loaded = LoadedRow.objects.filter(file=self.policy.file).order_by("pk")
        for section, id in loaded.values_list("section", "row_id"):
            if (section, id) not in now:
                self.outcome.add_line(MISSING_FROM_FILE, f"{section} {id}")
