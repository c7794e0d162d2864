"""What is found and every count beside an option are what looking at each initiative by hand gives."""

from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives.choices import INITIATIVE_FACETS, PUBLIC_MONEY_STAGES
from initiatives.editions import (
    AnnouncementEdition,
    AreaEdition,
    FundingEdition,
    InitiativeEdition,
    MilestoneEdition,
    OrganisationEdition,
    VerdictEdition,
)
from initiatives.queries.faceted_search import INITIATIVE_SORTS, InitiativeSearch
from initiatives.rules.schedule import compute_schedule
from record.models import Link
from record.queries import Moment
from tests.bulk import live_editions

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 30)
NOW = Moment(None, TODAY)
STAGES, WORDS = ("announced", "operating", "completed"), ("alpha", "beta")
DAYS = (None, date(2024, 12, 31), date(2026, 6, 29), date(2026, 7, 1), date(2027, 1, 1))
SUMS = (None, 99_999_999, 10**8, 10**9, 10**10)
VALUES = {
    "schedule": ["overdue", "unknown", "in_window", "not_due", "met_late", "no_date", "closed", "nonsense"],
    "stage": [*STAGES, "nonsense"],
    "verdict": ["kept", "stalled", "nonsense"],
    "area": ["area-0", "area-1", "nonsense"],
    "organisation": ["organisation-0", "organisation-1", "nonsense"],
    "announcement": ["announcement-0", "nonsense"],
    "year": ["2024", "2025", "0000", "nonsense"],
    "money": ["announced", "spent", "estimate", "nonsense"],
    "amount": ["under-100m", "100m-1bn", "1bn-10bn", "10bn-up", "none", "nonsense"],
}
QUESTIONS = st.fixed_dictionaries(
    {}, optional={name: st.lists(st.sampled_from(values), max_size=3) for name, values in VALUES.items()}
)


def things(edition_class, many):
    return live_editions(
        edition_class, ({"slug": f"{edition_class.type}-{n}", "title": {"en": "x"}} for n in range(many))
    )


class RandomInitiatives:
    """Forty initiatives made at random, and what can be chosen of each by hand."""

    def __init__(self):
        self.random = Random(4)
        years = (None, date(2024, 5, 1), date(2025, 5, 1))
        self.initiatives = live_editions(
            InitiativeEdition,
            (
                {
                    "slug": f"i-{n}",
                    "stage": self.random.choice(STAGES),
                    "announced_from": self.random.choice(years),
                    "tokens": f" {self.random.choice(WORDS)} ",
                }
                for n in range(40)
            ),
        )
        self.options = {
            each.content_id: {
                "stage": {each.stage},
                "year": {str(each.announced_from.year)} if each.announced_from else set(),
            }
            for each in self.initiatives
        }
        self.name_things()
        self.promise()
        self.pay()
        self.rate()

    def some(self, most=3):
        """List (initiative, nothing yet): each initiative up to so many times."""
        return [each for each in self.initiatives for _ in range(self.random.randint(0, most))]

    def found(self, facet, content_id):
        return self.options[content_id].setdefault(facet, set())

    def name_things(self):
        for facet, edition_class, relations in (
            ("area", AreaEdition, ["area"]),
            ("organisation", OrganisationEdition, ["lead", "partner"]),
            ("announcement", AnnouncementEdition, ["announced_in"]),
        ):
            there, links = things(edition_class, 2), []
            for each in self.some():
                thing = self.random.choice(there)
                links.append(
                    Link(
                        change=each.change,
                        type="initiative",
                        content_id=each.content_id,
                        relation=self.random.choice(relations),
                        named_type=edition_class.type,
                        named=thing.content_id,
                        live_from=each.live_from,
                    )
                )
                self.found(facet, each.content_id).add(thing.slug)
            Link.objects.bulk_create(links)

    def promise(self):
        pick = self.random.choice
        rows = [
            {
                "root_content_id": each.content_id,
                "kind": pick(["promise", "promise", "event"]),
                "result": pick(["scheduled", "scheduled", "met", "not_met", "withdrawn"]),
                "due_from": date(2024, 1, 1),
                "due_until": (day := pick(DAYS)),
                "due_known": day is not None,
                "actual_from": (actual := pick(DAYS)),
                "actual_until": actual,
                "not_done_on": pick(DAYS),
            }
            for each in self.some()
        ]
        for row in live_editions(MilestoneEdition, rows):
            self.found("schedule", row.root_content_id).add(compute_schedule(row, on=TODAY))
        for content_id in self.options:
            self.found("schedule", content_id).discard("closed")

    def pay(self):
        rows = [
            {
                "root_content_id": each.content_id,
                "stage": self.random.choice(["announced", "spent", "estimate", "pledged"]),
                "payer": self.random.choice(["public", "public", "private"]),
                "amount_hkd": self.random.choice(SUMS),
            }
            for each in self.some()
        ]
        largest = {}
        for row in live_editions(FundingEdition, rows):
            if row.payer == "public" and row.stage in PUBLIC_MONEY_STAGES and row.amount_hkd is not None:
                self.found("money", row.root_content_id).add(row.stage)
                largest[row.root_content_id] = max(row.amount_hkd, largest.get(row.root_content_id, 0))
        bands = [(10**10, "10bn-up"), (10**9, "1bn-10bn"), (10**8, "100m-1bn"), (0, "under-100m")]
        for content_id in self.options:
            amount = largest.get(content_id)
            band = "none" if amount is None else next(name for least, name in bands if amount >= least)
            self.found("amount", content_id).add(band)

    def rate(self):
        rows = [
            {
                "root_content_id": each.content_id,
                "rating": self.random.choice(["kept", "stalled"]),
                "rated_by": self.random.choice(["us", "us", "government"]),
                "rated_on": self.random.choice(DAYS),
            }
            for each in self.some(2)
        ]
        last = {}
        for row in live_editions(VerdictEdition, rows):
            if row.rated_by == "us":
                ranked = (row.rated_on or date.min, row.pk, row.rating)
                last[row.root_content_id] = max(ranked, last.get(row.root_content_id, ranked))
        for content_id, (_day, _pk, rating) in last.items():
            self.found("verdict", content_id).add(rating)

    def fitting(self, chosen, words="", besides=None):
        """Find by hand the initiatives that fit."""
        return [
            each
            for each in self.initiatives
            if f" {words} " in each.tokens + "  "
            and all(
                self.found(name, each.content_id) & set(values)
                for name, values in chosen.items()
                if values and name != besides
            )
        ]


@pytest.fixture
def world():
    return RandomInitiatives()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=QUESTIONS, words=st.sampled_from(["", *WORDS]))
def test_what_is_found_and_every_count_are_those_counted_by_hand(world, chosen, words):
    search = InitiativeSearch(NOW, chosen=chosen, words=words)
    counts = search.counts()
    fitting = world.fitting(chosen, words)
    assert {each.slug for each in search.results()} == {each.slug for each in fitting}
    assert counts.total == len(fitting)
    for facet in INITIATIVE_FACETS:
        others = world.fitting(chosen, words, besides=facet)
        by_hand = {}
        for each in others:
            for value in world.found(facet, each.content_id):
                by_hand[value] = by_hand.get(value, 0) + 1
        assert {value: many for value, many in counts.options[facet].items() if many} == by_hand, facet


@pytest.mark.parametrize("sort", INITIATIVE_SORTS)
def test_every_order_keeps_all_that_was_found(world, sort):
    assert sorted(each.pk for each in InitiativeSearch(NOW).results(sort=sort)) == sorted(
        each.pk for each in world.initiatives
    )


def initiatives_with(edition_class, rows):
    """Slugs of new initiatives a, b, c …, each with these children."""
    found = live_editions(InitiativeEdition, ({"slug": chr(97 + n)} for n in range(len(rows))))
    children = [
        row | {"root_content_id": each.content_id} for each, many in zip(found, rows, strict=True) for row in many
    ]
    live_editions(edition_class, children)


def in_order(sort):
    return "".join(each.slug for each in InitiativeSearch(NOW).results(sort=sort))


def test_by_next_due_comes_what_is_due_next_and_what_is_over_or_done_not_at_all():
    open_ = {"kind": "promise", "result": "scheduled", "due_known": True}
    initiatives_with(
        MilestoneEdition,
        [
            [open_ | {"due_until": date(2026, 6, 29)}],
            [open_ | {"due_until": date(2027, 1, 1)}, open_ | {"due_until": date(2026, 7, 2)}],
            [open_ | {"due_until": date(2026, 7, 1), "result": "met"}],
            [open_ | {"due_until": date(2026, 7, 1)}],
            [open_ | {"due_from": date(2026, 1, 1)}],
        ],
    )
    assert in_order("due") == "dbeac"


def test_by_moves_all_moves_of_an_initiative_count():
    promise = {"kind": "promise", "result": "scheduled"}
    initiatives_with(MilestoneEdition, [[promise | {"moves": 2}], [], [promise | {"moves": 1}, promise | {"moves": 2}]])
    assert in_order("moved") == "cab"


def test_by_money_single_public_sums_are_compared_and_none_is_added_up():
    row = {"stage": "earmarked", "payer": "public"}
    initiatives_with(
        FundingEdition,
        [
            [row | {"amount_hkd": 3}, row | {"amount_hkd": 4}],
            [row | {"amount_hkd": 5}],
            [row | {"amount_hkd": 9, "payer": "private"}],
            [row | {"amount_hkd": 9, "stage": "estimate"}, row | {"amount_hkd": 1}],
        ],
    )
    assert in_order("money") == "badc"
