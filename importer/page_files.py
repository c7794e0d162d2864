"""Imports the site's first pages from data/pages/SLUG.LANGUAGE.md: front matter with a title, then Markdown."""

from collections import defaultdict
from pathlib import Path

import yaml
from django.conf import settings

from newsroom.models import Page
from record.characters import strip_control_characters
from record.languages import LANGUAGES, get_text_column

from .load import InvalidFile, import_rows
from .mapping.targets import PlannedObject, PlannedRow
from .parser import DataFile, FileProblem
from .report import ImportReport

PAGES_FOLDER = Path("data/pages")
FRONT_MATTER_FENCE = "---\n"


def import_pages(*, by: str | None = None, publishing=False, overwrite=False, dry_run=False) -> ImportReport:
    """Import the pages that ship; those an editor has changed since are left alone and listed."""
    outcome = ImportReport()
    rows = [_plan_page(slug, texts) for slug, texts in sorted(_read_pages(settings.BASE_DIR / PAGES_FOLDER).items())]
    record = DataFile(name=PAGES_FOLDER.name, digest="", meta={"id": str(PAGES_FOLDER)})
    import_rows(rows, record, outcome, by=by, publishing=publishing, overwrite=overwrite, dry_run=dry_run)
    return outcome


def _read_pages(folder: Path) -> dict[str, dict[str, dict]]:
    """Return {slug: {language: {"title", "position", "body"}}}. Raises InvalidFile."""
    found, problems = defaultdict(dict), []
    for path in sorted(folder.glob("*.md")):
        slug, _, language = path.stem.partition(".")
        page = _parse_page(strip_control_characters(path.read_text(encoding="utf-8")))
        if language not in LANGUAGES or page is None:
            problems.append(
                FileProblem("pages", path.name, "", None, "is no page: SLUG.LANGUAGE.md with a title on top")
            )
        else:
            found[slug][language] = page
    if problems:
        raise InvalidFile(problems)
    return found


def _parse_page(text: str) -> dict | None:
    """Return the front matter and the body of a page; None if it has no front matter with a title."""
    if not text.startswith(FRONT_MATTER_FENCE) or text.count(FRONT_MATTER_FENCE) < 2:
        return None
    _nothing, front, body = text.split(FRONT_MATTER_FENCE, 2)
    head = yaml.safe_load(front)
    return head | {"body": body.strip()} if isinstance(head, dict) and head.get("title") else None


def _plan_page(slug: str, texts: dict[str, dict]) -> PlannedRow:
    values = {"slug": slug, "position": max(page.get("position", 0) for page in texts.values())}
    for language, page in texts.items():
        values[get_text_column("title", language)], values[get_text_column("body", language)] = (
            page["title"],
            page["body"],
        )
    return PlannedRow("pages", slug, texts, PlannedObject(Page, f"pages:{slug}", values=values), root=("pages", slug))
