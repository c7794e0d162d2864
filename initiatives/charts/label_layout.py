"""Placement of labels beside their marks, so that none covers another."""

from collections.abc import Iterable

from .primitives import BOLD_KINDS, FONT_SIZE, TextMark, estimate_text_width

LABEL_GAP = 3


class LabelLayout:
    """The edges of a drawing, and the areas in it that are taken so far."""

    def __init__(self, left: float, top: float, right: float, bottom: float):
        self.edges = (left, top, right, bottom)
        self.taken: list[tuple[float, float, float, float]] = []

    def occupy(self, *marks) -> None:
        for mark in marks:
            xs, ys = zip(*mark.points(), strict=True)
            self.taken.append((min(xs), min(ys), max(xs), max(ys)))

    def place_label(
        self, x: float, y: float, text: str, kind: str, *, r=5.0, order: Iterable[str] = ()
    ) -> TextMark | None:
        """Return the label beside the mark at x, y in the first place that is free, or None if none is.

        order: which sides are tried, of "above", "below", "right" and "left".
        """
        for side in order or ("above", "right", "left", "below"):
            words = _label_beside(x, y, text, kind, r, side)
            if self._is_free(words):
                self.occupy(words)
                return words
        return None

    def _is_free(self, words: TextMark) -> bool:
        (left, top), (right, bottom) = words.points()
        first, highest, last, lowest = self.edges
        if left < first or right > last or top < highest or bottom > lowest:
            return False
        return not any(left < b[2] and b[0] < right and top < b[3] and b[1] < bottom for b in self.taken)


def _label_beside(x: float, y: float, text: str, kind: str, r: float, side: str) -> TextMark:
    half = estimate_text_width(text, bold=kind in BOLD_KINDS) / 2
    middle = y + FONT_SIZE * 0.35
    return {
        "above": TextMark(x - half, y - r - LABEL_GAP, text, kind),
        "below": TextMark(x - half, y + r + LABEL_GAP + FONT_SIZE * 0.8, text, kind),
        "right": TextMark(x + r + LABEL_GAP, middle, text, kind),
        "left": TextMark(x - r - LABEL_GAP - 2 * half, middle, text, kind),
    }[side]
