"""Charts on pages, and each as a file of its own."""

import csv
import io
import re
from dataclasses import replace
from html import unescape
from xml.etree import ElementTree

import pytest

from record.dates import FuzzyDate
from record.models import Publication
from tests.factories import (
    AnnouncementFactory,
    EvidenceFactory,
    FigureFactory,
    FundingFactory,
    MilestoneFactory,
    ObservationFactory,
    OrganisationFactory,
    OutcomeFactory,
    StatementFactory,
    TargetFactory,
    UserFactory,
    published,
)

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
VINTAGES = (("first", "original", -48_100_000_000), ("second", "revised", -87_200_000_000))
FIGURES = "/en/charts/figures.{}?of=consolidated-balance"


@pytest.fixture
def deficit():
    for slug, vintage, amount in VINTAGES:
        published(FigureFactory(announcement__slug=slug, fiscal_year="2024-25", vintage=vintage, amount_hkd=amount))


@pytest.fixture
def outcome():
    outcome = OutcomeFactory(initiative__slug="institute", title_en="Projects", title_zh_hant="項目")
    TargetFactory(outcome=outcome, due_on="2027-12-31", value=100, set_by="Secretary")
    ObservationFactory(outcome=outcome, value=10, observed=FuzzyDate.from_year(2024))
    return published(outcome)


def files_on(page):
    return [unescape(found) for found in re.findall(r'href="([^"]*/charts/[^"]*)"', page)]


def test_a_chart_on_a_page_has_its_words_its_table_and_its_files(client, outcome):
    page = client.get("/zh-hant/initiatives/institute/").content.decode()
    figure = page[page.index('<figure class="chart') : page.index("</figure>")]
    assert re.search(r'role="img">\s*<title>', figure)
    assert figure.index("</desc>") < figure.index("<table")
    assert files_on(figure) == [f"/zh-hant/charts/outcome.{form}?of={outcome.content_id}" for form in ("svg", "csv")]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_the_file_of_a_drawing_is_whole_without_a_page_around_it(client, outcome, language):
    response = client.get(f"/{language}/charts/outcome.svg?of={outcome.content_id}")
    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
    assert response["X-Robots-Tag"] == "noindex"
    assert f'filename="outcome-{outcome.content_id}-' in response["Content-Disposition"]
    root = ElementTree.fromstring(response.content)
    assert (root.tag, root[0].tag, root[1].tag, root.get("lang")) == (
        f"{SVG}svg",
        f"{SVG}title",
        f"{SVG}desc",
        language,
    )
    assert "var(" not in root.find(f"{SVG}style").text
    words = [each.text for each in root.iter(f"{SVG}text")]
    assert "A 100" in words
    assert "CC BY 4.0" in " ".join(words)
    assert ("Projects" if language == "en" else "項目" if language == "zh-hant" else "项目") in words


def test_every_kind_of_mark_has_its_looks_in_the_file(client, outcome, deficit):
    FundingFactory(initiative=outcome.initiative, announcement=published(AnnouncementFactory(slug="budget")))
    promised = {"promised": FuzzyDate.from_year(2020), "stated": FuzzyDate.from_year(2019)}
    for year in (2021, 2022):
        said = {"stated": FuzzyDate.from_year(year), "claim": "in_progress"}
        milestone = StatementFactory(milestone__initiative=outcome.initiative, **promised).milestone
        StatementFactory(milestone=milestone, **said)
    published(outcome)
    drawn = ("standing.svg?of=year", "lateness.svg", "money.svg?of=announcement&only=budget")
    addresses = [f"/en/charts/{each}" for each in drawn]
    for address in (FIGURES.format("svg"), f"/en/charts/outcome.svg?of={outcome.content_id}", *addresses):
        root = ElementTree.fromstring(client.get(address).content)
        styled = set(re.findall(r"\.marks \.([a-z_-]+)", root.find(f"{SVG}style").text))
        plain = {f"{SVG}{name}" for name in ("svg", "text", "g")}
        drawn = {each.get("class") for each in root.iter() if each.tag not in plain} - {None}
        assert drawn <= styled


def test_the_table_of_a_chart_holds_raw_values(client, deficit):
    response = client.get(FIGURES.format("csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["estimate"], row["HKD"]) for row in rows] == [
        ("original", "-48100000000"),
        ("revised", "-87200000000"),
    ]


def test_a_chart_is_of_the_moment_asked_about(client, deficit):
    before = Publication.objects.earliest("id").published_at.isoformat()
    response = client.get(FIGURES.format("csv"), {"of": "consolidated-balance", "as_of": before})
    assert response.status_code == 404  # one number alone is no chart
    page = client.get("/en/announcements/second/", {"as_of": Publication.objects.latest("id").published_at.isoformat()})
    assert all("as_of=" in address for address in files_on(page.content.decode()))


def test_a_chart_the_reader_has_is_not_sent_again(client, deficit):
    etag = client.get(FIGURES.format("svg"))["ETag"]
    assert client.get(FIGURES.format("svg"), headers={"if-none-match": etag}).status_code == 304
    published(FigureFactory(fiscal_year="2025-26"))
    assert client.get(FIGURES.format("svg"), headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "figures.svg",
        "figures.svg?of=nothing",
        "outcome.svg?of=nothing",
        "nothing.svg?of=1",
        "standing.svg?of=body&only=none",
        "figures.pdf?of=consolidated-balance",
    ],
)
def test_what_is_no_chart_is_not_found(client, deficit, address):
    assert client.get(f"/en/charts/{address}").status_code == 404


def test_an_announcement_shows_its_figures_beside_those_before_and_after(client, deficit):
    page = client.get("/en/announcements/second/").content.decode()
    assert "2024-25: −HK$48.1 billion as first estimated, −HK$87.2 billion as revised" in unescape(page)
    assert len(files_on(page)) == 2
    assert all("announcement=" in address for address in files_on(page))


def test_the_track_record_draws_how_promises_stand_and_gives_the_cases_behind_each_number(client):
    lead = OrganisationFactory(slug="bureau")
    for year in (2020, 2021):
        milestone = MilestoneFactory(initiative__lead=lead)
        StatementFactory(milestone=milestone, promised=FuzzyDate.from_year(year), stated=FuzzyDate.from_year(2019))
        published(milestone)
    page = client.get("/zh-hant/track-record/").content.decode()
    assert {f"/zh-hant/charts/standing.svg?of={by}" for by in ("year", "body", "area")} <= set(files_on(page))
    [address] = {unescape(each) for each in re.findall(r'href="([^"]*by=body&amp;of=bureau&amp;as=unknown)"', page)}
    cases = client.get(address)
    assert cases.context["page"].paginator.count == 2
    assert client.get(address.replace("bureau", "nobody")).status_code == 404


def test_what_was_first_promised_at_the_earliest_stands_beside_the_years_though_a_date_was_named_later(client):
    milestone = MilestoneFactory()
    for promised in (replace(FuzzyDate.from_year(2020), at_the_earliest=True), FuzzyDate.from_year(2021)):
        StatementFactory(milestone=milestone, promised=promised, stated=FuzzyDate.from_year(2019))
    published(milestone)
    page = client.get("/en/track-record/").content.decode()
    years = re.findall(r'<th scope="row">\s*(\S.*?)\s*</th>', page)
    assert "no latest day" in years
    assert "2021" not in years
    [address] = {unescape(each) for each in re.findall(r'href="([^"]*by=year&amp;of=open&amp;as=all)"', page)}
    cases = client.get(address)
    assert cases.context["page"].paginator.count == 1
    assert "First promised “at the earliest”, with no latest day" in cases.content.decode()


def test_each_median_has_its_own_count(client):
    milestone = MilestoneFactory(result="met", actual=FuzzyDate.from_year(2021), result_set_by=UserFactory())
    milestone.checked_by = UserFactory()
    milestone.save()
    EvidenceFactory(milestone=milestone, supports="met")
    for promised, stated in ((2019, 2018), (2020, 2019)):
        dates = {"promised": FuzzyDate.from_year(promised), "stated": FuzzyDate.from_year(stated)}
        StatementFactory(milestone=milestone, **dates)
    published(milestone)
    page = client.get("/en/track-record/").content.decode()
    _before, row = re.split(r'<th scope="row">\s*2019\s*</th>', page)
    assert re.findall(r"(\d+)(?:</a>)?\s+<span class=\"quiet\">n=(\d)</span>", row)[:2] == [("367", "1"), ("1", "1")]


@pytest.mark.parametrize("query", ["by=colour", "as=purple", "by=year&of=soon", "by=body&of="])
def test_cases_of_a_number_that_is_none_are_not_found(client, query):
    assert client.get(f"/en/track-record/cases/?{query}").status_code == 404


def test_the_cases_are_of_the_moment_of_the_number(client):
    milestone = published(
        StatementFactory(promised=FuzzyDate.from_year(2020), stated=FuzzyDate.from_year(2019)).milestone
    )
    before = Publication.objects.earliest("id").published_at.isoformat()
    milestone.result = "withdrawn"
    milestone.save()
    published(milestone)
    counts = [
        client.get("/en/track-record/", query).context["overall"].counts["unknown"] for query in ({}, {"as_of": before})
    ]
    assert counts == [0, 1]
    assert client.get("/en/track-record/cases/?as=unknown", {"as": "unknown", "as_of": before}).context["rows"]
