"""The endpoints of what was promised: what each computes, joins and can be asked."""

from datetime import date

import pytest

from record.dates import FuzzyDate
from tests.factories import (
    AnnouncementFactory,
    ContextFactory,
    FigureFactory,
    FundingFactory,
    InitiativeFactory,
    MilestoneFactory,
    ObservationFactory,
    OrganisationFactory,
    OutcomeFactory,
    PersonFactory,
    PolicyAreaFactory,
    StatementFactory,
    TargetFactory,
    VerdictFactory,
    published,
)

pytestmark = pytest.mark.django_db

HALF = FuzzyDate.ending_on(date(2026, 12, 31), "half", phrase="second half of 2026")


def listed(get, plural, **query):
    status, body = get(f"/api/v1/{plural}/", query)
    assert status == 200, body
    return body["results"]


def titles(rows):
    return [each["title"]["en"] for each in rows]


def promised(title, window, **columns):
    milestone = MilestoneFactory(title_en=title, **columns)
    StatementFactory(milestone=milestone, promised=window)
    return milestone


def test_a_milestone_tells_what_the_calendar_says_on_the_day_asked_about(get):
    milestone = promised("Institute opens", FuzzyDate.ending_on(date(2020, 6, 30), "month"))
    StatementFactory(milestone=milestone, promised=FuzzyDate.ending_on(date(2020, 9, 30), "month"))
    published(milestone)
    [row] = listed(get, "milestones")
    assert (row["schedule"], row["days_late"], row["moves"]) == ("unknown", {"first": None, "current": None}, 1)
    assert [each["promised"]["edtf"] for each in row["statements"]] == ["2020-06", "2020-09"]


def test_an_outcome_tells_how_it_stands_against_its_target(get):
    outcome = OutcomeFactory(title_en="Projects")
    TargetFactory(outcome=outcome, value=10)
    ObservationFactory(outcome=outcome, value=12, observed=FuzzyDate.from_day(date(2026, 1, 1)))
    published(outcome)
    assert [each["status"] for each in listed(get, "outcomes")] == ["exceeded"]


def test_an_initiative_holds_its_children_its_money_and_its_calendar(get):
    initiative = InitiativeFactory()
    whole = FundingFactory(initiative=initiative, stage="earmarked", amount_hkd=1_000_000_000)
    FundingFactory(initiative=initiative, stage="earmarked", amount_hkd=200_000_000, part_of=whole)
    FundingFactory(initiative=initiative, stage="appropriated", amount_hkd=1_000_000_000)
    MilestoneFactory(initiative=initiative, title_en="Second", position=2)
    MilestoneFactory(initiative=initiative, title_en="First", position=1)
    OutcomeFactory(initiative=initiative)
    VerdictFactory(initiative=initiative)
    published(initiative)
    [row] = listed(get, "initiatives")
    assert row["money"] == [
        {"stage": "earmarked", "payer": "public", "amount_hkd": 1_000_000_000},
        {"stage": "appropriated", "payer": "public", "amount_hkd": 1_000_000_000},
    ]
    assert titles(row["milestones"]) == ["First", "Second"]
    assert row["schedules"] == {"no_date": 2}
    assert [len(row[name]) for name in ("outcomes", "funding", "verdicts")] == [1, 3, 1]
    by_id = {each["content_id"]: each for plural in ("milestones", "outcomes", "funding") for each in row[plural]}
    for child in by_id.values():
        assert get(child["url"]) == (200, child)


def test_an_announcement_holds_its_figures_and_verdicts(get):
    figure = FigureFactory(amount_hkd=-48_100_000_000)
    VerdictFactory(initiative=None, announcement=figure.announcement)
    published(figure)
    [row] = listed(get, "announcements")
    assert [each["amount_hkd"] for each in row["figures"]] == [-48_100_000_000]
    assert [each["rating"] for each in row["verdicts"]] == ["kept"]


def test_initiatives_are_found_by_stage_actors_area_and_announcement(get):
    bureau, lab, area = OrganisationFactory(slug="bureau"), OrganisationFactory(slug="lab"), PolicyAreaFactory()
    budget = published(AnnouncementFactory(slug="budget"))
    led = InitiativeFactory(
        slug="led", lead=bureau, stage="approved", announced_in=budget, announced=FuzzyDate.from_day(date(2025, 2, 26))
    )
    led.areas.add(area)
    joined = InitiativeFactory(slug="joined", lead=lab, announced=FuzzyDate.from_year(2020))
    joined.partners.add(bureau)
    published(led)
    published(joined)
    published(InitiativeFactory(slug="other"))

    def found(**query):
        return [each["slug"] for each in listed(get, "initiatives", **query)]

    assert found(stage="approved") == ["led"]
    assert found(stage=["approved", "announced"]) == ["joined", "led", "other"]
    assert found(lead="bureau") == found(lead=str(bureau.content_id)) == ["led"]
    assert found(organisation="bureau") == ["joined", "led"]
    assert found(area=area.slug) == ["led"]
    assert found(announced_in="budget") == ["led"]
    assert found(announced_after="2020-01-01") == ["joined", "led"]
    assert found(announced_before="2020-12-31") == ["joined"]
    assert found(organisation="bureau", stage="announced") == ["joined"]
    before = led.stage
    led.stage, led.lead = "in_progress", lab
    led.save()
    published(led)
    assert (before, found(lead="bureau"), found(lead="lab")) == ("approved", [], ["joined", "led"])


def test_milestones_are_found_by_their_calendar(get):
    past = promised("Past", FuzzyDate.ending_on(date(2020, 6, 30), "month"))
    coming = promised("Coming", FuzzyDate.ending_on(date(2090, 6, 30), "month"))
    event = MilestoneFactory(title_en="Event", kind="event")
    for milestone in (past, coming, event):
        published(milestone)

    def found(**query):
        return sorted(titles(listed(get, "milestones", **query)))

    assert titles(listed(get, "milestones")) == ["Past", "Coming", "Event"]
    assert found(initiative=past.initiative.slug) == found(initiative=str(past.initiative.content_id)) == ["Past"]
    assert found(kind="event") == ["Event"]
    assert found(result="scheduled") == ["Coming", "Event", "Past"]
    assert found(schedule="unknown") == ["Past"]
    assert found(schedule=["unknown", "not_due"]) == ["Coming", "Past"]
    assert found(upcoming="true") == ["Coming"]
    assert found(upcoming="false") == ["Event", "Past"]
    assert found(due_after="2020-07-01") == ["Coming"]
    assert found(due_before="2020-06-30") == ["Past"]


def test_money_is_found_by_stage_payer_and_announcement_the_largest_first(get):
    budget = published(AnnouncementFactory(slug="budget"))
    small = FundingFactory(title_en="Small", amount_hkd=5, stage="spent", announcement=budget)
    FundingFactory(title_en="Large", amount_hkd=9, payer="private", stage="pledged", initiative=small.initiative)
    published(small)
    assert titles(listed(get, "funding")) == ["Large", "Small"]
    assert titles(listed(get, "funding", stage="spent")) == ["Small"]
    assert titles(listed(get, "funding", payer="private")) == ["Large"]
    assert titles(listed(get, "funding", announcement="budget")) == ["Small"]
    assert titles(listed(get, "funding", initiative=small.initiative.slug)) == ["Large", "Small"]


def test_announcements_come_latest_first_and_undated_ones_last(get):
    for slug, day, kind, year in [
        ("undated", None, "other", ""),
        ("old", date(2024, 2, 28), "budget", "2024-25"),
        ("new", date(2025, 2, 26), "budget", "2025-26"),
    ]:
        published(AnnouncementFactory(slug=slug, delivered_on=day, kind=kind, fiscal_year=year))
    pages, address = [], "/api/v1/announcements/?page_size=1"
    while address:
        body = get(address)[1]
        pages += [each["slug"] for each in body["results"]]
        last, address = address, body["next"]
    assert pages == ["new", "old", "undated"]
    assert get(get(last)[1]["previous"])[1]["results"][0]["slug"] == "old"
    assert [each["slug"] for each in listed(get, "announcements", kind="budget")] == ["new", "old"]
    assert [each["slug"] for each in listed(get, "announcements", fiscal_year="2024-25")] == ["old"]


def test_organisations_and_people_are_found_by_kind(get):
    published(OrganisationFactory(slug="bureau", kind="bureau"))
    published(OrganisationFactory(slug="university", kind="university"))
    published(PersonFactory(slug="official", kind="official"))
    assert [each["slug"] for each in listed(get, "organisations", kind="bureau")] == ["bureau"]
    assert [each["slug"] for each in listed(get, "people", kind="official")] == ["official"]
    assert listed(get, "people", kind="expert") == []


def test_context_is_found_by_what_it_is_about(get):
    initiative = published(InitiativeFactory())
    published(ContextFactory(slug="about-it", initiative=initiative))
    published(ContextFactory(slug="about-all", kind="conflict"))
    assert [each["slug"] for each in listed(get, "context", about=initiative.slug)] == ["about-it"]
    assert [each["slug"] for each in listed(get, "context", kind="conflict")] == ["about-all"]


QUERIES = {  # (of a list, of one thing)
    "milestones": (2, 2),
    "outcomes": (2, 2),
    "funding": (2, 2),
    "announcements": (4, 4),
    "organisations": (2, 2),
    "people": (2, 2),
    "areas": (2, 2),
    "context": (2, 2),
}


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_rows(client, rows, django_assert_num_queries):
    factories = (MilestoneFactory, OutcomeFactory, FundingFactory, FigureFactory, ContextFactory)
    for factory in (*factories, OrganisationFactory, PersonFactory, PolicyAreaFactory):
        for _ in range(rows):
            published(factory())
    for plural, (in_list, in_detail) in QUERIES.items():
        with django_assert_num_queries(in_list, info=plural):
            body = client.get(f"/api/v1/{plural}/").json()
        assert len(body["results"]) == rows
        with django_assert_num_queries(in_detail, info=plural):
            assert client.get(body["results"][0]["url"]).status_code == 200
