"""The promise line: what stands where on one time axis."""

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from initiatives.presenters.timeline_geometry import LEFT, RIGHT, build_promise_line
from record.dates import FuzzyDate
from tests.initiatives.narrative_helpers import TODAY, told

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
LENGTHS = st.integers(0, 40_000)
SIZES = st.sampled_from(["large", "small"])


@pytest.fixture(autouse=True)
def in_english():
    """Whatever language a page of an earlier test left behind."""
    with translation.override("en"):
        yield


@st.composite
def windows(draw, known=True):
    first = draw(DAYS)
    last = first + timedelta(days=draw(LENGTHS))
    ends = [(first, last), (None, last), (first, None), (first, first)] + ([] if known else [(None, None)])
    earliest, latest = draw(st.sampled_from(ends))
    return FuzzyDate(earliest, latest, at_the_earliest=draw(st.booleans()))


@st.composite
def stories(draw):
    result = draw(st.sampled_from(["scheduled", "met", "partially_met", "not_met", "withdrawn", "superseded"]))
    promised = draw(st.lists(windows(known=False), max_size=30))
    actual = draw(st.none() | windows()) if result in ("met", "partially_met") else None
    return told(*promised, on=draw(DAYS), result=result, actual=actual)


def numbers(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key != "label":
                yield from numbers(value)
    elif isinstance(node, list):
        for each in node:
            yield from numbers(each)
    elif isinstance(node, int | float):
        yield node


@given(stories(), SIZES)
def test_everything_lies_within_the_drawing(story, size):
    line = build_promise_line(story, size=size)
    if line is None:
        assert not any(each["dated"] for each in story["statements"])
        return
    assert all(math.isfinite(each) for each in numbers(line))
    across = [line["today"] if line["today"] is not None else LEFT]
    across += [x for bar in line["bars"] for x in (bar["x"], bar["x"] + bar["width"])]
    across += [each[x] for each in [*line["steps"], *line["arrows"]] for x in ("x1", "x2")]
    across += [each[x] for each in (line["over"], line["actual"]) if each for x in ("x1", "x2")]
    across += [year["x"] for year in line["years"]]
    assert round(min(across), 2) >= LEFT
    assert round(max(across), 2) <= RIGHT
    down = [y for bar in line["bars"] for y in (bar["y"], bar["y"] + bar["height"])]
    assert all(0 <= y <= line["axis"] < line["height"] for y in down)


@given(stories(), SIZES)
def test_promises_stand_in_the_order_in_which_they_were_made_and_each_can_be_seen(story, size):
    line = build_promise_line(story, size=size) or {"bars": []}
    middles = [bar["middle"] for bar in line["bars"]]
    assert middles == sorted(set(middles))
    assert [bar["kind"] for bar in line["bars"][-1:]] == ["now"] * bool(middles)
    assert [bar["kind"] for bar in line["bars"][:1]] == ["first" if len(middles) > 1 else "now"] * bool(middles)
    assert all(bar["width"] >= 1 for bar in line["bars"])


@given(windows(), windows())
def test_what_ends_later_ends_further_right(one, other):
    bars = build_promise_line(told(one, other))["bars"]
    ends = sorted(
        (each.latest or each.earliest, bar["x"] + bar["width"]) for each, bar in zip((one, other), bars, strict=False)
    )
    places = [x for _day, x in ends]
    assert places[0] <= places[-1] + 1  # the width of the shortest window


def test_each_move_is_a_step_from_the_end_of_one_promise_to_the_end_of_the_next():
    line = build_promise_line(
        told(FuzzyDate.from_year(2024), FuzzyDate.from_year(2027), FuzzyDate.from_month(2027, 12))
    )
    first, between, now = line["bars"]
    across, down, narrower = line["steps"]
    assert (first["kind"], between["kind"], now["kind"]) == ("first", "between", "now")
    assert across["x1"] == pytest.approx(first["x"] + first["width"], abs=0.02)
    assert (across["y1"], across["y2"], down["y2"]) == (first["middle"], first["middle"], between["middle"])
    assert (down["x1"], down["x2"]) == (across["x2"], across["x2"])
    assert narrower["x1"] == narrower["x2"] == across["x2"]


def test_a_promise_that_never_moved_is_one_solid_bar():
    line = build_promise_line(told(FuzzyDate.from_year(2027)))
    assert ([bar["kind"] for bar in line["bars"]], line["steps"]) == (["now"], [])


def test_what_is_only_said_again_is_no_step():
    line = build_promise_line(told(FuzzyDate.from_year(2025), FuzzyDate.from_year(2027), FuzzyDate.from_year(2027)))
    assert [bar["kind"] for bar in line["bars"]] == ["first", "now"]


def test_an_open_end_runs_on_that_of_the_current_promise_to_the_end_of_the_line():
    early = replace(FuzzyDate.from_year(2026), at_the_earliest=True)
    line = build_promise_line(told(early, replace(FuzzyDate.from_year(2027), at_the_earliest=True)))
    first, now = line["arrows"]
    assert first["x2"] - first["x1"] == pytest.approx(6)
    assert (now["x1"] < now["x2"], now["x2"]) == (True, RIGHT)
    assert build_promise_line(told(FuzzyDate.from_year(2027)))["arrows"] == []


def test_only_what_is_said_to_be_late_is_drawn_late_and_silence_is_drawn_as_silence():
    past = FuzzyDate.from_year(2025)
    silent = told(past)
    late = told(past, evidence=[evidence("not_met", date(2026, 2, 1))])
    met = told(past, result="met", actual=FuzzyDate.from_day(date(2026, 3, 1)))
    assert [build_promise_line(each)["over"]["how"] for each in (silent, late, met)] == ["unknown", "late", "late"]
    assert build_promise_line(told(FuzzyDate.from_year(2026)))["over"] is None
    assert build_promise_line(told(past, result="met", actual=FuzzyDate.from_day(date(2025, 3, 1))))["over"] is None


def test_a_promise_that_was_not_kept_ends_in_a_cross():
    line = build_promise_line(told(FuzzyDate.from_year(2020), result="not_met"))
    assert (line["missed"]["x"], line["missed"]["y"]) == (RIGHT, line["bars"][0]["middle"])
    assert build_promise_line(told(FuzzyDate.from_year(2020), result="withdrawn"))["missed"] is None


def test_the_day_is_drawn_while_a_promise_is_open_and_not_once_it_is_settled():
    kept = told(FuzzyDate.from_year(2001), result="met", actual=FuzzyDate.from_year(2002))
    assert build_promise_line(kept)["today"] is None
    assert build_promise_line(told(FuzzyDate.from_year(2001)))["today"] == RIGHT


def test_what_happened_on_no_certain_day_is_a_dot_in_the_middle_of_the_days_it_can_have_been():
    line = build_promise_line(told(FuzzyDate.from_year(2001), result="met", actual=FuzzyDate.from_year(2002)))
    dot = line["actual"]
    assert dot["x1"] < dot["x"] < dot["x2"]
    assert dot["y"] == line["bars"][0]["middle"]


def test_years_are_named_and_fewer_where_there_are_many():
    few = build_promise_line(told(FuzzyDate.from_year(2025), on=TODAY))["years"]
    many = build_promise_line(told(FuzzyDate.from_year(1901), on=TODAY))["years"]
    assert [each["label"] for each in few] == [2025, 2026]
    assert [each["label"] for each in many[:2]] == [1920, 1940]
    assert len(many) <= 8


def test_nothing_is_drawn_where_no_day_is_known():
    assert build_promise_line(told()) is None
    assert build_promise_line(told(FuzzyDate(phrase="soon"))) is None


def evidence(supports, day):
    return {"supports": supports, "dated": FuzzyDate.from_day(day).to_document(), "holds_until": None}


def test_a_screen_reader_is_given_the_line_as_its_sentence():
    shown = Template("{% load initiatives %}{% promise_line told 'small' %}").render(
        Context({"told": told(FuzzyDate.from_year(2025), FuzzyDate.from_year(2026))})
    )
    assert 'role="img"><title>First promised for 2025, now for 2026; 39 days of that window are left' in shown
