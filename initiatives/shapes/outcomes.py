"""An indicator against its targets, and the line it draws."""

from datetime import date

from publishing.dates import FuzzyDate

from ..editions import OutcomeEdition, series_of
from ..rules.outcomes import outcome_status

WIDTH, HEIGHT, MARGIN = 220, 56, 6


def outcome(document: dict, *, on: date) -> dict:
    """{"document", "status", "line"}; line: see `line`."""
    series = series_of(OutcomeEdition.columns(document)["series"])
    return {"document": document, "status": outcome_status(series, on=on), "line": line(document)}


def line(document: dict) -> dict | None:
    """{"points", "dots", "targets", "width", "height"} in pixels of a small drawing; None below two observations.

    Time runs to the right, from the first day known to the last; the highest number is at the top.
    """
    baseline = document["baseline"]
    seen = _dots([(baseline["date"], baseline["value"])] if baseline else [])
    seen += _dots((each["observed"], each["value"]) for each in document["observations"])
    goals = [
        (date.fromisoformat(each["due_on"]), each["value"])
        for each in document["targets"]
        if each["due_on"] and each["value"] is not None
    ]
    if len(seen) < 2:
        return None
    place = _scale(seen + goals)
    dots = [place(each) for each in sorted(seen)]
    return {
        "points": " ".join(f"{x},{y}" for x, y in dots),
        "dots": dots,
        "targets": [place(each) for each in goals],
        "width": WIDTH,
        "height": HEIGHT,
    }


def _dots(pairs) -> list[tuple[date, float]]:
    days = [(FuzzyDate.from_document(fuzzy).latest, value) for fuzzy, value in pairs]
    return [(day, value) for day, value in days if day and value is not None]


def _scale(dots):
    days, values = [day.toordinal() for day, _ in dots], [value for _, value in dots]
    across, up = max(days) - min(days) or 1, max(values) - min(values) or 1

    def place(dot):
        day, value = dot
        x = MARGIN + (day.toordinal() - min(days)) / across * (WIDTH - 2 * MARGIN)
        y = HEIGHT - MARGIN - (value - min(values)) / up * (HEIGHT - 2 * MARGIN)
        return round(x, 1), round(y, 1)

    return place
