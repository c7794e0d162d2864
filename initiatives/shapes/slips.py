"""How a promised date moved, as a small drawing: one bar a promise, time to the right, the day as a line."""

from dataclasses import dataclass
from datetime import date

from publishing.dates import FuzzyDate

WIDTH, ROW, TOP, MARGIN = 360, 16, 6, 4
FOOT = 16  # for the years written below


@dataclass(frozen=True)
class Scale:
    first: date
    last: date

    def x(self, day: date) -> float:
        share = (day - self.first).days / ((self.last - self.first).days or 1)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)


def slips(statements: list[dict], actual: dict | None, *, on: date) -> dict | None:
    """{"bars", "happened", "today", "years", "width", "height", "foot"} in pixels; None below two promised dates.

    bars: [{"x", "y", "width", "open", "current"}]; years: [{"x", "label"}]; happened, today: x, or None.
    """
    promised = [(FuzzyDate.from_document(each["promised"]), each["current"]) for each in statements if each["dated"]]
    if len(promised) < 2:
        return None
    happened = FuzzyDate.from_document(actual)
    days = [day for fuzzy, _ in promised for day in (fuzzy.earliest, fuzzy.latest) if day]
    days += [day for day in (happened.latest, None if happened.known() else on) if day]
    scale = Scale(date(min(days).year, 1, 1), date(max(days).year, 12, 31))
    height = TOP + ROW * len(promised)
    return {
        "bars": [_bar(scale, at, fuzzy, current) for at, (fuzzy, current) in enumerate(promised)],
        "happened": scale.x(happened.latest) if happened.latest else None,
        "today": None if happened.known() else scale.x(on),
        "years": _years(scale),
        "width": WIDTH,
        "height": height + FOOT,
        "foot": height,
    }


def _bar(scale: Scale, at: int, fuzzy: FuzzyDate, current: bool) -> dict:
    first, last = fuzzy.earliest or fuzzy.latest, fuzzy.latest or scale.last
    start = scale.x(first)
    width = max(4, round(scale.x(last) - start, 1))
    return {"x": start, "y": TOP + at * ROW, "width": width, "open": fuzzy.at_the_earliest, "current": current}


def _years(scale: Scale) -> list[dict]:
    """A tick at the start of each year, of every second or more where there are many."""
    count = scale.last.year - scale.first.year + 1
    every = -(-count // 8)
    return [
        {"x": scale.x(date(year, 1, 1)), "label": year} for year in range(scale.first.year, scale.last.year + 1, every)
    ]
