"""Presenter of an outcome: an indicator against its targets."""

from datetime import date

from django.utils.translation import get_language

from ..editions import OutcomeEdition, series_of
from ..rules.outcomes import outcome_status
from .charts.outcome import outcome_chart


def outcome(document: dict, *, on: date) -> dict:
    """Return {"document", "status", "chart"}; chart: None if there are no two numbers to draw."""
    series = series_of(OutcomeEdition.columns(document)["series"])
    chart = outcome_chart(document, get_language() or "en", on=on)
    return {"document": document, "status": outcome_status(series, on=on), "chart": chart}
