"""An indicator over time: what was observed, against every target ever set."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from record import formatting
from record.dates import FuzzyDate
from record.languages import localize

from ..choices import ObservationStatus, TargetKind
from ..rules.outcomes import FINALITY
from .chart import Chart, join_list, join_sentences, list_publishers
from .label_layout import LabelLayout
from .outcome_headline import ChartObservation, ChartTarget, build_outcome_headline, find_middle_day
from .primitives import (
    FONT_SIZE,
    BoxMark,
    DotMark,
    Drawing,
    LinearScale,
    TextMark,
    choose_round_ticks,
    choose_year_ticks,
    draw_diamond,
    draw_line,
    estimate_text_width,
)
from .units import Unit, build_unit

TALL, FOOT, HEAD, SIDE, R = 214, 22, 22, 10, 4.5
TARGET_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def draw_outcome_chart(document: dict, language: str, *, on: date) -> Chart | None:
    """Draw the chart, or return None if there are fewer than two numbers to compare."""
    seen, gaps, aims, start = (
        _read_observations(document),
        _find_gaps(document),
        _read_targets(document),
        _read_baseline(document),
    )
    if len(seen) + len(aims) + bool(start) < 2 or not (seen or start or any(aim.day for aim in aims)):
        return None
    unit = build_unit(document["unit"], _collect_values(seen, aims, start))
    return Chart(
        name="outcome",
        params={"of": document["content_id"]},
        title=build_outcome_headline(document, seen, aims, unit, on),
        subject=localize(document["title"], language)[0],
        unit=unit.words,
        description=_describe_series(seen, aims, document["baseline"] if start else None, unit),
        draw=lambda width: _build_drawing(seen, gaps, aims, start, unit, width),
        columns=[_("what"), _("from"), _("until"), _("number"), _("unit"), _("exactness"), _("status"), _("set by")],
        rows=_build_csv_rows(document),
        sources=list_publishers([document, *document["targets"], *document["observations"]]),
    )


def letter_targets(targets: list[dict]) -> list[tuple[str, dict]]:
    """Return [(letter in the drawing, target)]; the letter is "" if the target has no number and is in no drawing."""
    numeric = [each for each in targets if each["value"] is not None]
    letters = {id(each): TARGET_LETTERS[at % 26] * (at // 26 + 1) for at, each in enumerate(numeric)}
    return [(letters.get(id(each), ""), each) for each in targets]


def _last_day(fuzzy: dict | None) -> date | None:
    return FuzzyDate.from_document(fuzzy).latest


def _read_observations(document: dict) -> list[ChartObservation]:
    days = [(_last_day(each["observed"]), each) for each in document["observations"]]
    found = [ChartObservation(day, each["value"], each) for day, each in days if day and each["value"] is not None]
    return sorted(found, key=lambda each: (each.day, FINALITY[each.state]))


def _find_gaps(document: dict) -> list[date]:
    """Return the days observed without a number, where the line stops."""
    days = [_last_day(each["observed"]) for each in document["observations"] if each["value"] is None]
    return [day for day in days if day]


def _read_targets(document: dict) -> list[ChartTarget]:
    return [
        ChartTarget(letter, each["value"], date.fromisoformat(each["due_on"]) if each["due_on"] else None, each)
        for letter, each in letter_targets(document["targets"])
        if letter
    ]


def _read_baseline(document: dict) -> tuple[date, float] | None:
    baseline = document["baseline"]
    known = bool(baseline) and bool(_last_day(baseline["date"])) and baseline["value"] is not None
    return (find_middle_day(baseline["date"]), baseline["value"]) if known else None


def _collect_values(
    seen: list[ChartObservation], aims: list[ChartTarget], start: tuple[date, float] | None
) -> list[float]:
    return [each.value for each in (*seen, *aims)] + ([start[1]] if start else [])


def _describe_series(seen: list[ChartObservation], aims: list[ChartTarget], baseline: dict | None, unit: Unit) -> str:
    began = [_format_dated(unit.format_long(baseline["value"]), baseline["date"])] if baseline else []
    observed = [
        _format_dated(unit.format_long(each.value, each.document["qualifier"]), each.document["observed"])
        for each in seen
    ]
    targets = [f"{aim.letter} {unit.format_long(aim.value)}" + formatting.in_brackets(_format_due(aim)) for aim in aims]
    named = ((_("Baseline"), began), (_("Observed"), observed), (_("Targets"), targets))
    return join_sentences(name + _(": ") + join_list(parts) for name, parts in named if parts)


def _format_dated(value: str, fuzzy: dict) -> str:
    return value + formatting.in_brackets(formatting.format_fuzzy_date(FuzzyDate.from_document(fuzzy)))


def _format_due(aim: ChartTarget) -> str:
    return _("by %(day)s") % {"day": formatting.format_day(aim.day)} if aim.day else _("no date")


def _build_csv_rows(document: dict) -> list[list]:
    def days(fuzzy):
        known = FuzzyDate.from_document(fuzzy)
        return [day.isoformat() if day else "" for day in (known.earliest, known.latest)]

    unit, baseline = document["unit"], document["baseline"]
    rows = [["baseline", *days(baseline["date"]), baseline["value"], unit, "", "", ""]] if baseline else []
    for each in document["targets"]:
        rows.append(["target", "", each["due_on"] or "", each["value"], unit, "", each["kind"], each["set_by"]])
    for each in document["observations"]:
        state = each["status"] + (" method_break" if each["method_break"] else "")
        rows.append(["observation", *days(each["observed"]), each["value"], unit, each["qualifier"], state, ""])
    return rows


@dataclass(frozen=True, slots=True)
class PlotArea:
    """The plot area, which maps a day and a number to a point."""

    x_scale: LinearScale
    y_scale: LinearScale
    ticks: list[float]
    years: tuple[int, int]

    def point(self, day: date, value: float) -> tuple[float, float]:
        return self.x_scale(day.toordinal()), self.y_scale(value)


def _build_plot_area(seen, gaps, aims, start, unit: Unit, width: int) -> PlotArea:
    values = _collect_values(seen, aims, start)
    ticks = _choose_ticks(min(values), max(values), unit)
    days = [each.day for each in seen] + gaps + [aim.day for aim in aims if aim.day] + ([start[0]] if start else [])
    first, last = min(days).year, max(days).year
    gutter = max(estimate_text_width(unit.format_short(tick)) for tick in ticks) + 6
    ends = date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()
    across = LinearScale(*ends, gutter + SIDE, width - SIDE)
    ends = (HEAD, TALL - FOOT) if unit.rank else (TALL - FOOT, HEAD)
    return PlotArea(across, LinearScale(ticks[0], ticks[-1], *ends), ticks, (first, last))


def _choose_ticks(low: float, high: float, unit: Unit) -> list[float]:
    """Choose ticks from zero, unless all numbers are far from it.

    Places in a ranking begin with the first, which stands on top.
    """
    if unit.rank:
        whole = [tick for tick in choose_round_ticks(1, max(high, 2), most=4) if tick > 1 and tick.is_integer()]
        return [min(1, low), *whole]
    return choose_round_ticks(min(0, low) if low < high * 0.6 or low == high else low, high, most=4)


def _build_drawing(seen, gaps, aims, start, unit: Unit, width: int) -> Drawing:
    place = _build_plot_area(seen, gaps, aims, start, unit, width)
    room = LabelLayout(0, 0, width, TALL - FOOT)
    marks = [
        *_draw_axes(place, unit, width),
        *_draw_undated_targets(place, aims, unit, width, room),
        *_draw_breaks(place, seen, room),
    ]
    marks += _draw_course(place, seen, gaps)
    dots = [_draw_dot(place, each) for each in seen]
    goals = [
        draw_diamond(*place.point(aim.day, aim.value), R + 1, f"target-{aim.document['kind']}")
        for aim in aims
        if aim.day
    ]
    begun = [BoxMark(x - 4, y - 4, 8, 8, "baseline") for x, y in [place.point(*start)]] if start else []
    room.occupy(*dots, *goals, *begun)
    labels = _place_labels(place, seen, aims, start, unit, room)
    return Drawing(width, TALL, [*marks, *begun, *goals, *dots, *labels])


def _draw_axes(place: PlotArea, unit: Unit, width: int) -> list:
    marks: list = []
    left = place.x_scale.start - SIDE
    for tick in place.ticks:
        y = place.y_scale(tick)
        marks.append(draw_line(left, y, width, y, "zero" if tick == 0 else "grid"))
        marks.append(TextMark(left - 6, y + FONT_SIZE * 0.35, unit.format_short(tick), "tick", "end"))
    for year in choose_year_ticks(*place.years, most=int((width - left) / 44)):
        x = place.x_scale(date(year, 7, 1).toordinal())
        marks.append(TextMark(min(max(x, 16), width - 16), TALL - 5, str(year), "tick", "middle"))
    return marks


def _draw_undated_targets(place: PlotArea, aims: list[ChartTarget], unit: Unit, width: int, room: LabelLayout) -> list:
    """Draw each target without a date as a level that runs through the whole drawing."""
    marks: list = []
    for aim in aims:
        if aim.day is None:
            left, y = place.x_scale.start - SIDE, place.y_scale(aim.value)
            marks.append(draw_line(left, y, width, y, f"level-{aim.document['kind']}"))
            text = _("%(letter)s %(target)s, no date") % {"letter": aim.letter, "target": unit.format_short(aim.value)}
            label = room.place_label(left, y, text, "target-words", r=-1, order=("above", "below")) or room.place_label(
                width, y, text, "target-words", r=0, order=("left",)
            )
            marks += [label] if label else []
    return marks


def _draw_breaks(place: PlotArea, seen: list[ChartObservation], room: LabelLayout) -> list:
    """Draw where the method changed: numbers on both sides cannot be compared."""
    marks: list = []
    for before, after in pairwise([None, *seen]):
        if after.has_method_break and before:
            x = place.x_scale((before.middle_day.toordinal() + after.middle_day.toordinal()) // 2)
            marks.append(draw_line(x, HEAD, x, TALL - FOOT, "break"))
            label = room.place_label(
                x, TALL - FOOT - 9, _("method changed"), "break-words", r=2, order=("right", "left")
            )
            marks += [label] if label else []
    return marks


def _draw_course(place: PlotArea, seen: list[ChartObservation], gaps: list[date]) -> list:
    """Draw lines from number to number, except where one is missing between them or the method changed."""
    joined = [
        (before, after)
        for before, after in pairwise(seen)
        if not after.has_method_break
        and not any(before.day <= gap <= after.day for gap in gaps)
        and before.day < after.day
    ]
    return [
        draw_line(*place.point(a.middle_day, a.value), *place.point(b.middle_day, b.value), "course") for a, b in joined
    ]


def _draw_dot(place: PlotArea, each: ChartObservation) -> DotMark:
    kind = "dot-provisional" if each.document["status"] == ObservationStatus.PROVISIONAL else "dot"
    return DotMark(*place.point(each.middle_day, each.value), 3.5, kind)


def _place_labels(
    place: PlotArea, seen: list[ChartObservation], aims: list[ChartTarget], start, unit: Unit, room: LabelLayout
) -> list:
    """Place labels while there is room: the last number, then every target, the first number and the baseline."""
    wanted = []
    if seen:
        wanted.append((seen[-1].middle_day, seen[-1].value, _format_short(seen[-1], unit), "strong"))
    for aim in aims:
        if aim.day:
            words = f"{aim.letter} {unit.format_short(aim.value)}"
            kind = "target-strong" if aim.document["kind"] == TargetKind.KPI else "target-words"
            wanted.append((aim.day, aim.value, words, kind))
    if len(seen) > 1:
        wanted.append((seen[0].middle_day, seen[0].value, _format_short(seen[0], unit), "words"))
    if start and start not in [(each.middle_day, each.value) for each in seen]:
        wanted.append((*start, unit.format_short(start[1]), "words"))
    found = [room.place_label(*place.point(day, value), words, kind, r=R + 1) for day, value, words, kind in wanted]
    return [label for label in found if label]


def _format_short(each: ChartObservation, unit: Unit) -> str:
    return unit.format_short(each.value, each.document["qualifier"])
