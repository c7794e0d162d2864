"""What pages are told, as pure functions of documents and a day."""

from datetime import date

import pytest
from django.utils import translation

from initiatives.editions import FigureEdition, InitiativeEdition
from initiatives.presenters.figures import group_vintages
from initiatives.presenters.pages import present_initiative_page
from initiatives.presenters.precedents import present_precedents
from initiatives.presenters.review_age import format_age, present_freshness
from record.dates import FuzzyDate
from record.queries import Moment, load_published_documents
from tests.factories import (
    AnnouncementFactory,
    EvidenceFactory,
    FigureFactory,
    FundingFactory,
    InitiativeFactory,
    InitiativeRelationFactory,
    MilestoneFactory,
    ObservationFactory,
    OutcomeFactory,
    SourceFactory,
    StatementFactory,
    TargetFactory,
    UserFactory,
    published,
)

TODAY = date(2026, 11, 22)
NOW = Moment(None, TODAY)


@pytest.fixture(autouse=True)
def in_english():
    """Whatever language a page of an earlier test left behind."""
    with translation.override("en"):
        yield


def page_of(initiative, on=TODAY):
    published(initiative)
    return present_initiative_page(load_published_documents(InitiativeEdition.objects.get()), on=on)


def promised(milestone, year, said, **options):
    return StatementFactory(
        milestone=milestone, promised=FuzzyDate.from_year(year), stated=FuzzyDate.from_day(said), **options
    )


@pytest.mark.django_db
def test_every_date_is_kept_with_how_it_moved_and_words_without_a_date_stay_in_their_place():
    milestone = MilestoneFactory()
    promised(milestone, 2025, date(2024, 1, 1))
    StatementFactory(
        milestone=milestone, promised=FuzzyDate(phrase="soon"), stated=FuzzyDate.from_day(date(2024, 6, 1))
    )
    promised(milestone, 2027, date(2025, 1, 1))
    [told] = page_of(milestone.initiative)["milestones"]
    assert [(each["move"], each["first"], each["current"]) for each in told["statements"]] == [
        ("", True, False),
        ("", False, False),
        ("later", False, True),
    ]


@pytest.mark.django_db
def test_nothing_found_is_told_as_expired_once_it_is():
    milestone = MilestoneFactory()
    EvidenceFactory(milestone=milestone, supports="nothing_found", searched="gazette", holds_until="2026-11-21")
    assert [each["expired"] for each in page_of(milestone.initiative)["milestones"][0]["evidence"]] == [True]
    assert not page_of(milestone.initiative, on=date(2026, 11, 21))["milestones"][0]["evidence"][0]["expired"]


@pytest.mark.django_db
def test_a_lateness_known_only_to_the_year_is_the_least_it_can_be():
    milestone = MilestoneFactory(
        result="met", actual=FuzzyDate.from_year(2026), result_set_by=UserFactory(), checked_by=UserFactory()
    )
    EvidenceFactory(milestone=milestone, supports="met")
    promised(milestone, 2025, date(2024, 1, 1))
    [told] = page_of(milestone.initiative)["milestones"]
    assert (told["late_first"], told["at_least"]) == (1, True)


@pytest.mark.django_db
def test_money_is_summed_by_stage_and_payer_and_nested_rows_do_not_count():
    initiative = InitiativeFactory()
    whole = FundingFactory(initiative=initiative, stage="earmarked", amount_hkd=10)
    FundingFactory(initiative=initiative, stage="earmarked", amount_hkd=4, part_of=whole)
    FundingFactory(initiative=initiative, stage="appropriated", amount_hkd=10)
    FundingFactory(initiative=initiative, stage="pledged", payer="private", amount_hkd=99)
    groups = page_of(initiative)["money"]
    assert [(each["stage"], each["payer"], each["total"], len(each["rows"])) for each in groups] == [
        ("earmarked", "public", 10, 2),
        ("appropriated", "public", 10, 1),
        ("pledged", "private", 99, 1),
    ]
    assert [row["counts"] for row in groups[0]["rows"]] == [True, False]


@pytest.mark.django_db
def test_sources_are_numbered_in_order_of_use_and_each_once():
    source = SourceFactory()
    initiative = InitiativeFactory(cite__source=source)
    MilestoneFactory(initiative=initiative, cite__source=source)
    MilestoneFactory(initiative=initiative)
    page = page_of(initiative)
    assert [entry["number"] for entry in page["sources"]] == [1, 2]
    assert page["numbers"][str(source.content_id)] == 1


@pytest.mark.django_db
def test_an_indicator_is_drawn_from_two_numbers_on():
    outcome = OutcomeFactory()
    ObservationFactory(outcome=outcome, value=10, observed=FuzzyDate.from_year(2024))
    assert page_of(outcome.initiative)["outcomes"][0]["chart"] is None
    TargetFactory(outcome=outcome, due_on="2027-12-31", value=100)
    assert page_of(outcome.initiative)["outcomes"][0]["chart"].params == {"of": str(outcome.content_id)}


@pytest.mark.django_db
def test_one_measure_of_one_year_has_its_vintages_in_order():
    announcement = AnnouncementFactory()
    for vintage, amount in (("provisional", -80), ("original", -48), ("revised", -87)):
        FigureFactory(announcement=announcement, fiscal_year="2024-25", vintage=vintage, amount_hkd=amount)
    FigureFactory(announcement=announcement, fiscal_year="2025-26", vintage="original", amount_hkd=-67)
    published(announcement)
    groups = group_vintages([each.load_document() for each in FigureEdition.objects.all()])
    assert [(each["fiscal_year"], [figure["amount_hkd"] for figure in each["figures"]]) for each in groups] == [
        ("2025-26", [-67]),
        ("2024-25", [-48, -87, -80]),
    ]


@pytest.mark.django_db
def test_money_that_is_part_of_a_part_stands_two_deep_and_a_circle_is_cut():
    initiative = InitiativeFactory()
    whole = FundingFactory(initiative=initiative, stage="earmarked", amount_hkd=10, position=3)
    part = FundingFactory(initiative=initiative, stage="earmarked", amount_hkd=4, part_of=whole, position=2)
    FundingFactory(initiative=initiative, stage="earmarked", amount_hkd=1, part_of=part, position=1)
    one = FundingFactory(initiative=initiative, stage="spent", amount_hkd=7, position=4)
    other = FundingFactory(initiative=initiative, stage="spent", amount_hkd=7, restates=one, position=5)
    one.restates = other
    one.save()
    earmarked, spent = page_of(initiative)["money"]
    told = [(row["document"]["amount_hkd"], row["depth"], row["beneath"]) for row in earmarked["rows"]]
    assert told == [(10, 0, ""), (4, 1, "part_of"), (1, 2, "part_of")]
    assert [(row["depth"], row["beneath"]) for row in spent["rows"]] == [(0, ""), (1, "restates")]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, ""),
        (1, "1 day ago"),
        (59, "59 days ago"),
        (60, "2 months ago"),
        (365, "12 months ago"),
        (731, "2 years ago"),
        (1100, "3 years ago"),
    ],
)
def test_the_age_of_a_check_is_told_as_coarsely_as_people_say_it(days, words):
    assert format_age(days) == words


def test_the_latest_source_is_none_of_after_the_day_asked_about():
    days = [date(2025, 5, 1), date(2026, 5, 1), date(2027, 1, 1), None]
    sources = [{"source": {"published": day and FuzzyDate.from_day(day).to_document()}} for day in days]
    found = present_freshness({"attested_on": "2026-11-20"}, sources, on=TODAY)
    assert found == {"checked_on": date(2026, 11, 20), "age": "2 days ago", "latest_source": date(2026, 5, 1)}
    assert present_freshness({"attested_on": None}, [], on=TODAY) == {
        "checked_on": None,
        "age": "",
        "latest_source": None,
    }


@pytest.mark.django_db
def test_an_initiative_of_events_has_no_milestone_that_speaks_and_one_of_promises_lists_the_others():
    initiative = InitiativeFactory()
    event = MilestoneFactory(
        initiative=initiative,
        kind="event",
        result="met",
        actual=FuzzyDate.from_year(2020),
        result_set_by=UserFactory(),
        checked_by=UserFactory(),
    )
    EvidenceFactory(milestone=event, supports="met")
    page = page_of(initiative)
    assert (page["speaking"], len(page["others"]), page["promises"], page["events"]) == (None, 1, 0, 1)
    promised(MilestoneFactory(initiative=initiative), 2027, date(2026, 1, 1))
    page = page_of(initiative)
    assert page["speaking"]["schedule"] == "due_soon"
    assert [each["document"]["kind"] for each in page["others"]] == ["event"]


@pytest.mark.django_db
def test_a_precedent_dropped_by_officials_is_among_its_promises_and_an_event_is_none():
    port, root = InitiativeFactory(slug="port"), InitiativeFactory(slug="institute")
    InitiativeRelationFactory(initiative=root, other=port, relation="predecessor")
    by = {"checked_by": UserFactory(), "result_set_by": UserFactory()}
    promised(MilestoneFactory(initiative=port, result="withdrawn", **by), 2003, date(2001, 1, 1))
    event = MilestoneFactory(initiative=port, kind="event", result="met", actual=FuzzyDate.from_year(2002), **by)
    EvidenceFactory(milestone=event, supports="met")
    published(port)
    published(root)
    other, *children = load_published_documents(InitiativeEdition.objects.get(slug="port"))
    own = InitiativeEdition.objects.get(slug="institute").load_document()
    [(stands, [told])] = present_precedents(own, [other], children, on=TODAY)
    assert (stands, told["counts"]) == ("before", [("closed", 1)])
