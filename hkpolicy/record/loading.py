"""Imports a data file into the newsroom, and publishes the roots of it that no editor has touched."""

from pathlib import Path

import yaml
from django.conf import settings
from django.db import transaction

from publishing.actions import approve, publish, request_review
from publishing.actions.appending import Note, lock_the_record
from publishing.documents import Draft, row_of
from publishing.models import acting
from publishing.rules import Key

from ..models import LoadedFile, LoadedRow
from . import accounts, leftovers, roots, translating, translations
from .checking import Report, check
from .decisions import comparable
from .outcome import Outcome
from .planning import Row, rows_of
from .reading import Problem, RecordFile, read
from .registry import Registry
from .writing import Writer

AREAS = Path("data/areas.yaml")
EDITORS_CHANGES = "Left unpublished: holds an editor's unpublished changes"
BLOCKED = "Left unpublished: something must be mended first"
WITHDRAWN = "Left unpublished: was withdrawn"


class BadFile(Exception):
    """Raised when a file is refused as a whole; `problems` lists everything wrong in it."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def load(path, *, by: str | None = None, publishing: bool = False, overwrite: bool = False, dry_run: bool = False):
    """Import the file at `path` and the translations beside it, acting as the user called `by`; return an ImportReport.

    Raises InvalidFile with every problem, and then has written nothing; UnknownUser; PermissionDenied.
    """
    record, problems = read(path)
    report = check(record, Registry().known)
    if problems or report.problems:
        raise BadFile([*problems, *report.problems])
    record.loaded = _loaded_before(record)
    rows = rows_of(record, area_names())
    translated, problems = translations.read(path, rows)
    if problems:
        raise BadFile(problems)
    outcome, options = _first_counts(rows, report), {"overwrite": overwrite, "dry_run": dry_run}
    load_rows(rows, record, outcome, by=by, publishing=publishing, translated=translated, **options)
    return outcome


@transaction.atomic
def load_rows(
    rows: list[Row], record: RecordFile, outcome: Outcome, *, by, publishing, overwrite, dry_run, translated=None
) -> None:
    """Do everything that writes, in one transaction; a dry run is rolled back."""
    lock_the_record()
    user, registry = accounts.acting(by), Registry()
    own = roots_of(rows, registry)
    clean = roots.untouched(roots.remembered() | own.keys())
    edited = roots.drafts(own.keys() - clean) if overwrite else {}
    with acting(accounts.record_file()):  # changes are logged as the file's; its publisher is another user
        writer = Writer(file=record.identity, by=user, overwrite=overwrite, registry=registry, outcome=outcome)
        writer.write(rows)
        if translated:
            translating.write(translated, decider=writer.decider, overwrite=overwrite, outcome=outcome)
    drafts = roots.drafts(clean | leftovers.freed(edited, roots.drafts(edited)))
    roots.remember(drafts)
    _remember_file(record)
    if publishing:
        _publish(own, drafts, by=user, file=record.identity, outcome=outcome)
    if dry_run:
        transaction.set_rollback(True)


def _loaded_before(record: RecordFile) -> dict[str, dict[str, dict]]:
    """Return {section: {id: row}} of earlier imports from which rows of this file may take a date or a name."""
    found = {section: {} for section in ("sources", "people", "budgets")}
    for section, id, raw in LoadedRow.objects.filter(section__in=found).values_list("section", "row_id", "raw"):
        found[section][id] = raw
    return found


def area_names() -> dict[str, dict]:
    """Return {slug: {"en", "zh-hant"}} of policy areas, from data/areas.yaml."""
    return yaml.safe_load((settings.BASE_DIR / AREAS).read_text(encoding="utf-8"))


def roots_of(rows: list[Row], registry: Registry) -> dict[Key, bool]:
    """Return {root: whether it stays a draft} of all roots that the rows are, or are published with."""
    found: dict[Key, bool] = {}
    for row in rows:
        if row.root:
            key = registry.root(row.root)
            found[key] = found.get(key, False) or row.draft
    return found


def _publish(own: dict[Key, bool], drafts: dict[Key, Draft], *, by, file: str, outcome: Outcome) -> None:
    """Publish the roots of the file whose unpublished changes all came from files, in one publication.

    The others are listed in the report: withdrawn, changed by an editor, or with problems.
    """
    gone = roots.withdrawn(own)
    going = []
    for key, stays_draft in own.items():
        draft = drafts.get(key)
        if stays_draft:
            continue
        if key in gone:
            outcome.tell(WITHDRAWN, roots.name(key))
        elif draft is None:
            outcome.tell(EDITORS_CHANGES, roots.name(key))
        elif draft.problems:
            problems = "; ".join(f"{each.type} {each.field}: {each.message}" for each in draft.problems)
            outcome.tell(BLOCKED, f"{roots.name(key)}: {problems}")
        else:
            going.append(draft)
    notes = {draft.key: Note(_note(file)) for draft in going}
    if settings.REQUIRE_SECOND_PERSON:
        _approve(going, by=by)
    publication = publish(drafts=going, by=by, notes=notes, overruled=_note(file)["en"])
    outcome.publication = publication and publication.pk


def _approve(drafts: list[Draft], *, by) -> None:
    """Approve each draft: the file's account asks for the review, and whoever publishes is the second person."""
    for draft in drafts:
        row = row_of(*draft.key)
        request_review(root=row, by=accounts.record_file())
        approve(root=row, by=by, seen=draft.digest)


def _note(file: str) -> dict:
    return {
        "en": f"From the data file “{file}”.",
        "zh-hant": f"來自資料檔案「{file}」。",
        "zh-hans": f"来自数据文件“{file}”。",
    }


def _first_counts(rows: list[Row], report: Report) -> Outcome:
    """Return a report with what can be counted before anything is written."""
    outcome = Outcome()
    for row in rows:
        outcome.count("left as draft", row.section, int(row.draft))
        outcome.count("held back", row.section, row.held_back())
    for section, number in report.unknown.items():
        outcome.count("unknown keys", section, number)
    for warning in report.warnings:
        outcome.tell("Warnings", str(warning))
    return outcome


def _remember_file(record: RecordFile) -> None:
    LoadedFile.objects.update_or_create(
        file=record.identity,
        defaults={
            "name": record.name,
            "sha256": record.digest,
            "meta": comparable(record.meta),
            "unknown_sections": comparable({str(key): rows for key, rows in record.unknown_sections.items()}),
        },
    )
