"""How promises were kept: counted by the formulas of `rules.delivery`, and the cases behind each count."""

from collections import Counter
from datetime import date, timedelta
from statistics import median as middle
from uuid import uuid4

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from initiatives.charts.delivery_bars import draw_standing_chart, format_known_share, format_share
from initiatives.charts.lateness import draw_lateness_chart
from initiatives.charts.primitives import NARROW, WIDE, BoxMark
from initiatives.presenters.track_record import TRACK_RECORD_NUMBERS, build_track_record, select_cases
from initiatives.rules.delivery import STANDINGS, PromiseDelivery, Tally, classify_delivery, median_days
from initiatives.rules.schedule import MilestoneCalendar
from tests.svg_helpers import inside, of_kind, said

TODAY = date(2026, 11, 22)
NOTHING = {"body": {}, "area": {}, "announcement": {}}
PAST = {"due_known": True, "due_until": date(2025, 12, 31), "first_until": date(2025, 12, 31)}
MET = {"result": "met", "actual_from": date(2025, 12, 1), "actual_until": date(2025, 12, 1)}


@pytest.fixture(autouse=True, scope="module")
def in_english():
    """Whatever language a page of an earlier test left behind."""
    with translation.override("en"):
        yield


class Row(MilestoneCalendar):
    """A calendar as the columns of an edition give it."""

    def __init__(self, *, root=None, moves=0, **calendar):
        super().__init__(**calendar)
        object.__setattr__(self, "root_content_id", root or uuid4())
        object.__setattr__(self, "moves", moves)


def told(*rows, groups=NOTHING, names=None):
    return build_track_record(rows, groups, names or {}, on=TODAY)


@pytest.mark.parametrize(
    ("row", "standing"),
    [
        (Row(**PAST), "unknown"),
        (Row(**PAST, not_done_on=date(2026, 1, 5)), "overdue"),
        (Row(**PAST, **MET), "on_time"),
        (Row(**PAST, result="met", actual_from=TODAY, actual_until=TODAY), "late"),
        (Row(**PAST, result="met"), "undated"),
        (Row(**PAST, result="met", actual_from=date(2025, 12, 1), actual_until=date(2026, 1, 31)), "undated"),
        (Row(**PAST, result="met", actual_until=date(2025, 12, 31)), "on_time"),
        (Row(due_known=True, result="met", actual_from=TODAY), "on_time"),
        (Row(**PAST, result="not_met"), "missed"),
        (Row(**PAST, result="withdrawn"), "dropped"),
        (Row(due_known=True, due_until=date(2027, 1, 1)), "ahead"),
        (Row(), "undated"),
        (Row(result="met", actual_from=TODAY), "undated"),
    ],
)
def test_every_promise_stands_somewhere_and_unknown_is_neither_late_nor_done(row, standing):
    assert classify_delivery(row, on=TODAY).standing == standing


def test_what_was_met_by_a_moved_date_but_after_the_first_is_late():
    moved = {"due_known": True, "first_until": date(2001, 12, 31), "due_until": date(2002, 4, 30)}
    each = classify_delivery(
        Row(**moved, result="met", actual_from=date(2002, 4, 1), actual_until=date(2002, 4, 30)), on=TODAY
    )
    assert (each.standing, each.days_late_first, each.days_late_current) == ("late", 91, 0)


def test_a_share_is_of_what_is_known_and_unknown_is_in_neither_number():
    overall = told(
        Row(**PAST), Row(**PAST, **MET), Row(**PAST, not_done_on=TODAY), Row(due_known=True, due_until=TODAY), Row()
    )["overall"]
    assert (overall.total, overall.counts["on_time"], overall.known) == (5, 1, 2)


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (3, 7, "3 of 7 (43%)"),
        (3, 4, "3 of 4"),
        (5, 5, "5 of 5 (100%)"),
        (0, 9, "0 of 9 (0%)"),
        (399, 400, "399 of 400 (99%)"),
        (1, 400, "1 of 400 (1%)"),
        (1, 8, "1 of 8 (13%)"),
    ],
)
def test_no_share_without_its_count_and_none_of_fewer_than_five(part, whole, words):
    assert format_share(part, whole) == words


def test_before_anything_is_known_the_record_says_so():
    assert format_known_share(told(Row(**PAST))["overall"]) == "Of no promise yet is it known whether it was kept"


def test_dropped_promises_are_counted_apart():
    overall = told(Row(**PAST, result="superseded", moves=2), Row(**PAST, moves=1))["overall"]
    assert (overall.total, overall.counts["dropped"], overall.moved, overall.moves) == (1, 1, 1, 1)


def test_days_late_are_final_where_it_was_met_and_so_far_where_it_was_not():
    running = Row(due_known=True, first_until=TODAY - timedelta(30), due_until=TODAY + timedelta(30), moves=1)
    overall = told(Row(**PAST, **MET), Row(**PAST, not_done_on=TODAY), running)["overall"]
    assert overall.met_days_late == Counter({0: 1})
    assert overall.open_days_late == Counter({30: 1, (TODAY - date(2025, 12, 31)).days: 1})
    assert (overall.with_first, overall.median_first, overall.moved) == (3, 30, 1)


@given(st.lists(st.integers(0, 3000), max_size=30))
def test_the_median_of_counted_days_is_that_of_the_days(days):
    assert median_days(Counter(days)) == (int(middle(days) + 0.5) if days else None)


def test_a_promise_counts_in_every_area_of_its_initiative_once_in_its_year_and_where_none_is_named():
    one, other = uuid4(), uuid4()
    area, second = ({"slug": name, "title": {"en": name}} for name in ("ai", "land"))
    row = Row(**PAST)
    groups = NOTHING | {"area": {row.root_content_id: (one, other)}}
    record = told(row, Row(), groups=groups, names={one: area, other: second})
    assert [(tally.name, tally.total) for tally in record["area"]] == [(area, 1), (second, 1), (None, 1)]
    assert [(tally.name, tally.total) for tally in record["year"]] == [("2025", 1), (None, 1)]
    assert [(tally.name, tally.total) for tally in record["body"]] == [(None, 2)]


def test_a_first_promise_without_an_end_has_no_year_whatever_year_it_was_moved_to():
    firmed = {"due_known": True, "due_until": date(2027, 12, 31), "moves": 1}
    dated = {
        "known": Row(**PAST, **MET),
        "moved": Row(**firmed),
        "kept": Row(**firmed | {"result": "met"}),
        "none": Row(),
    }
    record = told(*dated.values())
    assert [(tally.name, tally.total) for tally in record["year"]] == [("2025", 1), ("open", 2), (None, 1)]
    chart = draw_standing_chart(record["year"], "en", by="year", params={"of": "year"})
    assert [row[0] for row in chart.rows] == ["2025", "no latest day", "no date"]
    assert chart.title == "In 1 of 1 years all promises of known outcome were kept on time"


ROWS = st.lists(
    st.builds(
        Row,
        result=st.sampled_from(["scheduled", "met", "not_met", "withdrawn"]),
        first_until=st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2028, 1, 1))),
        due_until=st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2028, 1, 1))),
        due_known=st.booleans(),
        actual_from=st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2028, 1, 1))),
        actual_until=st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2028, 1, 1))),
        not_done_on=st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2026, 11, 22))),
        moves=st.integers(0, 3),
    ),
    max_size=12,
)


@given(ROWS)
def test_the_cases_behind_a_number_are_as_many_as_the_number(rows):
    record = told(*rows)
    tallies = [("", None, record["overall"])]
    tallies += [
        ("year", int(each.name) if each.name not in ("open", None) else each.name, each) for each in record["year"]
    ]
    for by, key, tally in tallies:
        behind = {
            which: len(list(select_cases(rows, NOTHING, by=by, key=key, which=which, on=TODAY)))
            for which in TRACK_RECORD_NUMBERS
        }
        numbers = {each: tally.counts[each] for each in (*STANDINGS, "dropped")}
        numbers |= {"all": tally.total, "known": tally.known, "moved": tally.moved, "slipped": tally.with_first}
        assert behind == numbers


@given(ROWS, st.sampled_from([NARROW, WIDE, 500]))
def test_the_bars_are_within_their_box_and_none_is_left_out(rows, width):
    record = told(*rows)
    chart = draw_standing_chart(record["year"], "en", by="year", params={"of": "year"})
    if chart:
        drawing = chart.draw(width)
        assert inside(drawing)
        drawn = {standing: sum(tally.counts[standing] for tally in record["year"][-16:]) for standing in STANDINGS}
        boxes = [mark for mark in drawing.marks if isinstance(mark, BoxMark)]
        for standing in STANDINGS:
            sample, *parts = of_kind(drawing, f"is-{standing}") or [None]
            assert bool(parts) == bool(drawn[standing])
            assert sample is None or sample in boxes


LATE = st.dictionaries(st.integers(0, 9000), st.integers(1, 40), max_size=8)


@given(LATE, LATE)
def test_days_late_are_drawn_within_their_box(met, running):
    tally = Tally(met_days_late=Counter(met), open_days_late=Counter(running))
    chart = draw_lateness_chart(tally, params={})
    if chart:
        assert inside(chart.draw(NARROW))
        assert sum(row[1] + row[2] for row in chart.rows) == tally.with_first


def test_each_promise_is_a_dot_while_there_are_few_and_what_is_not_met_is_hollow():
    tally = Tally(met_days_late=Counter({0: 2, 90: 1}), open_days_late=Counter({400: 1}))
    drawing = draw_lateness_chart(tally, params={}).draw(NARROW)
    assert (len(of_kind(drawing, "dot")), len(of_kind(drawing, "dot-running"))) == (3, 1)
    assert "median 45, n = 4" in said(drawing)


def test_standings_differ_by_more_than_their_colour():
    tally = Tally(name="2025")
    for standing in STANDINGS:
        tally.add(PromiseDelivery(standing, None, None, 0))
    drawing = draw_standing_chart([tally], "en", by="year", params={}).draw(NARROW)
    assert [len(of_kind(drawing, f"lines-{each}")) for each in ("on_time", "late", "missed", "overdue")] == [0, 2, 2, 2]
    assert {"kept on time", "kept late", "past its date, unknown"} <= set(said(drawing))
