from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.rules.schedule import (
    MilestoneCalendar,
    build_promise_history,
    compute_days_late,
    compute_schedule,
)
from initiatives.vocabulary import ScheduleValue
from record.dates import FuzzyDate

DAY = timedelta(days=1)
OPENS, CLOSES = date(2026, 7, 1), date(2026, 12, 31)
PROMISED = MilestoneCalendar(first_until=CLOSES, due_from=OPENS, due_until=CLOSES, due_known=True)

days = st.dates(date(2020, 1, 1), date(2032, 12, 31))
few_days = st.dates(date(2026, 1, 1), date(2026, 1, 12))


@st.composite
def calendars(draw):
    """Draw what the database would let through: windows in order, no window unless a promise is known."""
    due_known = draw(st.booleans())
    due_from, due_until = draw(windows) if due_known else (None, None)
    actual_from, actual_until = draw(windows)
    return MilestoneCalendar(
        kind=draw(st.sampled_from(["promise", "event"])),
        result=draw(st.sampled_from(["scheduled", "met", "partially_met", "not_met", "withdrawn", "superseded"])),
        first_until=draw(st.none() | days) if due_known else None,
        due_from=due_from,
        due_until=due_until,
        due_known=due_known,
        actual_from=actual_from,
        actual_until=actual_until,
        not_done_on=draw(st.none() | days),
    )


def in_order(window):
    return None in window or window[0] <= window[1]


windows = st.tuples(st.none() | days, st.none() | days).filter(in_order)
unresolved = calendars().map(lambda m: replace(m, result="scheduled", kind="promise"))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"kind": "event"}, "closed"),
        ({"kind": "event", "result": "met"}, "closed"),
        ({"kind": "event", "result": "not_met"}, "closed"),
        ({"result": "withdrawn"}, "closed"),
        ({"result": "superseded"}, "closed"),
        ({"result": "not_met"}, "missed"),
    ],
)
def test_what_is_settled_otherwise_is_closed_or_missed(changes, expected):
    assert compute_schedule(replace(PROMISED, **changes), on=CLOSES + DAY) == expected


@pytest.mark.parametrize("result", ["met", "partially_met"])
@pytest.mark.parametrize(
    ("actual_from", "actual_until", "expected"),
    [
        (OPENS - DAY, OPENS - DAY, "met_early"),
        (OPENS - DAY, OPENS, "met_on_time"),
        (OPENS, CLOSES, "met_on_time"),
        (CLOSES, CLOSES + DAY, "met_on_time"),
        (CLOSES + DAY, CLOSES + DAY, "met_late"),
        (CLOSES + DAY, None, "met_late"),
        (None, OPENS - DAY, "met_early"),
        (None, CLOSES + DAY, "met_on_time"),
        (OPENS - DAY, None, "met_on_time"),
        (None, None, "met_on_time"),
    ],
)
def test_what_is_met_is_early_or_late_only_when_surely_so(result, actual_from, actual_until, expected):
    met = replace(PROMISED, result=result, actual_from=actual_from, actual_until=actual_until)
    assert compute_schedule(met, on=date(2030, 1, 1)) == expected


def test_what_is_met_without_a_promise_is_undated():
    assert (
        compute_schedule(MilestoneCalendar(result="met", actual_from=OPENS, actual_until=OPENS), on=CLOSES)
        == "met_undated"
    )


def test_what_was_promised_at_the_earliest_is_never_met_late():
    met = replace(PROMISED, result="met", due_until=None, actual_from=CLOSES + DAY, actual_until=CLOSES + DAY)
    assert compute_schedule(met, on=date(2030, 1, 1)) == "met_on_time"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (OPENS - 61 * DAY, "not_due"),
        (OPENS - 60 * DAY, "due_soon"),
        (OPENS - DAY, "due_soon"),
        (OPENS, "in_window"),
        (CLOSES, "in_window"),
        (CLOSES + DAY, "unknown"),
    ],
)
def test_a_promise_comes_due_within_its_window_and_then_nobody_knows(on, expected):
    assert compute_schedule(PROMISED, on=on) == expected


def test_without_a_window_there_is_no_date():
    assert compute_schedule(MilestoneCalendar(), on=OPENS) == "no_date"


def test_an_open_window_stays_open():
    assert compute_schedule(replace(PROMISED, due_until=None), on=date(2050, 1, 1)) == "in_window"


def test_a_window_known_only_by_its_end_has_begun():
    assert compute_schedule(replace(PROMISED, due_from=None), on=date(2020, 1, 1)) == "in_window"


@pytest.mark.parametrize(
    ("not_done_on", "expected"), [(None, "unknown"), (OPENS, "unknown"), (CLOSES, "unknown"), (CLOSES + DAY, "overdue")]
)
def test_only_words_from_after_the_window_make_it_overdue(not_done_on, expected):
    assert compute_schedule(replace(PROMISED, not_done_on=not_done_on), on=CLOSES + 9 * DAY) == expected


@given(calendars(), days)
def test_every_milestone_has_one_schedule_on_every_day(m, on):
    assert compute_schedule(m, on=on) in tuple(ScheduleValue)


@given(unresolved, days, st.integers(1, 1000))
def test_an_unresolved_promise_only_ever_moves_on(m, on, later):
    course = ["no_date", "not_due", "due_soon", "in_window", "unknown", "overdue"]
    before, after = compute_schedule(m, on=on), compute_schedule(m, on=on + later * DAY)
    assert course.index(before) <= course.index(after)


@pytest.mark.parametrize(
    ("actual_from", "late"), [(None, None), (OPENS - DAY, 0), (CLOSES, 0), (CLOSES + DAY, 1), (date(2027, 12, 31), 365)]
)
def test_what_is_met_is_late_by_its_earliest_actual_day(actual_from, late):
    met = replace(PROMISED, result="met", actual_from=actual_from)
    assert compute_days_late(met, on=date(2030, 1, 1)) == (late, late)


def test_a_moved_promise_kept_on_time_is_late_against_the_first():
    met = replace(PROMISED, result="met", first_until=date(2025, 12, 31), actual_from=CLOSES)
    assert compute_days_late(met, on=date(2030, 1, 1)) == (365, 0)


def test_overdue_counts_from_the_end_of_each_window():
    m = replace(PROMISED, first_until=CLOSES - 30 * DAY, not_done_on=CLOSES + DAY)
    assert compute_days_late(m, on=CLOSES + 10 * DAY) == (40, 10)


def test_past_the_first_promise_while_the_current_one_runs_is_late_against_the_first_only():
    m = replace(PROMISED, first_until=OPENS - 10 * DAY)
    assert compute_days_late(m, on=OPENS - 10 * DAY) == (None, None)
    assert compute_days_late(m, on=OPENS - 9 * DAY) == (1, None)
    assert compute_days_late(m, on=CLOSES) == ((CLOSES - OPENS).days + 10, None)
    assert compute_days_late(replace(m, due_until=None), on=OPENS) == (10, None)


@given(unresolved, days)
def test_unknown_is_never_late(m, on):
    if compute_schedule(m, on=on) in ("unknown", "no_date"):
        assert compute_days_late(m, on=on) == (None, None)


@given(calendars(), days)
def test_what_is_closed_or_missed_has_no_days_late(m, on):
    if compute_schedule(m, on=on) in ("closed", "missed"):
        assert compute_days_late(m, on=on) == (None, None)


@given(calendars(), days)
def test_days_late_are_never_negative(m, on):
    assert all(late is None or late >= 0 for late in compute_days_late(m, on=on))


@given(calendars(), days)
def test_nothing_is_late_against_an_open_or_missing_promise(m, on):
    against_first, against_current = compute_days_late(m, on=on)
    assert m.first_until is not None or against_first is None
    assert m.due_until is not None or against_current is None


@given(unresolved, days, st.integers(1, 1000))
def test_an_unresolved_promise_grows_a_day_later_each_day(m, on, later):
    for now, then in zip(compute_days_late(m, on=on), compute_days_late(m, on=on + later * DAY), strict=True):
        assert None in (now, then) or then - now == later


@given(calendars().filter(lambda m: m.result in ("met", "partially_met")), days, days)
def test_days_late_of_what_is_met_stand_still(m, on, another_day):
    assert compute_days_late(m, on=on) == compute_days_late(m, on=another_day)


def said(stated=None, promised=None, name=""):
    return SimpleNamespace(stated=FuzzyDate.parse(stated), promised=promised or FuzzyDate(), name=name)


fuzzy_dates = st.builds(
    FuzzyDate,
    earliest=st.none() | few_days,
    latest=st.none() | few_days,
    at_the_earliest=st.booleans(),
).filter(FuzzyDate.is_ordered)
histories = st.lists(st.builds(SimpleNamespace, stated=fuzzy_dates, promised=fuzzy_dates), max_size=6)


def names(statements):
    return [statement.name for statement in build_promise_history(statements).ordered]


def test_no_statements_make_no_promise():
    history = build_promise_history([])
    assert (history.first, history.current, history.moves, history.ordered) == (None, None, 0, ())


def test_the_first_dated_statement_promises_and_the_last_is_current():
    vague, first = said(2024), said(2025, FuzzyDate.from_year(2026))
    current, silent = said(2026, FuzzyDate.from_year(2027)), said(2027)
    history = build_promise_history([vague, first, current, silent])
    assert (history.first, history.current, history.moves) == (first, current, 1)
    assert history.ordered == (vague, first, current, silent)


def test_a_date_said_again_is_no_move_and_one_moved_back_is_two():
    twice = [said(2024, FuzzyDate.from_year(2026)), said(2025, FuzzyDate.from_year(2026))]
    assert build_promise_history(twice).moves == 0
    back = [said(2023, FuzzyDate.from_year(2026)), said(2024, FuzzyDate.from_year(2027)), twice[1]]
    assert build_promise_history(back).moves == 2


def test_words_alone_between_two_dates_are_no_move():
    statements = [said(2023, FuzzyDate.from_year(2026)), said(2024), said(2025, FuzzyDate.from_year(2026))]
    assert build_promise_history(statements).moves == 0


def test_becoming_at_the_earliest_is_a_move():
    firm = said(2024, FuzzyDate.ending_on(CLOSES, "half"))
    soft = said(2025, FuzzyDate.ending_on(CLOSES, "half", at_the_earliest=True))
    assert build_promise_history([firm, soft]).moves == 1


def test_other_words_for_the_same_window_are_no_move():
    statements = [
        said(2024, FuzzyDate.ending_on(CLOSES, "half")),
        said(2025, FuzzyDate.ending_on(CLOSES, "half", phrase="下半年")),
    ]
    assert build_promise_history(statements).moves == 0


def test_one_said_wholly_before_an_earlier_listed_one_moves_before_it():
    assert names([said(2026, name="c"), said(2025, name="b"), said(date(2024, 2, 28), name="a")]) == ["a", "b", "c"]


def test_where_days_of_saying_overlap_or_are_unknown_the_given_order_decides():
    statements = [
        said(2025, name="year"),
        said("2025-03", name="month"),
        said(name="unknown"),
        said(2025, name="again"),
    ]
    assert names(statements) == ["year", "month", "unknown", "again"]


def test_a_statement_of_unknown_day_stays_behind_what_it_was_listed_after():
    assert names([said(2026, name="b"), said(name="?"), said(2025, name="a")]) == ["a", "b", "?"]


@given(histories)
def test_no_statement_stands_behind_one_made_wholly_after_it(statements):
    ordered = build_promise_history(statements).ordered
    for place, one in enumerate(ordered):
        for later in ordered[place + 1 :]:
            assert (
                later.stated.last_day is None
                or one.stated.earliest is None
                or later.stated.last_day >= one.stated.earliest
            )


@given(histories)
def test_ordering_loses_nothing_and_is_done_at_once(statements):
    ordered = build_promise_history(statements).ordered
    assert sorted(map(id, ordered)) == sorted(map(id, statements))
    assert build_promise_history(ordered).ordered == ordered


@given(histories)
def test_there_are_fewer_moves_than_statements(statements):
    history = build_promise_history(statements)
    assert 0 <= history.moves <= max(0, len(statements) - 1)
    assert (history.first is None) == (history.current is None)
