"""Imports a data file into the newsroom, and publishes the roots of it that no editor has touched."""

from pathlib import Path

import yaml
from django.conf import settings
from django.db import transaction

from newsroom.actions.append import ChangeNote, lock_publishing
from newsroom.actions.publish import publish
from newsroom.actions.review import approve, request_review
from newsroom.documents.drafts import Draft
from newsroom.documents.registry import get_working_row
from newsroom.models import set_actor
from record.documents.canonical_json import ReferenceKey

from . import import_state, overwrite_check, service_accounts, translation_commands, translations
from .id_map import IdMap
from .mapping import plan_rows
from .mapping.targets import PlannedRow
from .merge_policy import to_stored_json
from .models import LoadedFile, LoadedRow
from .parser import DataFile, FileProblem, read_data_file
from .report import ImportReport
from .validation import ValidationReport, validate_file
from .writer import ImportWriter

AREAS_FILE = Path("data/areas.yaml")
HAS_EDITOR_CHANGES = "Left unpublished: holds an editor's unpublished changes"
HAS_PROBLEMS = "Left unpublished: something must be mended first"
WAS_WITHDRAWN = "Left unpublished: was withdrawn"


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
    report = validate_file(record, IdMap().known)
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
    user, registry = service_accounts.get_acting_user(by), IdMap()
    own = collect_roots(rows, registry)
    clean = import_state.import_only_roots(import_state.load_saved_roots() | own.keys())
    edited = import_state.load_drafts(own.keys() - clean) if overwrite else {}
    with set_actor(
        service_accounts.get_file_account()
    ):  # changes are logged as the file's; its publisher is another user
        writer = ImportWriter(file=record.identity, by=user, overwrite=overwrite, registry=registry, outcome=outcome)
        writer.write(rows)
        if translated:
            translation_commands.write_translations(
                translated, decider=writer.decider, overwrite=overwrite, outcome=outcome
            )
    drafts = import_state.load_drafts(
        clean | overwrite_check.released_by_overwrite(edited, import_state.load_drafts(edited))
    )
    import_state.save_root_digests(drafts)
    _save_loaded_file(record)
    if publishing:
        _publish_roots(own, drafts, by=user, file=record.identity, outcome=outcome)
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


def collect_roots(rows: list[PlannedRow], registry: IdMap) -> dict[ReferenceKey, bool]:
    """Return {root: whether it stays a draft} of all roots that the rows are, or are published with."""
    found: dict[ReferenceKey, bool] = {}
    for row in rows:
        if row.root:
            key = registry.root(row.root)
            found[key] = found.get(key, False) or row.draft
    return found


def _publish_roots(
    own: dict[ReferenceKey, bool], drafts: dict[ReferenceKey, Draft], *, by, file: str, outcome: ImportReport
) -> None:
    """Publish the roots of the file whose unpublished changes all came from files, in one publication.

    The others are listed in the report: withdrawn, changed by an editor, or with problems.
    """
    gone = import_state.find_withdrawn_roots(own)
    going = []
    for key, stays_draft in own.items():
        draft = drafts.get(key)
        if stays_draft:
            continue
        if key in gone:
            outcome.tell(WAS_WITHDRAWN, import_state.describe_root(key))
        elif draft is None:
            outcome.tell(HAS_EDITOR_CHANGES, import_state.describe_root(key))
        elif draft.problems:
            problems = "; ".join(f"{each.type} {each.field}: {each.message}" for each in draft.problems)
            outcome.tell(HAS_PROBLEMS, f"{import_state.describe_root(key)}: {problems}")
        else:
            going.append(draft)
    notes = {draft.key: ChangeNote(_build_change_note(file)) for draft in going}
    if settings.REQUIRE_SECOND_PERSON:
        _approve_drafts(going, by=by)
    publication = publish(drafts=going, by=by, notes=notes, overruled=_build_change_note(file)["en"])
    outcome.publication = publication and publication.pk


def _approve_drafts(drafts: list[Draft], *, by) -> None:
    """Approve each draft: the file's account asks for the review, and whoever publishes is the second person."""
    for draft in drafts:
        row = get_working_row(*draft.key)
        request_review(root=row, by=service_accounts.get_file_account())
        approve(root=row, by=by, seen=draft.digest)


def _build_change_note(file: str) -> dict:
    return {
        "en": f"From the data file “{file}”.",
        "zh-hant": f"來自資料檔案「{file}」。",
        "zh-hans": f"来自数据文件“{file}”。",
    }


def _start_report(rows: list[PlannedRow], report: ValidationReport) -> ImportReport:
    """Return a report with what can be counted before anything is written."""
    outcome = ImportReport()
    for row in rows:
        outcome.count("left as draft", row.section, int(row.draft))
        outcome.count("held back", row.section, row.held_back())
    for section, number in report.unknown.items():
        outcome.count("unknown keys", section, number)
    for warning in report.warnings:
        outcome.tell("Warnings", str(warning))
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
