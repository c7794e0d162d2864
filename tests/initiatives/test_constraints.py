"""What the database itself refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from record.dates import FuzzyDate
from tests.factories import (
    FigureFactory,
    ForecastFactory,
    FundingFactory,
    InitiativeFactory,
    InitiativeRelationFactory,
    MilestoneFactory,
    StatementFactory,
    TargetFactory,
    UserFactory,
    VerdictFactory,
)

pytestmark = pytest.mark.django_db
BACKWARDS = FuzzyDate(earliest=date(2026, 2, 1), latest=date(2026, 1, 1))


def refused(make, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**values)
    return True


@pytest.mark.parametrize(
    ("factory", "group"),
    [
        (MilestoneFactory, "actual"),
        (StatementFactory, "promised"),
        (StatementFactory, "stated"),
        (FundingFactory, "dated"),
    ],
)
def test_an_interval_that_ends_before_it_starts(factory, group):
    assert refused(factory, **{group: BACKWARDS})


def test_negative_funding():
    assert refused(FundingFactory, amount_hkd=-1)
    assert FundingFactory(amount_hkd=0).pk


def test_a_target_with_neither_number_nor_words():
    assert refused(TargetFactory, value=None)
    assert TargetFactory(value=None, words="about double").pk


@pytest.mark.parametrize(
    "figure",
    [
        {},
        {"amount_hkd": 1, "count": 1},
        {"amount_low_hkd": 2},
        {"amount_high_hkd": 2},
        {"amount_low_hkd": 2, "amount_high_hkd": 1},
        {"amount_hkd": 1, "amount_low_hkd": 1, "amount_high_hkd": 2},
    ],
)
def test_a_figure_that_is_neither_an_amount_a_range_nor_a_count(figure):
    assert refused(FigureFactory, **{"amount_hkd": None} | figure)


@pytest.mark.parametrize("figure", [{"amount_hkd": -1}, {"amount_low_hkd": 1, "amount_high_hkd": 2}, {"count": 110}])
def test_each_of_the_three_kinds_of_figure_is_kept(figure):
    assert FigureFactory(**{"amount_hkd": None} | figure).pk


def test_a_statement_on_two_things_or_on_none():
    assert refused(StatementFactory, initiative=InitiativeFactory())
    assert refused(StatementFactory, milestone=None)


def test_a_verdict_on_nothing():
    assert refused(VerdictFactory, initiative=None)


def test_a_result_checked_by_who_set_it():
    user = UserFactory()
    assert refused(MilestoneFactory, result_set_by=user, checked_by=user)


def test_an_initiative_related_to_itself():
    initiative = InitiativeFactory()
    assert refused(InitiativeRelationFactory, initiative=initiative, other=initiative)


def test_a_probability_beyond_certainty():
    assert refused(ForecastFactory, probability="1.1")
