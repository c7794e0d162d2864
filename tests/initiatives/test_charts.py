"""Charts as geometry: inside their box, in order, gaps as gaps, and the same in their table."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from initiatives.charts.files import render_chart_csv
from initiatives.charts.label_layout import LabelLayout
from initiatives.charts.money import draw_money_chart
from initiatives.charts.outcome import draw_outcome_chart
from initiatives.charts.primitives import (
    NARROW,
    WIDE,
    BoxMark,
    DotMark,
    LinearScale,
    PathMark,
    choose_round_ticks,
    choose_year_ticks,
    estimate_text_width,
    hatch_box,
    wrap_text,
)
from initiatives.charts.vintages import draw_vintages_chart
from initiatives.presenters.figures import group_by_measure, group_vintages
from initiatives.vocabulary import PayerValue
from record.dates import FuzzyDate
from tests.svg_helpers import inside, of_kind, said

TODAY = date(2026, 11, 22)
WIDTHS = st.sampled_from([NARROW, 480, WIDE])
VALUES = st.one_of(st.integers(-(10**13), 10**13), st.floats(-1e9, 1e9, allow_nan=False))
DAYS = st.dates(date(1990, 1, 1), date(2050, 12, 31))


def observed(value, day, **more):
    return {
        "observed": day and FuzzyDate.from_day(day).to_document(),
        "value": value,
        "qualifier": "exactly",
        "status": "final",
        "method_break": False,
        "citations": [],
    } | more


def aimed(value, due=None, kind="reference"):
    day = due and due.isoformat()
    return {"kind": kind, "value": value, "due_on": day, "set_by": "Secretary", "words": "", "citations": []}


def indicator(observations=(), targets=(), baseline=None, unit="projects"):
    return {
        "content_id": "7f1d6f0e-0000-4000-8000-000000000001",
        "title": {"en": "Projects"},
        "unit": unit,
        "aggregation": "last",
        "baseline": baseline,
        "targets": list(targets),
        "observations": list(observations),
        "citations": [],
    }


def figure(year, vintage, amount, **more):
    return {
        "title": {"en": "consolidated balance"},
        "fiscal_year": year,
        "vintage": vintage,
        "amount_hkd": amount,
        "amount_low_hkd": None,
        "amount_high_hkd": None,
        "count": None,
        "qualifier": "exactly",
        "after_bonds": None,
        "as_at": None,
        "published_on": None,
        "announcement": None,
        "citations": [],
    } | more


def chart_of(*figures, own=""):
    [measure] = group_by_measure(group_vintages(list(figures)))
    return draw_vintages_chart(measure, "en", own=own, params={"of": measure["key"]})


@given(VALUES, VALUES, st.integers(2, 8))
def test_ticks_are_round_and_hold_the_values(one, other, most):
    low, high = sorted((one, other))
    ticks = choose_round_ticks(low, high, most)
    assert ticks == sorted(set(ticks))
    assert ticks[0] <= low + 1e-6 * abs(low)
    assert ticks[-1] >= high - 1e-6 * abs(high)
    assert 2 <= len(ticks) <= 2 * most + 2


@given(st.integers(1950, 2060), st.integers(0, 150), st.integers(2, 9))
def test_years_stand_at_even_steps_and_are_not_too_many(first, more, most):
    years = choose_year_ticks(first, first + more, most)
    assert 1 <= len(years) <= most + 1
    assert len({b - a for a, b in pairwise(years)}) <= 1


@given(VALUES, VALUES, VALUES)
def test_a_scale_keeps_the_order_of_values(low, high, value):
    low, high = sorted((low, high))
    value = min(max(value, low), high)
    place = LinearScale(low, high, 40, 300)
    assert 40 <= place(low) <= place(value) <= place(high) <= 300


@given(st.integers(1, 300), st.integers(1, 40))
def test_a_texture_stays_in_its_box(width, height):
    path = hatch_box(BoxMark(10, 20, width, height, "revised"), "lines")
    assert all(10 <= x <= 10 + width and 20 <= y <= 20 + height for x, y in path.points())


@pytest.mark.parametrize(
    "words", ["A sentence of several words, and a longwordthatfitsnowhere", "承諾於二零二六年完成，現時未知。"]
)
def test_lines_lose_no_letter_and_no_line_begins_with_a_full_stop(words):
    lines = wrap_text(words, 80)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert len(lines) > 2
    assert not any(line[0] in "。，" for line in lines)
    assert all(estimate_text_width(line) <= 92 or " " not in line for line in lines)


def test_a_label_that_would_cover_another_goes_elsewhere_and_at_last_nowhere():
    room = LabelLayout(0, 0, 60, 60)
    first, *others = [room.place_label(30, 30, "12", "words") for _ in range(5)]
    assert first.y < 30
    places = [(label.x, label.y) for label in (first, *others) if label]
    assert len(set(places)) == len(places)
    assert others[-1] is None


SEEN = st.lists(
    st.builds(
        observed,
        st.one_of(st.none(), st.floats(-1e6, 1e6, allow_nan=False)),
        st.one_of(st.none(), DAYS),
        status=st.sampled_from(["provisional", "final", "revised"]),
        method_break=st.booleans(),
    ),
    max_size=12,
)
AIMS = st.lists(
    st.builds(
        aimed,
        st.one_of(st.none(), st.floats(-1e6, 1e6, allow_nan=False)),
        st.one_of(st.none(), DAYS),
        st.sampled_from(["kpi", "reference"]),
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(SEEN, AIMS, WIDTHS, st.sampled_from(["projects", "percent", "HKD million", "rank (1 is best)"]))
def test_an_outcome_is_drawn_within_its_box_whatever_was_observed(seen, aims, width, unit):
    chart = draw_outcome_chart(indicator(seen, aims, unit=unit), "en", on=TODAY)
    if chart:
        drawing = chart.draw(width)
        assert inside(drawing)
        drawn = [each for each in seen if each["value"] is not None and each["observed"]]
        assert len(of_kind(drawing, "dot", "dot-provisional")) == len(drawn)
        numeric = [each for each in aims if each["value"] is not None]
        marks = of_kind(drawing, "target-kpi", "target-reference", "level-kpi", "level-reference")
        assert len([mark for mark in marks if isinstance(mark, PathMark)]) == len(numeric)


def test_time_runs_to_the_right_and_more_stands_higher():
    days = [(1, date(2020, 12, 31)), (3, date(2022, 12, 31)), (2, date(2024, 12, 31))]
    drawing = draw_outcome_chart(indicator([observed(value, day) for value, day in days]), "en", on=TODAY).draw(NARROW)
    dots = [mark for mark in drawing.marks if isinstance(mark, DotMark)]
    assert [dot.x for dot in dots] == sorted(dot.x for dot in dots)
    assert sorted(dots, key=lambda dot: -dot.y) == [dots[0], dots[2], dots[1]]


def test_a_place_in_a_ranking_stands_higher_the_nearer_to_the_first():
    seen = [observed(5, date(2020, 12, 31)), observed(1, date(2022, 12, 31))]
    drawing = draw_outcome_chart(indicator(seen, unit="rank (1 is best)"), "en", on=TODAY).draw(NARROW)
    fifth, first = (mark for mark in drawing.marks if isinstance(mark, DotMark))
    assert first.y < fifth.y


@pytest.mark.parametrize(
    ("middle", "lines"),
    [({}, 2), ({"value": None}, 0), ({"method_break": True}, 1)],
    ids=["joined", "a gap", "another method"],
)
def test_a_line_runs_through_no_gap_and_no_change_of_method(middle, lines):
    days = [date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)]
    seen = [observed(at, day) for at, day in enumerate(days)]
    seen[1] |= middle
    drawing = draw_outcome_chart(indicator(seen), "en", on=TODAY).draw(NARROW)
    assert len(of_kind(drawing, "course")) == lines
    assert len(of_kind(drawing, "break")) == ("method_break" in middle)


def test_provisional_numbers_and_the_kinds_of_targets_look_different():
    seen = [observed(1, date(2020, 1, 1)), observed(2, date(2021, 1, 1), status="provisional")]
    aims = [aimed(5, date(2025, 1, 1), "kpi"), aimed(6, date(2025, 1, 1)), aimed(7)]
    drawing = draw_outcome_chart(indicator(seen, aims), "en", on=TODAY).draw(NARROW)
    kinds = ("dot", "dot-provisional", "target-kpi", "target-reference", "level-reference")
    assert [len(of_kind(drawing, kind)) for kind in kinds] == [1, 1, 1, 1, 1]
    assert {"A 5", "B 6", "C 7, no date"} <= set(said(drawing))


@pytest.mark.parametrize(
    ("seen", "aims", "drawn"),
    [
        ([], [], False),
        ([observed(1, date(2020, 1, 1))], [], False),
        ([observed(1, date(2020, 1, 1))], [aimed(2)], True),
        ([], [aimed(1), aimed(2)], False),
        ([], [aimed(1, date(2025, 1, 1)), aimed(2)], True),
    ],
)
def test_a_drawing_needs_two_numbers_and_a_day(seen, aims, drawn):
    assert bool(draw_outcome_chart(indicator(seen, aims), "en", on=TODAY)) is drawn


@pytest.mark.parametrize(
    ("aims", "words"),
    [
        ([aimed(10, date(2027, 1, 1))], "3 when last counted (1 January 2026); the target is 10 by 1 January 2027"),
        ([aimed(10, date(2025, 1, 1))], "3 when last counted (1 January 2026); the target was 10 by 1 January 2025"),
        ([aimed(10)], "3 when last counted (1 January 2026); the target is 10, without a date"),
        ([aimed(None)], "3 when last counted (1 January 2026); no target in numbers was set"),
    ],
)
def test_an_outcomes_title_says_the_last_number_and_the_target_that_counts(aims, words):
    seen = [observed(1, date(2024, 1, 1)), observed(3, date(2026, 1, 1))]
    assert draw_outcome_chart(indicator(seen, aims), "en", on=TODAY).title == words


@pytest.mark.parametrize(
    ("aggregation", "words"), [("last", "4"), ("sum", "about 10 in all"), ("mean", "about 5 on average")]
)
def test_an_outcomes_title_adds_up_what_its_status_adds_up(aggregation, words):
    seen = [observed(6, date(2024, 1, 1), qualifier="about"), observed(4, date(2025, 1, 1))]
    document = indicator(seen, [aimed(10, date(2027, 1, 1))]) | {"aggregation": aggregation}
    assert draw_outcome_chart(document, "en", on=TODAY).title.startswith(f"{words} when last counted (1 January 2025);")


def test_an_outcomes_title_tells_the_kpi_before_a_reference_of_the_same_day():
    aims = [aimed(10, date(2027, 1, 1), "kpi"), aimed(20, date(2027, 1, 1))]
    assert (
        "the target is 10 by"
        in draw_outcome_chart(indicator([observed(1, date(2024, 1, 1))], aims), "en", on=TODAY).title
    )


def test_an_outcomes_title_tells_the_revised_number_and_none_of_a_day_to_come():
    seen = [observed(3, date(2024, 1, 1), status="revised"), observed(9, date(2024, 1, 1), status="provisional")]
    seen.append(observed(50, date(2026, 12, 31)))
    assert draw_outcome_chart(indicator(seen), "en", on=TODAY).title.startswith("3 when last counted")


AMOUNTS = st.integers(-(10**12), 10**12)
FIGURES = st.lists(
    st.builds(
        figure,
        st.sampled_from(["2023-24", "2024-25", "2025-26"]),
        st.sampled_from(["original", "revised", "provisional", "year_to_date", "actual"]),
        st.one_of(st.none(), AMOUNTS),
        count=st.one_of(st.none(), st.floats(0, 1e6, allow_nan=False)),
        after_bonds=st.sampled_from([None, True, False]),
        qualifier=st.sampled_from(["exactly", "about", "up_to"]),
    ),
    min_size=1,
    max_size=9,
)


@settings(max_examples=60, deadline=None)
@given(FIGURES, WIDTHS)
def test_vintages_are_drawn_within_their_box(figures, width):
    chart = chart_of(*figures)
    if chart:
        assert inside(chart.draw(width))


DEFICIT = [
    figure("2024-25", "original", -48_100_000_000),
    figure("2024-25", "revised", -87_200_000_000),
    figure("2024-25", "provisional", -80_300_000_000),
]


def test_one_years_deficit_is_told_as_estimated_as_revised_and_as_it_came_out():
    chart = chart_of(*DEFICIT)
    assert chart.title == "2024-25: −HK$48.1 billion as first estimated, −HK$80.3 billion as it provisionally came out"
    assert chart.unit == "HK$ billion"
    drawing = chart.draw(NARROW)
    assert [word for word in said(drawing) if word.startswith("−")] == ["−48.1", "−87.2", "−80.3"]
    bars = of_kind(drawing, "original", "revised", "provisional")
    assert [bar.kind for bar in bars] == ["original", "revised", "provisional"]
    assert bars[0].width < bars[2].width < bars[1].width
    assert len({bar.x + bar.width for bar in bars}) == 1  # all end at zero, on their right


def test_a_deficit_and_a_surplus_lie_on_both_sides_of_zero():
    drawing = chart_of(figure("2025-26", "original", -67), figure("2025-26", "actual", 29)).draw(NARROW)
    [below], [above] = of_kind(drawing, "original"), of_kind(drawing, "actual")
    assert below.x + below.width == above.x


LATER = ("original", "revised")


def test_many_years_are_told_by_how_often_it_was_lower():
    later = [figure(f"20{y}-{y + 1}", "revised", amount) for y, amount in ((21, -3), (22, -4), (23, 9))]
    first = [figure(f"20{y}-{y + 1}", "original", -1) for y in (21, 22, 23)]
    assert chart_of(*first, *later).title == (
        "Later numbers were below the first estimate in 2 of 3 years, above it in 1"
    )


def test_a_year_told_before_and_after_bonds_is_counted_once():
    after = [figure(f"20{y}-{y + 1}", vintage, -1, after_bonds=True) for y in (21, 22, 23) for vintage in LATER]
    before = [
        figure("2022-23", vintage, amount, after_bonds=False) for vintage, amount in zip(LATER, (-1, -9), strict=True)
    ]
    assert chart_of(*after, *before).title.startswith("Later numbers were below the first estimate in 0 of 3 years")


def test_measures_of_the_same_words_have_addresses_of_their_own():
    names = ("Revenue net", "Revenue (net)", "Revenue: net", "revenue (NET)")
    keys = [
        each["key"]
        for each in group_by_measure(
            group_vintages([figure("2024-25", "actual", 1, title={"en": name}) for name in names])
        )
    ]
    assert keys[0] == "revenue-net"
    assert len(set(keys)) == len(keys) == 3


def test_on_an_announcements_page_the_year_it_first_estimated_is_told():
    here = {"announcement": {"content_id": "here", "title": {"en": "Budget"}}}
    figures = [
        figure("2023-24", "original", -54),
        figure("2023-24", "revised", -101),
        figure("2024-25", "original", -48, **here),
        figure("2024-25", "actual", -80),
    ]
    assert chart_of(*figures).title.startswith("2023-24: ")
    assert chart_of(*figures, own="here").title == "2024-25: −HK$48 as first estimated, −HK$80 as it came out"


def test_a_part_of_a_year_is_no_later_word_on_the_whole():
    chart = chart_of(figure("2025-26", "original", -67), figure("2025-26", "year_to_date", 43))
    assert chart.title == "2025-26"


def test_a_range_is_drawn_from_end_to_end_and_said_whole():
    wide = figure("2025-26", "original", None, amount_low_hkd=150 * 10**9, amount_high_hkd=195 * 10**9)
    drawing = chart_of(wide, figure("2024-25", "original", 120 * 10**9)).draw(NARROW)
    [low], [reach] = [bar for bar in of_kind(drawing, "original") if bar.y > 40], of_kind(drawing, "range")
    assert reach.x == pytest.approx(low.x + low.width, abs=0.2)
    assert "150–195" in said(drawing)


def test_years_that_count_bonds_otherwise_are_set_apart():
    drawing = chart_of(figure("2023-24", "original", -5), figure("2024-25", "original", -6, after_bonds=True)).draw(
        NARROW
    )
    assert len(of_kind(drawing, "break")) == 1
    assert "2024-25 · after bonds" in said(drawing)


def test_one_number_alone_is_no_chart():
    assert chart_of(DEFICIT[0]) is None


def test_a_spreadsheet_gets_raw_values_knows_the_letters_and_runs_no_formula():
    figures = [
        DEFICIT[0] | {"announcement": {"content_id": "1", "title": {"en": "=HYPERLINK(1)", "zh-hant": "預算案"}}},
        DEFICIT[1] | {"as_at": "2025-03-31"},
    ]
    rows = render_chart_csv(chart_of(*figures))
    assert rows.startswith("\ufeffmeasure,")
    assert "consolidated balance,2024-25,original,-48100000000,,,,exactly,,,,'=HYPERLINK(1)\r\n" in rows
    assert ",2025-03-31," in rows


@pytest.mark.parametrize("name", ["Projects & <programmes>", "計劃"])
def test_what_is_drawn_is_the_same_in_words(name):
    seen = [observed(1, date(2024, 1, 1)), observed(3, date(2026, 1, 1))]
    chart = draw_outcome_chart(indicator(seen, [aimed(10, date(2027, 1, 1))]) | {"title": {"en": name}}, "en", on=TODAY)
    assert chart.subject == name
    assert chart.description == "Observed: 1 (1 January 2024), 3 (1 January 2026). Targets: A 10 (by 1 January 2027)."


def sums(stage, total, payer="public"):
    row = {"document": {"citations": []}, "counts": True}
    known = {"stage": stage, "payer": payer, "total": total, "qualifier": "exactly"}
    return known | {"counted": 1, "rows": [row]}


STAGES = st.dictionaries(
    st.tuples(
        st.sampled_from(["estimate", "earmarked", "appropriated", "spent", "pledged"]), st.sampled_from(PayerValue)
    ),
    st.one_of(st.none(), AMOUNTS),
    max_size=6,
)


@settings(deadline=None)
@given(STAGES, WIDTHS)
def test_money_is_drawn_within_its_box_a_bar_a_stage(found, width):
    chart = draw_money_chart([sums(stage, total, payer) for (stage, payer), total in found.items()], params={})
    if chart:
        drawing = chart.draw(width)
        assert inside(drawing)
        bars = [mark for mark in drawing.marks if isinstance(mark, BoxMark)]
        assert len(bars) == sum(total is not None for total in found.values())


def test_money_that_nobody_reported_spent_is_told_and_not_drawn():
    chart = draw_money_chart([sums("earmarked", 10**9)], params={})
    drawing = chart.draw(NARROW)
    assert {"none recorded", "no spending reported"} <= set(said(drawing))
    assert ["spent", "public", None, 0, 0] in chart.rows
