"""What an announcement, an organisation, a person and an expert promised or said, and what came of it."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.queries import selectors
from initiatives.views import promise_summary
from record.dates import FuzzyDate
from record.models import Publication
from record.queries import Moment
from tests.factories import (
    AffiliationFactory,
    AnnouncementFactory,
    CommentaryFactory,
    FigureFactory,
    ForecastFactory,
    FundingFactory,
    InitiativeFactory,
    InitiativeRelationFactory,
    MilestoneFactory,
    OrganisationFactory,
    PageFactory,
    PersonFactory,
    PostFactory,
    StatementFactory,
    published,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]


def many_of_everything(rows):
    """Make an announcement, an organisation, a person and an expert, each with that many of whatever its page shows."""
    announcement = AnnouncementFactory(slug="budget", delivered_on="2025-02-26")
    body, person = OrganisationFactory(slug="bureau"), PersonFactory(slug="secretary")
    expert = AffiliationFactory(expert__slug="scholar", organisation=body).expert
    for _ in range(rows):
        initiative = InitiativeFactory(lead=body, announced_in=announcement)
        statement = {"milestone__initiative": initiative, "person": person, "organisation": body}
        promise = {"promised": FuzzyDate.from_year(2020), "stated": FuzzyDate.from_year(2019)}
        StatementFactory.create_batch(rows, **statement, **promise)
        FundingFactory(initiative=initiative, announcement=announcement)
        FigureFactory(announcement=announcement)
        PostFactory(organisation=body)
        OrganisationFactory(parent=body)
        partner = InitiativeFactory()
        partner.partners.add(body)
        for row in (announcement, body, person, expert, initiative, partner):
            published(row)
        commentary = CommentaryFactory(expert=expert, stance="critical")
        published(commentary)
        published(ForecastFactory(expert=expert, milestone=initiative.milestones.first()))


PAGES = {  # in how many queries each is read
    "announcements/": 11,
    "announcements/budget/": 12,
    "organisations/bureau/": 11,
    "people/secretary/": 6,
    "experts/scholar/": 5,
}


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_takes_as_many_queries_for_three_rows_as_for_one(client, django_assert_num_queries, rows):
    many_of_everything(rows)
    for path, queries in PAGES.items():
        cache.clear()  # what one page counted is not counted again for the next
        with django_assert_num_queries(queries, info=path):
            assert client.get(f"/en/{path}").status_code == 200


@pytest.mark.parametrize(("path", "by"), [("announcements/budget", "announcement"), ("organisations/bureau", "body")])
def test_a_page_counts_its_promises_as_the_track_record_does(client, path, by):
    many_of_everything(2)
    own = client.get(f"/en/{path}/").content.decode()
    record = client.get("/en/track-record/").context
    [tally] = [each for name, found, _chart in record["groups"] if name == by for each in found if each.name]
    assert tally.counts["unknown"] == 4
    name = path.partition("/")[2]
    address = f"/en/track-record/cases/?by={by}&of={name}&as=unknown"
    assert f'<a href="{address}">4</a>' in unescape(own)
    assert client.get(address).context["page"].paginator.count == 4


@pytest.mark.parametrize(("name", "by", "only"), [("standing", "body", "bureau"), ("money", "announcement", "budget")])
def test_the_chart_of_one_thing_is_a_file_of_its_own(client, name, by, only):
    many_of_everything(1)
    address = f"/en/charts/{name}.{{}}?of={by}&only={only}"
    page = "organisations/bureau" if by == "body" else "announcements/budget"
    assert address.format("svg") in unescape(client.get(f"/en/{page}/").content.decode())
    assert client.get(address.format("svg")).status_code == client.get(address.format("csv")).status_code == 200
    assert client.get(address.format("svg").replace(only, "nobody")).status_code == 404


def test_announcements_stand_by_year_with_what_came_of_each_and_tabs_with_counts(client):
    many_of_everything(2)
    published(AnnouncementFactory(slug="address", kind="policy_address", delivered_on="2024-10-16"))
    context = client.get("/en/announcements/").context
    assert [(year, [row["document"]["slug"] for row in rows]) for year, rows in context["years"]] == [
        ("2025", ["budget"]),
        ("2024", ["address"]),
    ]
    [[_year, [row]], _other] = context["years"]
    assert (row["initiatives"], row["tally"].total, row["money"].amount_hkd) == (2, 4, 2_000_000)
    assert [(value, many) for value, _label, many in context["kinds"]] == [("budget", 1), ("policy_address", 1)]
    only = client.get("/en/announcements/?kind=policy_address").context
    assert [year for year, _rows in only["years"]] == ["2024"]


def test_fiscal_figures_of_many_years_are_drawn_beside_the_list(client):
    for year in ("2022-23", "2023-24", "2024-25"):
        published(FigureFactory(fiscal_year=year, title_en="consolidated balance"))
        published(FigureFactory(fiscal_year=year, title_en=f"seen once in {year}"))
    [(measure, chart)] = client.get("/en/announcements/").context["fiscal"]
    assert (measure["key"], len(measure["years"]), len(chart.rows)) == ("consolidated-balance", 3, 3)
    assert client.get("/en/announcements/?kind=budget").context["fiscal"] == []


def test_an_organisation_that_is_only_a_partner_answers_for_no_promise_of_it(client):
    body = OrganisationFactory(slug="bureau")
    milestone = MilestoneFactory(initiative__lead=OrganisationFactory())
    milestone.initiative.partners.add(body)
    published(milestone)
    promised = client.get("/en/organisations/bureau/").context["promised"]
    assert (promised["tally"].total, len(promised["rows"]), len(promised["partner"])) == (0, 0, 1)


def test_what_an_expert_said_stands_by_stance_and_the_unverified_is_marked(client):
    expert = AffiliationFactory(expert__slug="scholar", expert__unverified=True).expert
    published(expert)
    for stance in ("critical", "supportive", "critical"):
        published(CommentaryFactory(expert=expert, stance=stance, unverified=stance == "supportive"))
    page = client.get("/en/experts/scholar/").content.decode()
    stances = [page.index(f'class="voice stance-{stance}"') for stance in ("supportive", "critical")]
    assert stances == sorted(stances)
    assert page.count('class="unverified"') == 2
    assert page.count('class="voice stance-critical"') == 2


def test_what_was_spent_is_said_to_be_unreported_where_nobody_told(client):
    many_of_everything(1)
    page = client.get("/en/organisations/bureau/").content.decode()
    assert "no spending reported" in page


@pytest.mark.parametrize("path", ["announcements/budget", "organisations/bureau"])
def test_titles_of_initiatives_are_headings(client, path):
    many_of_everything(1)
    page = client.get(f"/en/{path}/").content.decode()
    assert re.search(r'<(h[34])><a href="/en/initiatives/initiative-\d+/">', page)


def test_initiatives_a_body_leads_come_before_newer_ones_it_is_a_partner_of_and_undated_ones_last(client, monkeypatch):
    monkeypatch.setattr(promise_summary, "MAX_LISTED_INITIATIVES", 3)
    body = OrganisationFactory(slug="bureau")
    for slug, year in (("older", 2019), ("undated", None), ("newer", 2024)):
        announced = FuzzyDate.from_year(year) if year else FuzzyDate()
        published(InitiativeFactory(slug=slug, lead=body, announced=announced))
    partner = InitiativeFactory(slug="of-others", announced=FuzzyDate.from_year(2026))
    partner.partners.add(body)
    published(partner)
    rows = client.get("/en/organisations/bureau/").context["promised"]["rows"]
    assert [row["document"]["slug"] for row in rows] == ["newer", "older", "undated"]


@pytest.mark.parametrize("path", ["track-record", "about"])
def test_what_was_counted_for_a_moment_is_not_counted_again_for_one_that_shows_the_same(client, path):
    many_of_everything(1)
    published(PageFactory(slug="about"))
    last = Publication.objects.latest("id").published_at
    queries = []
    for later in (1, 2):
        with CaptureQueriesContext(connection) as found:
            moment = (last + timedelta(microseconds=later)).isoformat()
            assert client.get(f"/en/{path}/", {"as_of": moment}).status_code == 200
        queries.append(len(found))
    assert queries[1] < queries[0]


def test_precedents_are_read_without_those_that_name_none_and_are_named_by_none():
    named, _other = published(InitiativeFactory()), published(InitiativeFactory())
    names = InitiativeFactory()
    InitiativeRelationFactory(initiative=names, other=named, relation="predecessor")
    published(names)
    with CaptureQueriesContext(connection) as queries:
        [found] = selectors.find_precedents(Moment(None, date(2026, 11, 22)))
    assert found["reference"]["content_id"] == str(named.content_id)
    with connection.cursor() as cursor:
        assert len(cursor.execute(queries.captured_queries[0]["sql"]).fetchall()) == 2
