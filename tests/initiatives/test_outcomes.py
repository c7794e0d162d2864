from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.choices import OutcomeStatus
from initiatives.rules.outcomes import (
    OutcomeSeries,
    SeriesObservation,
    SeriesTarget,
    aggregate_observations,
    compute_outcome_status,
    find_governing_target,
)

DAY = timedelta(days=1)
START, DUE = date(2020, 12, 31), date(2030, 12, 31)
HALFWAY = date(2025, 12, 31)
UP = OutcomeSeries(baseline_value=0, baseline_day=START, targets=(SeriesTarget(100, DUE),))
DOWN = OutcomeSeries(direction="decrease", baseline_value=200, baseline_day=START, targets=(SeriesTarget(100, DUE),))
LEVEL = OutcomeSeries(direction="maintain", targets=(SeriesTarget(100, DUE),))

days = st.dates(date(2015, 1, 1), date(2035, 12, 31))
values = st.integers(-200, 200) | st.decimals(-200, 200, places=2) | st.floats(-200, 200)
serieses = st.builds(
    OutcomeSeries,
    direction=st.sampled_from(["increase", "decrease", "maintain", "qualitative"]),
    aggregation=st.sampled_from(["sum", "last", "mean", "none"]),
    baseline_value=st.none() | values,
    baseline_day=st.none() | days,
    targets=st.lists(
        st.builds(SeriesTarget, st.none() | values, st.none() | days, st.sampled_from(["kpi", "reference"])), max_size=4
    ).map(tuple),
    observations=st.lists(
        st.builds(
            SeriesObservation,
            st.none() | values,
            st.none() | days,
            st.sampled_from(["provisional", "final", "revised"]),
        ),
        max_size=5,
    ).map(tuple),
)


def observed(series, *observations):
    return replace(series, observations=tuple(SeriesObservation(value, day) for value, day in observations))


def status(series, *observations, on=None):
    """Compute the status once these (value, day) were observed, by default on the day of the last one."""
    return compute_outcome_status(observed(series, *observations), on=on or observations[-1][1])


@pytest.mark.parametrize(
    "series", [OutcomeSeries(), replace(UP, targets=()), replace(UP, targets=(SeriesTarget(None, DUE),))]
)
def test_without_a_numeric_target_there_is_nothing_to_say(series):
    assert status(series, (50, HALFWAY)) == "no_data"


def test_a_qualitative_indicator_has_no_arithmetic():
    assert status(replace(UP, direction="qualitative"), (500, HALFWAY)) == "no_data"


def test_nothing_since_the_baseline_is_not_started():
    assert compute_outcome_status(UP, on=START - DAY) == "not_started"
    assert compute_outcome_status(UP, on=HALFWAY) == "not_started"
    assert status(UP, (0, START), on=HALFWAY) == "not_started"
    assert status(UP, (1, START + DAY)) != "not_started"


def test_nothing_observed_and_no_baseline_is_no_data():
    assert compute_outcome_status(OutcomeSeries(targets=(SeriesTarget(100, DUE),)), on=HALFWAY) == "no_data"


def test_what_is_observed_later_is_not_known_yet():
    assert status(UP, (100, HALFWAY), on=HALFWAY - DAY) == "not_started"


@pytest.mark.parametrize(
    ("value", "expected"), [(50, "on_track"), (45, "on_track"), (44.9, "at_risk"), (30, "at_risk"), (29.9, "off_track")]
)
def test_progress_is_held_against_a_straight_line(value, expected):
    midway = replace(UP, targets=(SeriesTarget(100, START + 200 * DAY),))
    assert status(midway, (value, START + 100 * DAY)) == expected
    falling = replace(DOWN, targets=(SeriesTarget(100, START + 200 * DAY),))
    assert status(falling, (200 - value, START + 100 * DAY)) == expected


def test_going_the_wrong_way_is_off_track():
    assert status(UP, (-5, HALFWAY)) == "off_track"
    assert status(DOWN, (205, HALFWAY)) == "off_track"


def test_late_figures_are_held_against_their_own_day():
    assert status(UP, (50, HALFWAY), on=DUE) == "on_track"


def test_without_a_dated_baseline_or_a_due_day_there_is_no_line():
    assert status(replace(UP, baseline_day=None), (50, HALFWAY)) == "no_data"
    assert status(replace(UP, baseline_value=None), (50, HALFWAY)) == "no_data"
    assert status(replace(UP, targets=(SeriesTarget(100),)), (50, HALFWAY)) == "no_data"


def test_worse_than_a_target_that_asked_for_no_change_is_off_track():
    assert status(replace(UP, baseline_value=100), (99, HALFWAY)) == "off_track"


@pytest.mark.parametrize(
    ("series", "value", "expected"),
    [
        (UP, 100, "achieved"),
        (UP, 109.9, "achieved"),
        (UP, 110, "exceeded"),
        (DOWN, 100, "achieved"),
        (DOWN, 90, "exceeded"),
        (replace(UP, baseline_value=80), 101.9, "achieved"),
        (replace(UP, baseline_value=80), 102, "exceeded"),
        (replace(UP, baseline_value=None, baseline_day=None), 109, "achieved"),
        (replace(UP, baseline_value=None, baseline_day=None), 110, "exceeded"),
        (replace(UP, baseline_value=100), 100, "achieved"),
        (replace(UP, targets=(SeriesTarget(100),)), 100, "achieved"),
    ],
)
def test_a_tenth_of_the_way_beyond_the_target_exceeds_it(series, value, expected):
    assert status(series, (value, HALFWAY)) == expected


def test_the_due_day_itself_is_not_past():
    assert status(UP, (50, HALFWAY), on=DUE) == "on_track"
    assert status(UP, (50, HALFWAY), on=DUE + DAY) == "no_data"


@pytest.mark.parametrize("series", [UP, replace(UP, baseline_value=None, baseline_day=None)])
def test_past_due_the_first_figure_from_the_due_day_on_decides(series):
    after = DUE + 365 * DAY
    assert status(series, (99, DUE), on=after) == "missed"
    assert status(series, (100, DUE), on=after) == "achieved"
    assert status(series, (110, after), on=after) == "exceeded"
    assert status(series, (99, DUE), (150, after), on=after) == "missed"
    assert status(series, (100, DUE), (50, after), on=after) == "achieved"


def test_silence_after_the_due_day_is_not_a_miss():
    assert status(UP, (99, DUE - DAY), on=DUE + 999 * DAY) == "no_data"
    assert compute_outcome_status(UP, on=DUE + DAY) == "no_data"


def test_reached_before_the_due_day_stays_reached():
    assert status(UP, (100, HALFWAY), on=DUE + 999 * DAY) == "achieved"


@pytest.mark.parametrize(
    ("value", "before", "after"),
    [
        (100, "on_track", "achieved"),
        (110, "on_track", "achieved"),
        (90, "on_track", "achieved"),
        (111, "at_risk", "missed"),
        (80, "at_risk", "missed"),
        (121, "off_track", "missed"),
    ],
)
def test_a_level_is_held_within_a_tenth_and_judged_when_due(value, before, after):
    assert status(LEVEL, (value, HALFWAY)) == before
    assert status(LEVEL, (value, DUE), on=DUE + DAY) == after
    assert status(LEVEL, (value, HALFWAY), on=DUE + DAY) == "no_data"


def test_the_next_due_target_governs_then_the_last_due_then_an_undated_one():
    first, second, undated = SeriesTarget(1, HALFWAY), SeriesTarget(2, DUE), SeriesTarget(3)
    targets = (undated, second, first)
    assert find_governing_target(targets, on=HALFWAY) == first
    assert find_governing_target(targets, on=HALFWAY + DAY) == second
    assert find_governing_target(targets, on=DUE + DAY) == second
    assert find_governing_target((undated,), on=DUE) == undated
    assert find_governing_target((SeriesTarget(None, HALFWAY), second), on=START) == second
    assert find_governing_target((), on=START) is None


def test_of_targets_due_together_a_kpi_governs_then_the_last_listed():
    old, new, kpi = SeriesTarget(10, DUE), SeriesTarget(5, DUE), SeriesTarget(7, DUE, "kpi")
    assert find_governing_target((old, new), on=START) == new
    assert find_governing_target((kpi, old, new), on=START) == kpi


@pytest.mark.parametrize(("aggregation", "value"), [("sum", 60), ("mean", 20), ("last", 10), ("none", 10)])
def test_observations_come_to_their_sum_mean_or_latest(aggregation, value):
    observations = [SeriesObservation(30, HALFWAY - DAY), SeriesObservation(10, HALFWAY), SeriesObservation(20, START)]
    assert aggregate_observations(observations, aggregation) == value


def test_of_one_day_the_last_listed_is_the_latest():
    assert aggregate_observations([SeriesObservation(1, START), SeriesObservation(2, START)], "last") == 2


def test_decimals_add_up_as_written():
    assert (
        aggregate_observations([SeriesObservation(0.1, START), SeriesObservation(Decimal("0.2"), DUE)], "sum") * 10 == 3
    )


def test_nothing_observed_comes_to_nothing():
    with pytest.raises(ValueError, match="nothing was observed"):
        aggregate_observations([], "sum")


def test_a_revised_figure_replaces_the_provisional_one_of_its_day():
    provisional, revised = SeriesObservation(100, HALFWAY, "provisional"), SeriesObservation(20, HALFWAY, "revised")
    for aggregation in ("last", "sum", "mean"):
        series = replace(UP, aggregation=aggregation, observations=(revised, provisional))
        assert compute_outcome_status(series, on=HALFWAY) == "off_track"


def test_research_spending_by_the_record():
    """1.13 % of GDP in 2024, from 0.73 % in 2017 towards 1.5 % by mid-2027: seven tenths of the way due by then."""
    targets = (
        SeriesTarget(1.0, date(2020, 12, 31)),
        SeriesTarget(1.5, date(2022, 6, 30)),
        SeriesTarget(1.5, date(2027, 6, 30)),
    )
    shares = ((0.8, date(2017, 12, 31)), (0.92, date(2019, 12, 31)), (1.07, date(2022, 12, 31)))
    series = OutcomeSeries(baseline_value=0.73, baseline_day=date(2017, 12, 31), targets=targets)
    assert status(series, *shares, (1.13, date(2024, 12, 31)), on=date(2026, 11, 22)) == "at_risk"
    assert status(replace(series, targets=targets[:2]), *shares, on=date(2023, 6, 30)) == "missed"
    assert status(replace(series, targets=targets[:1]), *shares[:2], on=date(2021, 6, 30)) == "no_data"


@given(serieses, days)
def test_every_indicator_has_one_status_on_every_day(series, on):
    assert compute_outcome_status(series, on=on) in OutcomeStatus.values


@given(serieses, days)
def test_nothing_is_missed_before_its_day_nor_under_way_after_it(series, on):
    target = find_governing_target(series.targets, on=on)
    found = compute_outcome_status(series, on=on)
    if target and target.due and target.due < on:
        assert found in ("no_data", "achieved", "exceeded", "missed")
    else:
        assert found != "missed"


@given(serieses, days)
def test_without_observations_nothing_is_judged(series, on):
    assert compute_outcome_status(replace(series, observations=()), on=on) in ("no_data", "not_started")


@given(serieses, days, values)
def test_what_is_yet_to_be_observed_changes_nothing(series, on, value):
    later = replace(
        series, observations=(*series.observations, SeriesObservation(value, on + DAY), SeriesObservation(value, None))
    )
    assert compute_outcome_status(later, on=on) == compute_outcome_status(series, on=on)


@given(st.integers(-50, 150), st.integers(0, 50), days.filter(lambda day: START < day <= DUE))
def test_more_is_never_worse(value, more, day):
    order = ["off_track", "at_risk", "on_track", "achieved", "exceeded"]
    assert order.index(status(UP, (value, day))) <= order.index(status(UP, (value + more, day)))


@given(st.integers(-50, 250), days)
def test_falling_to_a_target_mirrors_rising_to_it(value, day):
    assert status(DOWN, (200 - value, day)) == status(UP, (value, day))
