"""Reminders of outcomes: a target's date, and an observation that is overdue."""

from datetime import date, timedelta

import pytest

from record.dates import FuzzyDate
from tests.factories import ObservationFactory, OutcomeFactory, TargetFactory, published

pytestmark = pytest.mark.django_db

DUE = date(2027, 12, 31)


@pytest.fixture
def outcome(superuser):
    return OutcomeFactory(title_en="Start-ups", initiative__title_en="Blueprint")


def observe(outcome, day):
    ObservationFactory(outcome=outcome, observed=FuzzyDate.from_day(day))
    published(outcome, on=day)


def told(mails, first, last):
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return [(day, subject.removeprefix("Blueprint – Start-ups: ")) for day in days for _to, subject in mails(day)]


def test_a_target_is_told_30_and_0_days_before_its_date_then_weekly_until_observed(author, outcome, mails):
    TargetFactory(outcome=outcome, due_on=DUE)
    published(outcome)
    mails(date(2027, 11, 1))
    assert told(mails, date(2027, 11, 2), DUE + timedelta(15)) == [
        (date(2027, 12, 1), "its target date is in 30 days, on 31 December 2027"),
        (DUE, "its target date is today, 31 December 2027"),
        (date(2028, 1, 7), "an observation has been overdue since 31 December 2027"),
        (date(2028, 1, 14), "an observation has been overdue since 31 December 2027"),
    ]
    observe(outcome, DUE)
    assert told(mails, date(2028, 1, 16), date(2028, 3, 1)) == []


def test_an_observation_is_expected_so_many_months_after_the_last_one(author, outcome, mails):
    outcome.expected_every = 6
    outcome.save()
    observe(outcome, date(2027, 6, 30))
    mails(date(2027, 12, 31))
    assert told(mails, date(2028, 1, 1), date(2028, 1, 10)) == [
        (date(2028, 1, 7), "an observation has been overdue since 31 December 2027")
    ]
    observe(outcome, date(2027, 12, 31))
    assert told(mails, date(2028, 1, 11), date(2028, 6, 30)) == []


def test_a_target_in_words_awaits_no_number(author, outcome, mails):
    TargetFactory(outcome=outcome, due_on=DUE, value=None, words="a vibrant hub")
    published(outcome)
    mails(date(2027, 11, 1))
    assert [day for day, _words in told(mails, date(2027, 11, 2), DUE + timedelta(30))] == [date(2027, 12, 1), DUE]


def test_without_targets_and_rhythm_nothing_is_awaited(author, outcome, mails):
    observe(outcome, date(2020, 1, 1))
    assert mails(DUE) == []
