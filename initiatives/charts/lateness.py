"""Days late against the first promised date: a dot per promise, or bars if there are many."""

from collections import Counter
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from record.formatting import format_number

from ..rules.delivery import Tally
from .chart import Chart
from .primitives import (
    FONT_SIZE,
    NARROW,
    BoxMark,
    DotMark,
    Drawing,
    LinearScale,
    TextMark,
    choose_round_ticks,
    draw_line,
    estimate_text_width,
    hatch_box,
)

R, FOOT, TOP, SIDE = 4.0, 34, 26, 8
MAX_STACKED_DOTS = 12  # dots in a stack; with more, all stacks become bars


def draw_lateness_chart(tally: Tally, *, params: dict[str, str]) -> Chart | None:
    """Draw the chart, or return None if fewer than two promises have days late.

    Promises not met yet are hollow: their days still grow.
    """
    if tally.with_first < 2:
        return None
    return Chart(
        name="lateness",
        params=params,
        title=_build_title(tally),
        subject=_("Days late against the first date promised"),
        unit=_("days after the end of the first promised window; 0: in time"),
        description=_describe_lateness(tally),
        draw=lambda width: _build_drawing(tally, width),
        columns=[_("days late"), _("met"), _("not met yet")],
        rows=[
            [day, tally.met_days_late[day], tally.open_days_late[day]]
            for day in sorted({*tally.met_days_late, *tally.open_days_late})
        ],
    )


def _build_title(tally: Tally) -> str:
    words = ngettext(
        "Half of %(count)d promises were %(days)s day late or more, so far",
        "Half of %(count)d promises were %(days)s days late or more, so far",
        tally.median_first,
    )
    if tally.median_first == 0:
        words = _("At least half of %(count)d promises were met by the first date")
    return words % {"count": tally.with_first, "days": format_number(tally.median_first)}


def _describe_lateness(tally: Tally) -> str:
    words = _(
        "%(met)d met, %(least)d to %(most)d days late. %(running)d not met yet, up to %(longest)d days late so far."
    )
    met, running = tally.met_days_late or Counter([0]), tally.open_days_late or Counter([0])
    numbers = {"met": tally.met_days_late.total(), "least": min(met), "most": max(met)}
    return words % (numbers | {"running": tally.open_days_late.total(), "longest": max(running)})


def _build_drawing(tally: Tally, width: int) -> Drawing:
    ticks = choose_round_ticks(
        0, max(30, *tally.met_days_late, *tally.open_days_late), most=5 if width <= NARROW else 8
    )
    place = LinearScale(0, ticks[-1], SIDE, width - SIDE)
    step = ticks[-1] / ((width - 2 * SIDE) / (2 * R + 1))  # days as wide as a dot
    bins: dict[int, list[int]] = {}
    for days, counter in (("met", tally.met_days_late), ("running", tally.open_days_late)):
        for day, count in counter.items():
            bins.setdefault(round(day / step), [0, 0])[days == "running"] += count
    highest = max(sum(each) for each in bins.values())
    tall = TOP + min(highest, MAX_STACKED_DOTS) * (2 * R + 1) + 4
    marks = [*_draw_axis(ticks, place, tall, width), *_draw_median(tally, place, tall, width)]
    for at, (met, running) in sorted(bins.items()):
        x = min(place(at * step), width - R)
        marks += _draw_stack(x, met, running, highest, tall)
    return Drawing(width, tall + FOOT, marks)


def _draw_stack(x: float, met: int, running: int, highest: int, tall: float) -> list:
    """Stack dots, the final ones below; if a stack is too high, draw bars as high as their share of the highest."""
    pitch = 2 * R + 1
    if highest <= MAX_STACKED_DOTS:
        kinds = ["dot"] * met + ["dot-running"] * running
        return [DotMark(x, round(tall - 2 - R - at * pitch, 1), R, kind) for at, kind in enumerate(kinds)]
    unit = (tall - TOP) / highest
    lower = BoxMark(x - R, round(tall - met * unit, 1), 2 * R, round(met * unit, 1), "actual")
    upper = BoxMark(x - R, round(tall - (met + running) * unit, 1), 2 * R, round(running * unit, 1), "revised")
    return [lower] * bool(met) + [upper, hatch_box(upper, "revised-lines")] * bool(running)


def _draw_axis(ticks: list[float], place: LinearScale, tall: float, width: int) -> list:
    marks: list = [draw_line(0, tall, width, tall, "zero")]
    for tick in ticks:
        text = f"{tick:,.0f}"
        half = estimate_text_width(text) / 2
        x = min(max(place(tick), half), width - half)
        marks += [
            draw_line(place(tick), tall, place(tick), tall + 4, "zero"),
            TextMark(x, tall + 17, text, "tick", "middle"),
        ]
    return marks


def _draw_median(tally: Tally, place: LinearScale, tall: float, width: int) -> list:
    x = place(tally.median_first)
    text = _("median %(days)s, n = %(count)d") % {"days": format_number(tally.median_first), "count": tally.with_first}
    left = x + 5 + estimate_text_width(text, bold=True) <= width
    words = TextMark(x + 5 if left else x - 5, FONT_SIZE, text, "strong-quiet", "start" if left else "end")
    return [draw_line(x, 4, x, ceil(tall), "median"), words]
