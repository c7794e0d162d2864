"""Primitives of every chart: marks in pixels of a view box, scales and ticks. Pure, and without colours.

A mark has a kind; `static/site/charts.css` says how each kind looks, by day, by night and in a downloaded file.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from math import floor, log10

NARROW, WIDE = 328, 680  # pixels: the width of a chart on a phone of 360 px, and on a wide page
FONT_SIZE = 12  # of letters, in pixels of the view box; on a phone one is one screen pixel

BOLD_KINDS = ("strong", "strong-quiet", "count", "target-strong")

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class BoxMark:
    x: float
    y: float
    width: float
    height: float
    kind: str
    shape = "box"

    def points(self) -> Iterable[Point]:
        return (self.x, self.y), (self.x + self.width, self.y + self.height)


@dataclass(frozen=True, slots=True)
class PathMark:
    """Strokes of points, each a line of its own; closed ones can be filled."""

    strokes: tuple[tuple[Point, ...], ...]
    kind: str
    closed: bool = False
    shape = "path"

    @property
    def d(self) -> str:
        end = "Z" if self.closed else ""
        return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in stroke) + end for stroke in self.strokes)

    def points(self) -> Iterable[Point]:
        return (point for stroke in self.strokes for point in stroke)


@dataclass(frozen=True, slots=True)
class DotMark:
    x: float
    y: float
    r: float
    kind: str
    shape = "dot"

    def points(self) -> Iterable[Point]:
        return (self.x - self.r, self.y - self.r), (self.x + self.r, self.y + self.r)


@dataclass(frozen=True, slots=True)
class TextMark:
    """Text on the baseline y. anchor: what stands at x: start, middle or end. lang: "" for the page's language."""

    x: float
    y: float
    text: str
    kind: str
    anchor: str = "start"
    lang: str = ""
    shape = "words"

    def points(self) -> Iterable[Point]:
        width = estimate_text_width(self.text, bold=self.kind in BOLD_KINDS)
        left = self.x - {"start": 0, "middle": 0.5, "end": 1}[self.anchor] * width
        return (left, self.y - FONT_SIZE * 0.8), (left + width, self.y + FONT_SIZE * 0.2)


@dataclass(frozen=True, slots=True)
class Drawing:
    width: float
    height: float
    marks: list = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LinearScale:
    """A linear scale from values to pixels. If all values are the same, they stand in the middle."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return round((self.start + self.end) / 2, 1)
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def draw_line(x1: float, y1: float, x2: float, y2: float, kind: str) -> PathMark:
    return PathMark((((x1, y1), (x2, y2)),), kind)


def draw_diamond(x: float, y: float, r: float, kind: str) -> PathMark:
    return PathMark((((x, y - r), (x + r, y), (x, y + r), (x - r, y)),), kind, closed=True)


def hatch_box(box: BoxMark, kind: str, *, step: float = 4, rising: bool = True) -> PathMark:
    """Fill a box with slanting lines, so that its texture tells it apart where colours do not."""
    strokes = []
    reach = box.width + box.height
    for at in range(1, int(reach / step) + 1):
        along = at * step
        first = (min(along, box.width), max(0, along - box.width))
        last = (max(0, along - box.height), min(along, box.height))
        strokes.append(tuple(_place_in_box(box, point, rising) for point in (first, last)))
    return PathMark(tuple(stroke for stroke in strokes if stroke[0] != stroke[1]), kind)


def _place_in_box(box: BoxMark, point: Point, rising: bool) -> Point:
    across, down = point
    return round(box.x + across, 1), round(box.y + (down if rising else box.height - down), 1)


def choose_round_ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Return at least two round numbers that enclose `low` and `high`, and about `most` of them at most."""
    if high <= low:
        high = low + (abs(low) or 1)
    rough = max((high - low) / max(1, most - 1), 1e-300)  # zero has no logarithm
    power = Decimal(10) ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10, 20) if power * factor >= Decimal(str(rough)))
    first = (Decimal(str(low)) / step).to_integral_value(rounding="ROUND_FLOOR")
    last = (Decimal(str(high)) / step).to_integral_value(rounding="ROUND_CEILING")
    return [float(step * at) for at in range(int(first), int(last) + 1)]


def choose_year_ticks(first: int, last: int, most: int) -> list[int]:
    """Return years at even steps, at most about `most` of them; the last year alone if no step falls in between."""
    step = next(each for each in (1, 2, 5, 10, 20, 50, 100) if (last - first) / each < most or each == 100)
    return [year for year in range(first, last + 1) if year % step == 0] or [last]


def estimate_text_width(words: str, size: float = FONT_SIZE, *, bold: bool = False) -> float:
    """Estimate how wide these letters are, rather more than less: without a font it cannot be exact."""
    return round(sum(_letter_width(letter) for letter in words) * size * (1.12 if bold else 1), 1)


def _letter_width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in "mw%@—MW":
        return 0.97
    if letter.isupper():
        return 0.75
    return 0.36 if letter in " .,:;'’ijl|·()" else 0.63


def wrap_text(words: str, width: float, size: float = FONT_SIZE) -> list[str]:
    """Break words into lines no wider than `width`, at spaces or between Han characters."""
    lines = [""]
    for piece in _split_pieces(words):
        if lines[-1] and estimate_text_width(lines[-1] + piece.rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [each.rstrip() for each in lines]


def _split_pieces(words: str) -> list[str]:
    """Split words into pieces that may stand on a line of their own.

    A piece is a word with the space after it, or a Han character with its punctuation.
    """
    pieces: list[str] = []
    for letter in words:
        wide = unicodedata.east_asian_width(letter) in "WF"
        stays = wide and unicodedata.category(letter) in ("Po", "Pe", "Pf")
        before = pieces[-1][-1] if pieces else " "
        fresh = before == " " or unicodedata.east_asian_width(before) in "WF" or wide
        if not pieces or (fresh and not stays):
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces


def shorten_text(words: str, width: float) -> str:
    """Return as much as fits, with an ellipsis if something had to go."""
    if estimate_text_width(words) <= width:
        return words
    while words and estimate_text_width(words + "…") > width:
        words = words[:-1]
    return words.rstrip() + "…"
