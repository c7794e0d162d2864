"""Every decision has the template's head, and its row in the index says the same."""

import re

import pytest
from django.conf import settings

FOLDER = settings.BASE_DIR / "docs" / "decisions"
DECISIONS = sorted(FOLDER.glob("[0-9]*.md"))
HEAD = re.compile(
    r"# (?P<number>\d+)\. (?P<title>\S.*)\n\n"
    r"- Date: (?P<date>\d{4}-\d\d-\d\d(?:, revised \d{4}-\d\d-\d\d)?)\n"
    r"- Status: (?P<status>accepted|superseded by \d+)\n\n## "
)
SECTIONS = ["Context", "Decision", "Consequences", "Not chosen", "Cost"]


def head_of(path):
    """Return the number, title, date and status on top of a decision; None if it does not begin like the template."""
    found = HEAD.match(path.read_text())
    return found and found.groupdict()


def index() -> dict[str, dict]:
    """Return {file name: the number, title, date and status in its row of the table}."""
    row = re.compile(
        r"^\| (?P<number>\d+) \| \[(?P<title>.+)\]\((?P<file>[^)]+)\) \| (?P<date>[^|]+) \| (?P<status>[^|]+) \|$", re.M
    )
    found = [row.groupdict() for row in row.finditer((FOLDER / "README.md").read_text())]
    return {each.pop("file"): each for each in found}


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_every_decision_stands_in_the_index_with_its_title_date_and_status(path):
    assert head_of(path) is not None
    assert int(head_of(path)["number"]) == int(path.name[:4])
    assert index().get(path.name) == head_of(path)


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_the_headings_of_the_template_in_its_order(path):
    headings = re.findall(r"^## (.+)$", path.read_text(), re.M)
    assert headings == [each for each in SECTIONS if each in headings]
    assert "Decision" in headings


def test_the_index_names_each_decision_once_in_order_and_no_other():
    assert len(DECISIONS) > 20
    assert list(index()) == [path.name for path in DECISIONS]


def test_what_supersedes_a_decision_is_there():
    numbers = {int(path.name[:4]) for path in DECISIONS}
    named = {int(number) for each in index().values() for number in re.findall(r"superseded by (\d+)", each["status"])}
    assert named <= numbers


def test_the_template_has_the_head_and_the_headings_of_a_decision():
    text = (FOLDER / "template.md").read_text().replace("# N.", "# 1.").replace("YYYY-MM-DD", "2026-01-01")
    assert HEAD.match(text)
    assert set(re.findall(r"^## (.+)$", text, re.M)) <= set(SECTIONS)
