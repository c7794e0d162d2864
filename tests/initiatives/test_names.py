"""What a row calls itself: by its name in the language of whoever looks, and never by its number."""

import pytest

from experts.models import Forecast
from initiatives.models import Funding, Milestone, Outcome, Statement, Verdict
from tests.factories import InitiativeFactory, MilestoneFactory
from tests.publishing_helpers import url


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (Milestone(), "Milestone without title"),
        (Milestone(title_zh_hant="里程碑一"), "里程碑一"),
        (Verdict(), "Verdict without reasons"),
        (Funding(), "Funding without purpose"),
        (Outcome(), "Outcome without indicator"),
        (Statement(claim=""), "Statement without a name"),
    ],
)
def test_a_row_without_a_name_says_which(row, name):
    assert str(row) == name


def test_no_row_is_named_by_its_number():
    for model in (Milestone, Verdict, Funding, Outcome, Forecast):
        row = model()
        assert str(row.content_id) not in row.unnamed_label()


@pytest.mark.django_db
def test_its_page_and_what_stops_it_name_it_readably(login):
    root = InitiativeFactory()
    row = MilestoneFactory(initiative=root, title_en="")
    client = login("publisher")
    page = client.get(url(root, "publish"))
    assert {each.title for each in page.context["blockers"]} == {"Milestone without title"}
    assert [thing.title for thing in page.context["things"] if thing.kind == "Milestone"] == ["Milestone without title"]
    assert "Milestone without title" in client.get(url(row, "change")).content.decode()
