"""The front page's numbers: how promises stand, money by how firm it is, a promise beside earlier ones."""

from collections import Counter, namedtuple
from datetime import date
from itertools import pairwise, product

import pytest

from initiatives import editions
from initiatives.presenters.home import present_most_moved, present_public_money, present_standings
from initiatives.queries import home
from initiatives.rules.delivery import classify_delivery
from initiatives.rules.schedule import compute_schedule
from record.dates import FuzzyDate
from record.queries import Moment
from tests.factories import (
    EvidenceFactory,
    FundingFactory,
    InitiativeFactory,
    InitiativeRelationFactory,
    MilestoneFactory,
    StatementFactory,
    UserFactory,
    published,
)

TODAY = date(2026, 11, 23)
NOW = Moment(None, TODAY)
NOTHING = dict.fromkeys(home.standing_conditions(TODAY), 0)
Row = namedtuple("Row", home.FUNDING_COLUMNS)


def row(pk, stage, amount, payer="public", part_of=None, qualifier="exactly"):
    return Row(pk, "1", stage, payer, amount, qualifier, part_of, None)


def test_every_way_to_stand_is_counted_once_and_fills_the_bar():
    told = present_standings(dict(zip(NOTHING, range(1, 9), strict=True)))
    assert told["total"] == 36 == sum(part["count"] for part in told["parts"])
    for before, after in pairwise(told["parts"]):
        assert after["start"] == pytest.approx(before["start"] + before["share"], abs=0.01)
    assert told["parts"][-1]["start"] + told["parts"][-1]["share"] == pytest.approx(100, abs=0.01)


def test_a_record_without_promises_has_an_empty_bar():
    assert {part["share"] for part in present_standings(NOTHING)["parts"]} == {0.0}


def test_what_is_counted_is_what_the_rules_of_delivery_say_of_each_promise(db):
    windows = [(2020,), (2026,), (2030,), (2024, 2025), ()]
    days = [None, *(FuzzyDate.from_day(date(year, 5, 1)) for year in (2024, 2025, 2026, 2019))]
    days += [FuzzyDate(), FuzzyDate(date(2024, 5, 1), date(2027, 5, 1)), FuzzyDate(latest=date(2026, 12, 31))]
    for years, day in product(windows, days):
        milestone = MilestoneFactory()
        for year in years:
            StatementFactory(milestone=milestone, promised=FuzzyDate.from_year(year))
        if day is not None:
            done(milestone, day)
        published(milestone)
    published(MilestoneFactory(kind="event"))
    said = Counter()
    for each in editions.MilestoneEdition.objects.filter(kind="promise"):
        word = compute_schedule(each, on=TODAY)
        said["in_window" if word == "in_window" else classify_delivery(each, on=TODAY).standing] += 1
    assert home.count_promises_by_standing(NOW) == NOTHING | said
    assert min(said[name] for name in ("on_time", "late", "in_window", "ahead", "unknown", "undated")) > 0


def done(milestone, day):
    EvidenceFactory(milestone=milestone, supports="met")
    milestone.result, milestone.actual = "met", day
    milestone.checked_by = UserFactory()
    milestone.save()


def test_money_is_told_by_stage_each_dollar_once_and_silence_about_spending_said():
    told = present_public_money(
        [
            row("a", "earmarked", 1000),
            row("b", "earmarked", 400, part_of="a"),
            row("c", "appropriated", 500, qualifier="up_to"),
            row("d", "estimate", 9000),
            row("e", "earmarked", 7000, payer="private"),
        ]
    )
    sums = [(each["total"].amount_hkd, each["total"].qualifier) if each["total"] else None for each in told]
    assert [(each["stage"], each["share"]) for each in told] == [("earmarked", 100), ("appropriated", 50), ("spent", 0)]
    assert sums == [(1000, "exactly"), (500, "up_to"), None]


@pytest.fixture
def asked(db):
    """Put an institute whose date moved once beside a port; another moved twice that nothing is compared with."""
    institute, port = InitiativeFactory(slug="institute"), InitiativeFactory(slug="port")
    InitiativeRelationFactory(initiative=institute, other=port, relation="comparable")
    for root, years in ((institute, (2026, 2027)), (InitiativeFactory(), (2025, 2026, 2027))):
        milestone = MilestoneFactory(initiative=root)
        for year in years:
            StatementFactory(milestone=milestone, promised=FuzzyDate.from_year(year))
    StatementFactory(milestone__initiative=port, promised=FuzzyDate.from_year(2003))
    FundingFactory(initiative=institute, stage="earmarked", amount_hkd=10)
    FundingFactory(initiative=institute, stage="appropriated", amount_hkd=7)
    for root in (port, institute, *front_roots(institute, port)):
        published(root)
    lead = home.most_moved_with_precedents(NOW)
    initiatives = home.find_with_precedents(lead.root_content_id, NOW)
    documents = [
        [each.load_document() for each in rows] for rows in (initiatives, home.find_promises_of(initiatives, NOW))
    ]
    return present_most_moved(lead.load_document(), *documents, list(home.load_funding_rows(NOW)), on=TODAY)


def front_roots(*known):
    from initiatives.models import Initiative

    return Initiative.objects.exclude(pk__in=[each.pk for each in known])


def test_the_question_is_the_promise_moved_most_of_those_with_precedents(asked):
    assert (asked["initiative"]["slug"], asked["told"]["document"]["moves"]) == ("institute", 1)
    assert (asked["money"].stage, asked["money"].amount_hkd) == ("appropriated", 7)


def test_beside_it_stand_the_others_with_what_came_of_their_promises(asked):
    [other] = asked["others"]
    assert (other["initiative"]["slug"], other["relation"], other["counts"], other["money"]) == (
        "port",
        "comparable",
        [("unknown", 1)],
        None,
    )


def test_of_what_another_initiative_met_the_last_that_happened_is_told(db):
    institute, port = InitiativeFactory(slug="institute"), InitiativeFactory(slug="port")
    InitiativeRelationFactory(initiative=institute, other=port, relation="comparable")
    lead = MilestoneFactory(initiative=institute)
    for year in (2026, 2027):
        StatementFactory(milestone=lead, promised=FuzzyDate.from_year(year))
    for due, happened in ((2004, 2009), (2005, 2006)):
        actual = FuzzyDate.from_year(happened)
        title, checker = f"Opened {happened}", UserFactory()
        met = MilestoneFactory(initiative=port, result="met", actual=actual, title_en=title, checked_by=checker)
        StatementFactory(milestone=met, promised=FuzzyDate.from_year(due))
        EvidenceFactory(milestone=met, supports="met")
    for root in (port, institute):
        published(root)
    initiatives = home.find_with_precedents(institute.content_id, NOW)
    promises = [each.load_document() for each in home.find_promises_of(initiatives, NOW)]
    lead = next(each for each in promises if each["moves"])
    told = present_most_moved(lead, [each.load_document() for each in initiatives], promises, [], on=TODAY)
    assert told["others"][0]["told"]["document"]["title"]["en"] == "Opened 2009"
