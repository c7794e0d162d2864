"""The promise line: what stands where on one time axis."""

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from initiatives.shapes.lines import LEFT, RIGHT, promise_line
from publishing.dates import FuzzyDate

from .telling import TODAY, told

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
LENGTHS = st.integers(0, 40_000)
SIZES = st.sampled_from(["large", "small"])


@st.composite
def windows(draw, known=True):
    first = draw(DAYS)
    last = first + timedelta(days=draw(LENGTHS))
    bars = zip((one, other), line["bars"], strict=True)
    ends = sorted((each.latest or each.earliest, bar["x"] + bar["width"]) for each, bar in bars)
    (_first, x_first), (_second, x_second) = ends
    assert x_first <= x_second + 1  # the width of the shortest window


def test_each_move_is_a_step_from_the_end_of_one_promise_to_the_end_of_the_next():
    line = promise_line(told(FuzzyDate.of_year(2024), FuzzyDate.of_year(2027), FuzzyDate.of_month(2027, 12)))
    first, between, now = line["bars"]
    across, down, narrower = line["steps"]
    assert (first["kind"], between["kind"], now["kind"]) == ("first", "between", "now")
    assert across["x1"] == pytest.approx(first["x"] + first["width"], abs=0.02)
    assert (across["y1"], across["y2"], down["y2"]) == (first["middle"], first["middle"], between["middle"])
    assert (down["x1"], down["x2"]) == (across["x2"], across["x2"])
    assert narrower["x1"] == narrower["x2"] == across["x2"]


def test_a_promise_that_never_moved_is_one_solid_bar():
    line = promise_line(told(FuzzyDate.of_year(2027)))
    assert ([bar["kind"] for bar in line["bars"]], line["steps"]) == (["now"], [])


def test_an_open_end_runs_on_that_of_the_current_promise_to_the_end_of_the_line():
    early = replace(FuzzyDate.of_year(2026), at_the_earliest=True)
    line = promise_line(told(early, replace(FuzzyDate.of_year(2027), at_the_earliest=True)))
    first, now = line["arrows"]
    assert first["x2"] - first["x1"] == pytest.approx(6)
    assert (now["x1"] < now["x2"], now["x2"]) == (True, RIGHT)
    assert promise_line(told(FuzzyDate.of_year(2027)))["arrows"] == []


def test_only_what_is_said_to_be_late_is_drawn_late_and_silence_is_drawn_as_silence():
    past = FuzzyDate.of_year(2025)
    silent = told(past)
    late = told(past, evidence=[evidence("not_met", date(2026, 2, 1))])
    met = told(past, result="met", actual=FuzzyDate.of_day(date(2026, 3, 1)))
    assert [promise_line(each)["over"]["how"] for each in (silent, late, met)] == ["unknown", "late", "late"]
    assert promise_line(told(FuzzyDate.of_year(2026)))["over"] is None
    assert promise_line(told(past, result="met", actual=FuzzyDate.of_day(date(2025, 3, 1))))["over"] is None


def test_the_day_is_drawn_while_a_promise_is_open_and_not_decades_after_it_was_kept():
    kept = told(FuzzyDate.of_year(2001), result="met", actual=FuzzyDate.of_year(2002))
    assert promise_line(kept)["today"] is None
    assert promise_line(told(FuzzyDate.of_year(2001)))["today"] == RIGHT


def test_what_happened_on_no_certain_day_is_a_dot_in_the_middle_of_the_days_it_can_have_been():
    line = promise_line(told(FuzzyDate.of_year(2001), result="met", actual=FuzzyDate.of_year(2002)))
    dot = line["actual"]
    assert dot["x1"] < dot["x"] < dot["x2"]
    assert dot["y"] == line["bars"][0]["middle"]


def test_years_are_named_and_fewer_where_there_are_many():
    few = promise_line(told(FuzzyDate.of_year(2025), on=TODAY))["years"]
    many = promise_line(told(FuzzyDate.of_year(1901), on=TODAY))["years"]
    assert [each["label"] for each in few] == [2025, 2026]
    assert [each["label"] for each in many[:2]] == [1920, 1940]
    assert len(many) <= 8


def test_nothing_is_drawn_where_no_day_is_known():
    assert promise_line(told()) is None
    assert promise_line(told(FuzzyDate(phrase="soon"))) is None


def evidence(supports, day):
    return {"supports": supports, "dated": FuzzyDate.of_day(day).as_document(), "holds_until": None}


def test_a_screen_reader_is_given_the_line_as_its_sentence():
    shown = Template("{% load promises %}{% promise_line told 'small' %}").render(
        Context({"told": told(FuzzyDate.of_year(2025), FuzzyDate.of_year(2026))})
    )
    assert 'role="img"><title>First promised for 2025, now for 2026; 39 days of that window are left' in shown
