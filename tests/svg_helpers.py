"""What tests ask of a drawing."""

from math import isfinite

from initiatives.charts.primitives import TextMark


def inside(drawing) -> bool:
    """Check that every mark is finite and within the view box; a hair's breadth is a rounding."""
    points = [point for mark in drawing.marks for point in mark.points()]
    return all(
        isfinite(x) and isfinite(y) and -0.1 <= x <= drawing.width + 0.1 and -0.1 <= y <= drawing.height + 0.1
        for x, y in points
    )


def of_kind(drawing, *kinds):
    return [mark for mark in drawing.marks if mark.kind in kinds]


def said(drawing) -> list[str]:
    return [mark.text for mark in drawing.marks if isinstance(mark, TextMark)]
