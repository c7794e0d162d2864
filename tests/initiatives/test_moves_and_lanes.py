"""How one promise differs from the one before, and where the three lanes disagree."""

from datetime import date

import pytest

from initiatives.rules.contradictions import find_contradictions
from initiatives.rules.date_changes import classify_move
from record.dates import FuzzyDate

YEAR = FuzzyDate.from_year(2026)
HALF = FuzzyDate.ending_on(date(2026, 12, 31), "half")
AT_THE_EARLIEST = FuzzyDate.ending_on(date(2026, 12, 31), "year", at_the_earliest=True)
FROM_2027 = FuzzyDate(earliest=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("before", "after", "how"),
    [
        (YEAR, FuzzyDate.from_year(2027), "later"),
        (FuzzyDate.from_year(2027), YEAR, "earlier"),
        (YEAR, HALF, "narrowed"),
        (HALF, YEAR, "widened"),
        (AT_THE_EARLIEST, YEAR, "firmed"),
        (YEAR, AT_THE_EARLIEST, "loosened"),
        (YEAR, YEAR, "same"),
        (YEAR, FROM_2027, "later"),
        (FROM_2027, YEAR, "earlier"),
    ],
)
def test_a_move_is_told_by_the_end_then_the_start_then_whether_the_end_counts(before, after, how):
    assert classify_move(before, after) == how


@pytest.mark.parametrize(
    ("claim", "supports", "result", "schedule", "found"),
    [
        ("complete", ["not_met"], "not_met", "missed", ["said_done_shown_not"]),
        ("complete", ["partly"], "scheduled", "unknown", ["said_done_shown_partly"]),
        ("complete", [], "scheduled", "unknown", ["said_done_not_confirmed"]),
        ("complete_or_on_schedule", ["nothing_found"], "scheduled", "unknown", ["said_done_nothing_found"]),
        ("on_schedule", [], "scheduled", "overdue", ["said_on_time_calendar_late"]),
        ("on_schedule", [], "scheduled", "unknown", ["said_on_time_calendar_unknown"]),
        ("dropped", ["met"], "met", "met_late", ["said_not_done_shown_done"]),
        ("", ["met", "not_met"], "scheduled", "unknown", ["evidence_conflicts"]),
        ("complete", ["met"], "met", "met_on_time", []),
        ("planned", [], "scheduled", "unknown", []),
    ],
)
def test_the_lanes_disagree_only_where_two_of_them_contradict_each_other(claim, supports, result, schedule, found):
    assert find_contradictions(claim=claim, supports=supports, result=result, schedule=schedule) == found
