"""Editions of outcomes, with the series from which their status is computed."""

from datetime import date

from django.db import models

from record.dates import FuzzyDate
from record.models import Edition

from ..rules.outcomes import OutcomeSeries, SeriesObservation, SeriesTarget


class OutcomeEdition(Edition):
    type = "outcome"
    url_prefix = "outcomes"
    search_rank = 10
    parents = ("initiative",)
    position = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=60, default="")
    series = models.JSONField(default=dict)  # input of `parse_series`: the numbers and days of the document, no texts

    class Meta(Edition.Meta):
        pass

    @classmethod
    def typed_columns(cls, document):
        return {"position": document["position"], "unit": document["unit"], "series": _build_series_json(document)}


def _build_series_json(document: dict) -> dict:
    baseline = document["baseline"]
    return {
        "direction": document["direction"],
        "aggregation": document["aggregation"],
        "baseline": [baseline["value"], _last_iso_day(baseline["date"])] if baseline else [None, None],
        "targets": [[each["value"], each["due_on"], each["kind"]] for each in document["targets"]],
        "observations": [
            [each["value"], _last_iso_day(each["observed"]), each["status"]] for each in document["observations"]
        ],
    }


def _last_iso_day(fuzzy: dict | None) -> str | None:
    latest = FuzzyDate.from_document(fuzzy).latest
    return latest and latest.isoformat()


def parse_series(stored: dict) -> OutcomeSeries:
    """Parse an edition's `series` into the input of `compute_outcome_status`."""
    value, day = stored["baseline"]
    return OutcomeSeries(
        direction=stored["direction"],
        aggregation=stored["aggregation"],
        baseline_value=value,
        baseline_day=_parse_day(day),
        targets=tuple(SeriesTarget(value, _parse_day(due), kind) for value, due, kind in stored["targets"]),
        observations=tuple(
            SeriesObservation(value, _parse_day(day), state) for value, day, state in stored["observations"]
        ),
    )


def _parse_day(text: str | None) -> date | None:
    return text and date.fromisoformat(text)
