"""The calendar as conditions on columns agrees with the calendar as rules."""

from datetime import date, timedelta
from itertools import product

import pytest

from initiatives.editions import MilestoneEdition
from initiatives.queries.calendar import schedule_condition, schedule_expression, upcoming_condition
from initiatives.rules.schedule import compute_schedule
from initiatives.vocabulary import ScheduleValue
from tests.bulk import live_editions

TODAY = date(2026, 1, 31)
RESULTS = ("scheduled", "met", "partially_met", "not_met", "withdrawn", "superseded")
FROM, UNTIL = (None, -100, 0, 1, 60, 61), (None, -2, -1, 0, 1, 70)


def day(offset):
    return None if offset is None else TODAY + timedelta(days=offset)


def windows():
    yield {"due_known": False}
    for first, last in product(FROM, UNTIL):
        if first is None or last is None or first <= last:
            yield {"due_known": True, "due_from": day(first), "due_until": day(last)}


def calendars():
    actual = [(None, None), (None, -50), (-150, -101), (-2, -1), (0, 0), (71, None), (2, 80)]
    for kind, result, window, (first, last), said in product(
        ("promise", "event"), RESULTS, windows(), actual, (None, -50, -1, 0)
    ):
        known = {"actual_from": day(first), "actual_until": day(last), "not_done_on": day(said)}
        yield {"kind": kind, "result": result, **window, **known}


@pytest.fixture
def milestones(db):
    """One live edition for every calendar there is."""
    return live_editions(MilestoneEdition, calendars())


def test_each_condition_finds_what_the_rule_says_and_nothing_else(milestones):
    for name in ScheduleValue:
        found = set(MilestoneEdition.objects.filter(schedule_condition(name, on=TODAY)).values_list("pk", flat=True))
        assert found == {each.pk for each in milestones if compute_schedule(each, on=TODAY) == name}
        assert found


def test_the_word_of_each_is_the_rules(milestones):
    words = dict(MilestoneEdition.objects.annotate(word=schedule_expression(on=TODAY)).values_list("pk", "word"))
    assert words == {each.pk: compute_schedule(each, on=TODAY) for each in milestones}


def test_what_is_to_come_is_what_is_not_due_or_in_its_window(milestones):
    found = set(MilestoneEdition.objects.filter(upcoming_condition(TODAY)).values_list("pk", flat=True))
    to_come = ("not_due", "due_soon", "in_window")
    assert found == {each.pk for each in milestones if compute_schedule(each, on=TODAY) in to_come}
