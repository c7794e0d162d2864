"""Presenter of an outcome: an indicator against its targets."""

from datetime import date

from django.utils.translation import get_language

from ..charts.outcome import draw_outcome_chart
from ..editions import OutcomeEdition, parse_series
from ..rules.outcomes import compute_outcome_status


def present_outcome(document: dict, *, on: date) -> dict:
    """Return {"document", "status", "chart"}; chart: None if there are no two numbers to draw."""
    series = parse_series(OutcomeEdition.typed_columns(document)["series"])
    chart = draw_outcome_chart(document, get_language() or "en", on=on)
    return {"document": document, "status": compute_outcome_status(series, on=on), "chart": chart}
