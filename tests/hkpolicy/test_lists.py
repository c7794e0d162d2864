"""Lists: what narrows them is in their address, counted, removable, and works without JavaScript."""

import re
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest

from publishing.dates import FuzzyDate
from publishing.editions import Publication
from tests.factories import (
    FundingFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    PolicyAreaFactory,
    StatementFactory,
    published,
)
from tests.hkpolicy.test_api_awkward import AWKWARD

pytestmark = pytest.mark.django_db
FACETS = ("stage", "schedule", "verdict", "area", "organisation", "announcement", "year", "money", "amount")


@pytest.fixture
def record():
    """Three initiatives: two of one body, one of them without a stage like the others."""
    body, area = OrganisationFactory(slug="itib", name_en="Bureau"), PolicyAreaFactory(slug="ai", title_en="AI")
    rows = [
        InitiativeFactory(slug="park", stage="operating", lead=body),
        InitiativeFactory(slug="institute", stage="announced", lead=body),
        InitiativeFactory(slug="chips", stage="announced"),
    ]
    rows[1].areas.add(area)
    FundingFactory(initiative=rows[1], stage="earmarked", amount_hkd=10**9)
    for row in (body, area, *rows):
        published(row)


def slugs(response):
    return sorted(row["document"]["slug"] for row in response.context["rows"])


def options(response):
    """{facet: {value: count}} as shown."""
    return {
        facet.name: {option.value: option.many for option in [*facet.shown, *facet.more]}
        for facet in response.context["filters"].facets
    }


class Controls(HTMLParser):
    """What a browser would send of the filter form, and what it could choose."""

    def __init__(self, response):
        super().__init__()
        self.inside, self.action, self.ids, self.sent, self.submits, self.names = False, "", [], [], 0, set()
        self.live = {}
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        if tag == "form":
            self.inside = found.get("id") == "filters"
            if self.inside:
                self.action, self.live = found["action"], {k: v for k, v in found.items() if k.startswith("data-hx")}
        if not self.inside:
            return
        self.submits += tag == "button" and found.get("type") == "submit"
        if tag in ("input", "select") and "name" in found:
            self.names.add(found["name"])
        if tag == "input" and (found.get("type") != "checkbox" or "checked" in found):
            self.sent.append((found["name"], found.get("value", "")))

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "form"


def test_filters_narrow_together_and_each_option_counts_what_the_others_leave(client, record):
    everything = client.get("/en/initiatives/")
    assert options(everything)["stage"] == {"announced": 2, "operating": 1}
    assert options(everything)["organisation"] == {"itib": 2}
    narrowed = client.get("/en/initiatives/?organisation=itib&stage=announced")
    assert slugs(narrowed) == ["institute"]
    assert options(narrowed)["stage"] == {"announced": 1, "operating": 1}
    assert options(narrowed)["organisation"] == {"itib": 1}
    assert options(narrowed)["area"] == {"ai": 1}
    assert options(narrowed)["amount"] == {"1bn-10bn": 1}


def test_any_of_one_filters_options_will_do(client, record):
    assert slugs(client.get("/en/initiatives/?stage=announced&stage=operating")) == ["chips", "institute", "park"]


def test_an_option_that_fits_nothing_is_shown_only_where_it_was_chosen(client, record):
    assert "planned" not in options(client.get("/en/initiatives/"))["stage"]
    asked = client.get("/en/initiatives/?stage=planned")
    assert (slugs(asked), options(asked)["stage"]["planned"]) == ([], 0)


def test_each_chosen_filter_can_be_dropped_and_all_at_once(client, record):
    page = client.get("/en/initiatives/?q=initiative&stage=announced&organisation=itib&sort=name").content.decode()
    chips = [
        unescape(each) for each in re.findall(r'<li[^>]*><a href="([^"]+)"><span class="visually-hidden">Drop', page)
    ]
    assert chips == [
        "/en/initiatives/?stage=announced&organisation=itib&sort=name",
        "/en/initiatives/?q=initiative&organisation=itib&sort=name",
        "/en/initiatives/?q=initiative&stage=announced&sort=name",
    ]
    assert '<a href="/en/initiatives/?sort=name">Clear all</a>' in page


@pytest.mark.parametrize(
    ("asked", "shortest"),
    [
        ("q=&stage=announced&sort=newest", "?stage=announced"),
        ("stage=announced&stage=announced&page=1", "?stage=announced"),
        ("q=+&sort=&unheard=of", ""),
        ("sort=backwards&as_of=", ""),
        ("q=a&q=b", "?q=b"),
    ],
)
def test_what_says_nothing_leaves_the_address(client, asked, shortest):
    response = client.get(f"/en/initiatives/?{asked}")
    assert (response.status_code, response["Location"]) == (302, f"/en/initiatives/{shortest}")
    assert client.get(response["Location"]).status_code == 200


def test_an_unknown_value_fits_nothing_and_the_page_says_so(client, record):
    response = client.get("/en/initiatives/?stage=nonsense")
    assert (response.status_code, slugs(response)) == (200, [])
    assert "“nonsense” is nothing this record knows under “Stage”" in response.content.decode()
    both = client.get("/en/initiatives/?stage=nonsense&stage=operating")
    assert slugs(both) == ["park"]


@pytest.mark.parametrize("name", ["q", "sort", "page", *FACETS])
def test_whatever_is_asked_the_answer_is_a_page(client, record, name):
    for value in AWKWARD:
        response = client.get("/en/initiatives/", {name: value}, follow=True)
        assert response.status_code == 200, (name, value[:50])


def test_the_form_asks_by_itself_without_javascript(client, record):
    form = Controls(client.get("/en/initiatives/?stage=announced"))
    assert (form.action, form.submits) == ("/en/initiatives/", 1)
    assert form.names == {"q", "sort", "stage", "area", "organisation", "money", "amount"}
    assert ("stage", "announced") in form.sent
    assert slugs(client.get(form.action, form.sent, follow=True)) == ["chips", "institute"]


def test_what_htmx_takes_from_the_next_page_stands_once_in_every_page(client, record):
    for query in ("", "?stage=operating", "?stage=nonsense", "?q=nothing"):
        form = Controls(client.get(f"/en/initiatives/{query}"))
        taken = [form.live["data-hx-target"], form.live["data-hx-select"]]
        taken += [each.partition(":")[0] for each in form.live["data-hx-select-oob"].split(",")]
        assert [form.ids.count(each.removeprefix("#")) for each in taken] == [1] * len(taken), query
        assert form.live["data-hx-get"] == form.action


def test_a_list_of_the_past_is_counted_and_asked_in_the_past(client, record):
    then = Publication.objects.latest("id").published_at.isoformat()
    published(InitiativeFactory(slug="later", stage="announced"))
    assert options(client.get("/en/initiatives/"))["stage"]["announced"] == 3
    response = client.get("/en/initiatives/", {"as_of": then, "organisation": "itib"})
    assert options(client.get("/en/initiatives/", {"as_of": then}))["stage"]["announced"] == 2
    assert ("as_of", then) in Controls(response).sent
    [chip] = response.context["filters"].chips
    assert chip["without"].startswith("as_of=")
    assert response.context["filters"].asked.plain().startswith("as_of=")


def test_what_is_unknown_is_counted_as_unknown_and_never_as_late(client):
    milestone = MilestoneFactory()
    StatementFactory(milestone=milestone, promised=FuzzyDate.of_year(2020), stated=FuzzyDate.of_day(date(2019, 1, 1)))
    published(milestone)
    response = client.get("/en/initiatives/?schedule=overdue")
    assert slugs(response) == []
    assert options(response)["schedule"] == {"unknown": 1, "overdue": 0}
    assert len(slugs(client.get("/en/initiatives/?schedule=unknown"))) == 1


def test_a_row_says_the_largest_public_sum_and_no_estimate(client):
    initiative = InitiativeFactory()
    FundingFactory(initiative=initiative, stage="estimate", amount_hkd=9_000_000_000)
    FundingFactory(initiative=initiative, stage="announced", amount_hkd=9_000_000_000, payer="private")
    FundingFactory(initiative=initiative, stage="earmarked", amount_hkd=3_000_000_000)
    FundingFactory(initiative=initiative, stage="spent", amount_hkd=1_000_000_000)
    published(initiative)
    [row] = client.get("/en/initiatives/").context["rows"]
    assert (row["money"].stage, row["money"].amount_hkd) == ("earmarked", 3_000_000_000)
