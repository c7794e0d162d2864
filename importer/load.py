"""Imports a data file into the newsroom, and publishes the roots of it that no editor has touched."""

from pathlib import Path

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from newsroom.actions.append import lock_publishing
from newsroom.models import set_actor

from . import service_accounts, translations
from .id_map import IdMap
from .mapping import plan_rows
from .mapping.targets import PlannedRow
from .merge_policy import MergePolicy, to_stored_json
from .models import LoadedFile, LoadedRow
from .parser import DataFile, FileProblem, read_data_file
from .publish_roots import publish_roots
from .report import ImportReport
from .validation import ValidationReport, validate_file
from .writer import ImportWriter

AREAS_FILE = Path("data/areas.yaml")


class InvalidFile(Exception):
    """Raised when a file is refused as a whole; `problems` lists everything wrong in it."""

    def __init__(self, problems: list[FileProblem]):
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def import_file(
    path, *, by: str | None = None, publishing: bool = False, overwrite: bool = False, dry_run: bool = False
):
    """Import the file at `path` and the translations beside it, acting as the user called `by`; return an ImportReport.

    Raises InvalidFile with every problem, and then has written nothing; UnknownUser; PermissionDenied.
    """
    record, problems = read_data_file(path)
    report = validate_file(record, IdMap().is_known)
    if problems or report.problems:
        raise InvalidFile([*problems, *report.problems])
    record.loaded = _find_loaded_rows(record)
    rows = plan_rows(record, load_area_names())
    translated, problems = translations.read_translations(path, rows)
    if problems:
        raise InvalidFile(problems)
    outcome, options = _start_report(rows, report), {"overwrite": overwrite, "dry_run": dry_run}
    import_rows(rows, record, outcome, by=by, publishing=publishing, translated=translated, **options)
    return outcome


@transaction.atomic
def import_rows(
    rows: list[PlannedRow],
    record: DataFile,
    outcome: ImportReport,
    *,
    by,
    publishing,
    overwrite,
    dry_run,
    translated=None,
) -> None:
    """Do everything that writes, in one transaction; a dry run is rolled back."""
    lock_publishing()
    started, user = timezone.now(), service_accounts.get_acting_user(by)
    file_account, id_map = service_accounts.get_file_account(), IdMap()
    with set_actor(file_account):  # changes are logged as the file's; its publisher is another user
        policy = MergePolicy(rows, file=record.identity, file_account=file_account, overwrite=overwrite, id_map=id_map)
        writer = ImportWriter(policy, by=user, file_account=file_account, started=started, outcome=outcome)
        writer.write(rows)
        if translated:
            translations.write_translations(translated, policy=policy, overwrite=overwrite, outcome=outcome)
    _save_loaded_file(record)
    if publishing:
        publish_roots(rows, id_map, by=user, file_account=file_account, file=record.identity, outcome=outcome)
    if dry_run:
        transaction.set_rollback(True)


def _find_loaded_rows(record: DataFile) -> dict[str, dict[str, dict]]:
    """Return {section: {id: row}} of earlier imports from which rows of this file may take a date or a name."""
    found = {section: {} for section in ("sources", "people", "budgets")}
    for section, id, raw in LoadedRow.objects.filter(section__in=found).values_list("section", "row_id", "raw"):
        found[section][id] = raw
    return found


def load_area_names() -> dict[str, dict]:
    """Return {slug: {"en", "zh-hant"}} of policy areas, from data/areas.yaml."""
    return yaml.safe_load((settings.BASE_DIR / AREAS_FILE).read_text(encoding="utf-8"))


def _start_report(rows: list[PlannedRow], report: ValidationReport) -> ImportReport:
    """Return a report with what can be counted before anything is written."""
    outcome = ImportReport()
    for row in rows:
        outcome.count("left as draft", row.section, int(row.draft))
        outcome.count("held back", row.section, row.count_held_back())
    for section, number in report.unknown_keys.items():
        outcome.count("unknown keys", section, number)
    for warning in report.warnings:
        outcome.add_line("Warnings", str(warning))
    return outcome


def _save_loaded_file(record: DataFile) -> None:
    LoadedFile.objects.update_or_create(
        file=record.identity,
        defaults={
            "name": record.name,
            "sha256": record.digest,
            "meta": to_stored_json(record.meta),
            "unknown_sections": to_stored_json({str(key): rows for key, rows in record.unknown_sections.items()}),
        },
    )
