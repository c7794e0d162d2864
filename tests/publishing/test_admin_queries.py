"""Forms and lists ask the database a fixed number of times, however much they show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.models import Milestone
from tests.factories import (
    AnnouncementFactory,
    FigureFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    OutcomeFactory,
    PersonFactory,
    PostFactory,
    StatementFactory,
    TargetFactory,
)
from tests.newsroom import filled, url

pytestmark = pytest.mark.django_db


def spoken(parent, name):
    """Two statements, each by another person and body, from another source."""
    subject = {"milestone": None, name: parent}
    StatementFactory(**subject, person=PersonFactory())
    StatementFactory(**subject, organisation=OrganisationFactory())


FORMS = {
    "initiative": (InitiativeFactory, lambda row: spoken(row, "initiative")),
    "milestone": (MilestoneFactory, lambda row: spoken(row, "milestone")),
    "announcement": (AnnouncementFactory, lambda row: FigureFactory(announcement=row)),
    "outcome": (OutcomeFactory, lambda row: TargetFactory(outcome=row)),
    "person": (PersonFactory, lambda row: PostFactory(person=row)),
}


def queries_of(ask) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_opens_and_is_saved_untouched_in_as_many_queries_for_three_facts_as_for_one(login, kind):
    factory, add = FORMS[kind]
    row, client = factory(), login("author")
    path, counts = url(row, "change"), []
    for more in (1, 2):
        for _ in range(more):
            add(row)
        data = filled(client.get(path))
        counts.append((queries_of(lambda: client.get(path)), queries_of(lambda data=data: client.post(path, data))))
    assert counts[0] == counts[1]


def test_a_changed_fact_costs_what_it_costs_whatever_stands_beside_it(login):
    row, client, counts = InitiativeFactory(), login("author"), []
    for more in (1, 2):
        for _ in range(more):
            spoken(row, "initiative")
        data = filled(client.get(url(row, "change"))) | {"statements-0-stated_phrase": f"said {more}"}
        counts.append(queries_of(lambda data=data: client.post(url(row, "change"), data)))
    assert counts[0] == counts[1]
    assert row.statements.first().stated_phrase == "said 2"


def test_an_initiative_with_a_hundred_milestones_opens_under_a_hundred_queries(login):
    row, client = InitiativeFactory(), login("author")
    for number in range(100):
        Milestone.objects.create(initiative=row, title_en=f"Milestone {number}")
    assert queries_of(lambda: client.get(url(row, "change"))) < 100


def test_a_fact_keeps_what_it_named_and_takes_another(login):
    row, client = InitiativeFactory(), login("author")
    statement = StatementFactory(milestone=None, initiative=row, person=PersonFactory())
    other, path = PersonFactory(), url(row, "change")
    assert client.post(path, filled(client.get(path)) | {"statements-0-person": other.pk}).status_code == 302
    statement.refresh_from_db()
    assert statement.person == other


@pytest.mark.parametrize("chosen", ["0", "999999", "9" * 30, "x", "-1", "٣"])
def test_a_fact_names_nothing_that_there_is_not(login, chosen):
    row, client = InitiativeFactory(), login("author")
    StatementFactory(milestone=None, initiative=row, person=PersonFactory())
    path = url(row, "change")
    response = client.post(path, filled(client.get(path)) | {"statements-0-person": chosen})
    assert "Select a valid choice" in response.content.decode()
