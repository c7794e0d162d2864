"""Imports the site's first pages from data/pages/SLUG.LANGUAGE.md: front matter with a title, then Markdown."""

from collections import defaultdict
from pathlib import Path

import yaml
from django.conf import settings

from publishing import rules
from publishing.languages import LANGUAGES, column
from publishing.models import Page

from .loading import BadFile, load_rows
from .outcome import Outcome
from .planning import Row, Thing
from .reading import Problem, RecordFile

FOLDER = Path("data/pages")
FENCE = "---\n"


def load_pages(*, by: str | None = None, publishing=False, overwrite=False, dry_run=False) -> Outcome:
    """Import the pages that ship; those an editor has changed since are left alone and listed."""
    outcome = Outcome()
    rows = [_row(slug, texts) for slug, texts in sorted(_read(settings.BASE_DIR / FOLDER).items())]
    record = RecordFile(name=FOLDER.name, digest="", meta={"id": str(FOLDER)})
    load_rows(rows, record, outcome, by=by, publishing=publishing, overwrite=overwrite, dry_run=dry_run)
    return outcome


def _read(folder: Path) -> dict[str, dict[str, dict]]:
    """Return {slug: {language: {"title", "position", "body"}}}. Raises InvalidFile."""
    found, problems = defaultdict(dict), []
    for path in sorted(folder.glob("*.md")):
        slug, _, language = path.stem.partition(".")
        page = _page(rules.without_controls(path.read_text(encoding="utf-8")))
        if language not in LANGUAGES or page is None:
            problems.append(Problem("pages", path.name, "", None, "is no page: SLUG.LANGUAGE.md with a title on top"))
        else:
            found[slug][language] = page
    if problems:
        raise BadFile(problems)
    return found


def _page(text: str) -> dict | None:
    """Return the front matter and the body of a page; None if it has no front matter with a title."""
    if not text.startswith(FENCE) or text.count(FENCE) < 2:
        return None
    _nothing, front, body = text.split(FENCE, 2)
    head = yaml.safe_load(front)
    return head | {"body": body.strip()} if isinstance(head, dict) and head.get("title") else None


def _row(slug: str, texts: dict[str, dict]) -> Row:
    values = {"slug": slug, "position": max(page.get("position", 0) for page in texts.values())}
    for language, page in texts.items():
        values[column("title", language)], values[column("body", language)] = page["title"], page["body"]
    return Row("pages", slug, texts, Thing(Page, f"pages:{slug}", values=values), root=("pages", slug))
