"""What lists tell of their rows, and how they are narrowed down."""

import re

import pytest

from initiatives.models import Initiative, Milestone
from tests.factories import InitiativeFactory, MilestoneFactory
from tests.publishing_helpers import url

pytestmark = pytest.mark.django_db


def cells(page: str, field: str) -> list[str]:
    return re.findall(rf'<td class="field-{field}">(.*?)</td>', page, re.DOTALL)


def test_only_what_is_held_back_says_so(login):
    MilestoneFactory(title_en="Held", held_back=True)
    MilestoneFactory(title_en="Free", held_back=False)
    page = login("author").get(url(Milestone, "changelist") + "?o=1").content.decode()
    assert sorted("Held back" in cell for cell in cells(page, "held")) == [False, True]


def test_a_filter_says_what_it_lets_through(login):
    InitiativeFactory(stage="operating")
    client = login("author")
    asked, unasked = (
        client.get(url(Initiative, "changelist") + query).content.decode() for query in ("?stage__exact=operating", "")
    )
    assert "Stage: <strong>Operating</strong>" in asked
    assert "Stage: <strong>" not in unasked


def test_a_list_is_named_for_what_it_lists(login):
    assert "<h1>Initiatives</h1>" in login("author").get(url(Initiative, "changelist")).content.decode()
