"""The promise line: one time axis with the first promised window, its moves, the current one, the end and the day.

Pure: it turns the result of `present_milestone` into positions. Horizontal ones (x, x1, x2, width) are percentages, so
that a drawing fills any width and its letters keep their size; vertical ones (y, height, …) are pixels. A promise is
one level below the promise it replaced, so that the moves are a flight of steps.

    bars      [{"kind": "first", "between" or "now", "x", "width", "y", "height", "middle"}]: the promised windows; one
              that never moved is "now"
    steps     [{"x1", "x2", "y1", "y2"}]: from each promise's end to the next one's
    arrows    [{"kind", "x1", "x2", "y"}]: ends left open
    over      {"how": "late" or "unknown", "x1", "x2", "y"} or None: from the end of the current window to what happened
              or to the day
    actual    {"x", "x1", "x2", "y"} or None: what happened, as a dot of the radius `dot`
    missed    {"x", "y"} or None: the end of the current window, of a promise that was not kept
    today     x, or None if the promise is settled (settled)
    years     [{"x", "label"}]; close to the right end without a label
    top, axis the ends of vertical rules, in a drawing of `height` pixels
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from record.dates import FuzzyDate

LEFT, RIGHT, ROOM_OF_AN_ARROW = 1.0, 99.0, 6.0
OVERRUN_KINDS = {"overdue": "late", "met_late": "late", "unknown": "unknown"}
SETTLED_SCHEDULES = ("closed", "missed", "met_undated", "met_early", "met_on_time", "met_late")
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True)
class LineSize:
    top: float  # pixels above the first level
    above: float  # of these, the part taken by the rules of the day and of the years
    bar: float  # height of the bars of the first and the current promise
    thin_bar: float  # height of the bars between them
    step: float  # largest distance from one level to the next
    max_depth: float  # largest distance from the first level to the last
    gap: float  # distance from the last bar to the axis
    foot: float  # pixels below the axis
    dot: float  # radius of the dot of what happened
    min_width: float  # width of the shortest window, in per cent
    years: bool  # True if years are shown and named

    @property
    def lowest(self) -> float:
        return self.top + self.bar / 2 + self.max_depth


LINE_SIZES = {
    "large": LineSize(
        top=26, above=6, bar=16, thin_bar=4, step=22, max_depth=72, gap=10, foot=20, dot=7, min_width=1, years=True
    ),
    "small": LineSize(
        top=2, above=2, bar=6, thin_bar=2, step=8, max_depth=8, gap=1, foot=1, dot=4, min_width=2.5, years=False
    ),
}


@dataclass(frozen=True)
class DayScale:
    first: date
    last: date
    right: float

    def x(self, day: date) -> float:
        share = (day - self.first).days / ((self.last - self.first).days or 1)
        return round(LEFT + min(1, max(0, share)) * (self.right - LEFT), 2)


def build_promise_line(told: dict, *, size: str = "large") -> dict | None:
    """Return all positions, see the top of this module, or None if no day is known."""
    proportions = LINE_SIZES[size]
    windows = _promised_windows(told["statements"])
    actual = FuzzyDate.from_document(told["document"]["actual"])
    if not (windows or actual.is_known()):
        return None
    settled = told["schedule"] in SETTLED_SCHEDULES
    scale = _build_scale(windows, actual, None if settled else told["on"], years=proportions.years)
    levels = _compute_levels(max(1, len(windows)), proportions)
    bars = _build_bars(windows, levels, scale, proportions)
    axis = (levels[-1] if proportions.years else proportions.lowest) + proportions.bar / 2 + proportions.gap
    return {
        "bars": bars,
        "steps": _build_steps(bars),
        "arrows": _build_arrows(windows, bars),
        "over": _build_overrun(told, bars, actual, scale),
        "actual": _build_dot(actual, scale, levels[-1]) if actual.is_known() else None,
        "missed": {"x": _bar_end(bars[-1]), "y": levels[-1]} if bars and told["schedule"] == "missed" else None,
        "today": None if settled else scale.x(told["on"]),
        "settled": settled,
        "years": _build_years(scale) if proportions.years else [],
        "dot": proportions.dot,
        "top": proportions.top - proportions.above,
        "axis": axis,
        "height": axis + proportions.foot,
    }


def _promised_windows(statements: list[dict]) -> list[FuzzyDate]:
    """Return the promised windows in order, without those that only repeat the one before."""
    windows = [FuzzyDate.from_document(each["promised"]) for each in statements if each["dated"]]
    return [next(same) for _days, same in groupby(windows, lambda each: (each.earliest, each.latest, _is_open(each)))]


def _build_scale(windows: list[FuzzyDate], actual: FuzzyDate, day: date | None, *, years: bool) -> DayScale:
    days = [each for fuzzy in [*windows, actual] for each in (fuzzy.earliest, fuzzy.latest) if each]
    days += [day] if day else []
    first, last = min(days), max(days)
    if years:
        first = date(first.year, 1, 1)
        last = date(last.year, 12, 31) if last.year == first.year else last
    is_open = any(_is_open(each) for each in windows)
    return DayScale(first, last, RIGHT - ROOM_OF_AN_ARROW if is_open else RIGHT)


def _is_open(window: FuzzyDate) -> bool:
    return window.last_day is None


def _compute_levels(count: int, size: LineSize) -> list[float]:
    """Return the middle of each promise's level. A small line is as high for one promise as for many."""
    depth = min(size.max_depth, size.step * (count - 1))
    first = size.top + size.bar / 2 + (0 if size.years else (size.max_depth - depth) / 2)
    return [round(first + at * depth / max(1, count - 1), 2) for at in range(count)]


def _build_bars(windows: list[FuzzyDate], levels: list[float], scale: DayScale, size: LineSize) -> list[dict]:
    last = len(windows) - 1
    bars = []
    for at, (window, middle) in enumerate(zip(windows, levels, strict=False)):
        kind = "now" if at == last else "between" if at else "first"
        height = size.thin_bar if kind == "between" else size.bar
        x, width = _window_span(window, scale, size.min_width)
        y = round(middle - height / 2, 2)
        bars.append({"kind": kind, "x": x, "width": width, "y": y, "height": height, "middle": middle})
    return bars


def _window_span(window: FuzzyDate, scale: DayScale, least: float) -> tuple[float, float]:
    """Return (x, width) of a window; if only one end is known, it is as short as can be seen."""
    start, end = scale.x(window.earliest or window.latest), scale.x(window.latest or window.earliest)
    width = max(least, end - start)
    return round(max(LEFT, min(start, scale.right - width)), 2), round(width, 2)


def _bar_end(bar: dict) -> float:
    return round(bar["x"] + bar["width"], 2)


def _build_steps(bars: list[dict]) -> list[dict]:
    steps = []
    for was, now in pairwise(bars):
        across = {"x1": _bar_end(was), "x2": _bar_end(now), "y1": was["middle"], "y2": was["middle"]}
        down = {"x1": _bar_end(now), "x2": _bar_end(now), "y1": was["middle"], "y2": now["middle"]}
        steps += [across, down] if across["x1"] != across["x2"] else [down]
    return steps


def _build_arrows(windows: list[FuzzyDate], bars: list[dict]) -> list[dict]:
    """Return arrows for ends left open: a short one or, for the current promise, one to the end of the line."""
    arrows = []
    for window, bar in zip(windows, bars, strict=True):
        if _is_open(window):
            end = RIGHT if bar["kind"] == "now" else _bar_end(bar) + ROOM_OF_AN_ARROW
            arrows.append({"kind": bar["kind"], "x1": _bar_end(bar), "x2": round(end, 2), "y": bar["middle"]})
    return arrows


def _build_overrun(told: dict, bars: list[dict], actual: FuzzyDate, scale: DayScale) -> dict | None:
    how = OVERRUN_KINDS.get(told["schedule"])
    until = actual.earliest or actual.latest if told["schedule"] == "met_late" else told["on"]
    if not (how and bars and until) or scale.x(until) <= _bar_end(bars[-1]):
        return None
    return {"how": how, "x1": _bar_end(bars[-1]), "x2": scale.x(until), "y": bars[-1]["middle"]}


def _build_dot(actual: FuzzyDate, scale: DayScale, y: float) -> dict:
    """Return the dot of what happened; if the day is uncertain, in the middle of the possible days."""
    start, end = scale.x(actual.earliest or actual.latest), scale.x(actual.latest or actual.earliest)
    return {"x": round((start + end) / 2, 2), "x1": start, "x2": end, "y": y}


def _build_years(scale: DayScale) -> list[dict]:
    """Return the first day of each year, or of every second, fifth, tenth … if there are many."""
    first, last = scale.first.year, scale.last.year
    every = next(step for step in YEAR_STEPS if (last - first) / step < 8)
    years = [year for year in range(first, last + 1) if year % every == 0] or [first]
    places = [(scale.x(max(scale.first, date(year, 1, 1))), year) for year in years]
    return [{"x": x, "label": year if x < 90 else ""} for x, year in places]
