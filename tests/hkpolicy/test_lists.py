"""Lists: what narrows them is in their address, counted, removable, and works without JavaScript."""

import re
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest

from record.dates import FuzzyDate, today
from record.models import Publication
from tests.factories import (
    CommentaryFactory,
    ExpertFactory,
    FundingFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    PersonFactory,
    PolicyAreaFactory,
    StatementFactory,
    published,
)
from tests.hkpolicy.test_api_awkward import AWKWARD

pytestmark = pytest.mark.django_db
LISTS = ("initiatives", "milestones", "milestones/met", "milestones/calendar", "organisations", "people", "experts")
LISTS += ("commentary", "areas")
FACETS = ("stage", "schedule", "verdict", "area", "organisation", "announcement", "year", "money", "amount")
FACETS += ("kind", "standing", "stance")
SHORT = [each for each in AWKWARD if len(each) < 1000]  # Django redirects to no address over 16 KB
AWKWARDLY_ASKED = [  # (what is chosen of every facet at once, the words, the order and the page)
    (SHORT[::2], "a\0b"),
    (SHORT[1::2], "9" * 40),
    (["x"], "z" * 5000),
    (["z" * 1000], "-1"),
    ([], "²"),
]


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
        facet.name: {option.value: option.count for option in [*facet.shown, *facet.more]}
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
        unescape(each)
        for each in re.findall(r'<li[^>]*>\s*<a href="([^"]+)">\s*<span class="visually-hidden">Drop', page)
    ]
    assert chips == [
        "/en/initiatives/?stage=announced&organisation=itib&sort=name",
        "/en/initiatives/?q=initiative&organisation=itib&sort=name",
        "/en/initiatives/?q=initiative&stage=announced&sort=name",
    ]
    assert re.search(r'<a href="/en/initiatives/\?sort=name">\s*Clear all\s*</a>', page)


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


@pytest.mark.parametrize("path", LISTS)
def test_whatever_is_asked_the_answer_is_a_page(client, record, path):
    for chosen, once in AWKWARDLY_ASKED:
        question = dict.fromkeys(FACETS, chosen) | dict.fromkeys(("q", "sort", "page"), once)
        response = client.get(f"/en/{path}/", question, follow=True)
        assert response.status_code == 200, (chosen, once)
        if filters := response.context.get("filters"):
            shown = [(chip["facet"].name, chip["option"].value) for chip in filters.active_filters]
            taken = [(name, value) for name, values in filters.query.filters.items() for value in values]
            assert sorted(shown) == sorted(taken)


def test_the_form_asks_by_itself_without_javascript(client, record):
    form = Controls(client.get("/en/initiatives/?stage=announced"))
    assert (form.action, form.submits) == ("/en/initiatives/", 1)
    assert form.names == {"q", "sort", "stage", "area", "organisation", "money", "amount"}
    assert ("stage", "announced") in form.sent
    assert slugs(client.get(form.action, form.sent, follow=True)) == ["chips", "institute"]


def test_what_htmx_takes_from_the_next_page_stands_once_in_every_page(client, record):
    lists = ("organisations/", "people/", "experts/", "commentary/?stance=mixed", "milestones/?area=ai")
    for query in ("initiatives/", "initiatives/?stage=nonsense", "initiatives/?q=nothing", *lists):
        form = Controls(client.get(f"/en/{query}"))
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
    [chip] = response.context["filters"].active_filters
    assert chip["without"].startswith("as_of=")
    assert response.context["filters"].query.reset().startswith("as_of=")


def test_what_is_unknown_is_counted_as_unknown_and_never_as_late(client):
    milestone = MilestoneFactory()
    StatementFactory(
        milestone=milestone, promised=FuzzyDate.from_year(2020), stated=FuzzyDate.from_day(date(2019, 1, 1))
    )
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


def promise(slug, title, *, until, **initiative):
    """Publish a milestone of an initiative of that slug, promised for a day."""
    milestone = MilestoneFactory(initiative__slug=slug, title_en=title, **initiative)
    StatementFactory(
        milestone=milestone, promised=FuzzyDate.from_day(until), stated=FuzzyDate.from_day(date(2019, 1, 1))
    )
    return published(milestone)


def titles(response):
    return [each["document"]["title"]["en"] for _month, rows in response.context["months"] for each in rows]


def tabs(response):
    return {each["name"]: each["count"] for each in response.context["tabs"]}


def test_each_list_of_milestones_holds_what_its_tab_counts(client):
    promise("a", "Over in silence", until=date(2020, 6, 30))
    promise("b", "Far ahead", until=date(2099, 12, 31))
    open_ended = MilestoneFactory(initiative__slug="c", title_en="From 2021")
    promised = FuzzyDate(earliest=date(2021, 1, 1), at_the_earliest=True, latest=date(2021, 12, 31), precision="year")
    StatementFactory(milestone=open_ended, promised=promised, stated=FuzzyDate.from_day(date(2019, 1, 1)))
    published(open_ended)
    published(MilestoneFactory(initiative__slug="d", title_en="It happened", kind="event"))
    expected = {"upcoming": 2, "in_window": 1, "overdue": 0, "unknown": 1, "met": 0}
    for kind, many in expected.items():
        address = "" if kind == "upcoming" else f"{kind.replace('_', '-')}/"
        response = client.get(f"/en/milestones/{address}")
        assert tabs(response) == expected
        assert len(titles(response)) == many, kind
    assert titles(client.get("/en/milestones/")) == ["Far ahead", "From 2021"]
    assert [month for month, _rows in client.get("/en/milestones/").context["months"]] == [date(2099, 12, 1), None]


def test_milestones_are_narrowed_by_area_and_by_who_leads_and_tabs_count_what_is_left(client):
    body, area = OrganisationFactory(slug="itib"), PolicyAreaFactory(slug="ai")
    first = promise("a", "Of the area", until=date(2020, 6, 30), initiative__lead=body)
    promise("b", "Of nobody", until=date(2020, 6, 30))
    first.initiative.areas.add(area)
    for row in (body, area, first.initiative):
        published(row)
    assert tabs(client.get("/en/milestones/unknown/"))["unknown"] == 2
    for query in ("area=ai", "organisation=itib", "area=ai&organisation=itib", "q=area"):
        response = client.get(f"/en/milestones/unknown/?{query}")
        assert titles(response) == ["Of the area"], query
        assert tabs(response)["unknown"] == 1
        assert f'href="/en/milestones/?{query.replace("&", "&amp;")}"' in response.content.decode()
    assert titles(client.get("/en/milestones/unknown/?area=nonsense")) == []


def test_a_list_of_milestones_has_a_heading_for_each_month(client):
    for slug, day in (("a", date(2020, 6, 30)), ("b", date(2020, 6, 1)), ("c", date(2019, 6, 30))):
        promise(slug, slug, until=day)
    months = client.get("/en/milestones/unknown/").context["months"]
    assert [(month, len(rows)) for month, rows in months] == [(date(2020, 6, 1), 2), (date(2019, 6, 1), 1)]


def test_only_a_promise_whose_time_is_running_has_days_left(client):
    promise("a", "Over in silence", until=date(2020, 6, 30))
    promise("b", "Today", until=today())
    page = client.get("/en/milestones/in-window/").content.decode()
    assert "today is its last day" in page
    silent = client.get("/en/milestones/unknown/").content.decode()
    assert "Over in silence" in silent
    assert not re.search(r"days? (left|after)", silent)


def test_a_month_tells_what_happened_in_it_from_what_was_to_happen(client):
    promise("a", "Was to open", until=date(2020, 6, 30))
    milestone = MilestoneFactory(initiative__slug="b", title_en="Opened", kind="event")
    milestone.actual = FuzzyDate.from_day(date(2020, 6, 2))
    milestone.save()
    published(milestone)
    context = client.get("/en/milestones/calendar/2020/06/").context
    assert [each["document"]["title"]["en"] for each in context["due"]] == ["Was to open"]
    assert [each["document"]["title"]["en"] for each in context["happened"]] == ["Opened"]
    assert dict(context["months"])[date(2020, 6, 1)] == 2


def test_organisations_tell_what_they_lead_and_how_their_promises_stand(client):
    lead, partner = OrganisationFactory(slug="lead", kind="bureau"), OrganisationFactory(slug="partner", kind="chamber")
    silent = promise("a", "Over in silence", until=date(2020, 6, 30), initiative__lead=lead)
    ahead = promise("b", "Far ahead", until=date(2099, 12, 31), initiative__lead=lead)
    dropped = promise("c", "Given up", until=date(2099, 12, 31), initiative__lead=lead, result="withdrawn")
    silent.initiative.partners.add(partner)
    for row in (lead, partner, silent.initiative, ahead.initiative, dropped.initiative):
        published(row)
    rows = {row["document"]["slug"]: row for row in client.get("/en/organisations/").context["rows"]}
    assert list(rows) == ["lead", "partner"]
    assert (rows["lead"]["lead"], rows["lead"].get("partner")) == (3, None)
    assert (rows["partner"].get("lead"), rows["partner"]["partner"]) == (None, 1)
    assert rows["lead"]["promises"] == [("not_due", 1), ("unknown", 1)]
    assert rows["partner"]["promises"] == []


def test_bodies_and_people_are_narrowed_by_kind_and_words_with_counts(client):
    for slug, kind in (("one", "bureau"), ("two", "bureau"), ("three", "chamber")):
        published(OrganisationFactory(slug=slug, kind=kind, name_en=f"Body {slug}"))
        published(PersonFactory(slug=slug, kind=kind, name_en=f"Person {slug}"))
    for path in ("organisations", "people"):
        assert options(client.get(f"/en/{path}/"))["kind"] == {"bureau": 2, "chamber": 1}
        response = client.get(f"/en/{path}/?kind=bureau")
        assert slugs(response) == ["one", "two"]
        assert options(response)["kind"] == {"bureau": 2, "chamber": 1}
        assert slugs(client.get(f"/en/{path}/?kind=bureau&q=two")) == ["two"]


@pytest.mark.parametrize("path", ["organisations", "people"])
def test_a_kind_that_there_is_not_is_told_to_be_nothing(client, path):
    published(OrganisationFactory(kind="bureau"))
    published(PersonFactory(kind="bureau"))
    told = "is nothing this record knows"
    assert told in client.get(f"/en/{path}/?kind=guild").content.decode()
    assert told not in client.get(f"/en/{path}/?kind=bureau").content.decode()
    assert told not in client.get(f"/en/{path}/?kind=bureau&q=nobody").content.decode()


def test_options_in_any_language_have_an_id_each(client):
    page = client.get("/en/initiatives/?area=甲&area=乙").content.decode()
    ids = re.findall(r'<input type="checkbox" id="(f-area-[^"]*)"', page)
    assert len(set(ids)) == len(ids) == 2


def test_a_known_kind_reads_in_the_pages_language_and_any_other_as_it_was_typed(client):
    published(OrganisationFactory(kind="guild of bakers"))
    assert '<span lang="en">guild of bakers</span>' in client.get("/zh-hant/organisations/").content.decode()


@pytest.fixture
def voices():
    """Two experts: one of two minds, one who could not be traced."""
    expert, doubtful = ExpertFactory(slug="expert"), ExpertFactory(slug="doubtful", unverified=True)
    said = [(expert, "critical", 2020), (expert, "supportive", 2021), (doubtful, "critical", 2021)]
    for row in (expert, doubtful):
        published(row)
    for at, (row, stance, year) in enumerate(said):
        published(CommentaryFactory(slug=f"said-{at}", expert=row, stance=stance, dated=FuzzyDate.from_year(year)))


def test_experts_are_told_with_how_much_they_said_and_its_stances(client, voices):
    response = client.get("/en/experts/")
    rows = [(row["document"]["slug"], row["said"], row["stances"]) for row in response.context["rows"]]
    assert rows == [("expert", 2, [("supportive", 1), ("critical", 1)]), ("doubtful", 1, [("critical", 1)])]
    assert options(response)["standing"] == {"traced": 1, "unverified": 1}
    assert response.content.decode().count('class="unverified"') == 1
    assert slugs(client.get("/en/experts/?standing=unverified")) == ["doubtful"]


def test_commentary_is_narrowed_by_stance_and_year_with_counts(client, voices):
    response = client.get("/en/commentary/?stance=critical")
    assert [row["slug"] for row in response.context["rows"]] == ["said-2", "said-0"]
    assert options(response) == {"stance": {"critical": 2, "supportive": 1}, "year": {"2021": 1, "2020": 1}}
    both = client.get("/en/commentary/?stance=critical&year=2020")
    assert [row["slug"] for row in both.context["rows"]] == ["said-0"]
    assert options(both)["stance"] == {"critical": 1}
    oldest = client.get("/en/commentary/?sort=oldest").context["rows"]
    assert oldest[0]["slug"] == "said-0"


def test_areas_tell_how_many_initiatives_they_have(client, record):
    published(PolicyAreaFactory(slug="empty"))
    rows = {row["document"]["slug"]: row.get("area", 0) for row in client.get("/en/areas/").context["rows"]}
    assert rows == {"ai": 1, "empty": 0}
