"""Sample charts of each kind for the gallery, with made-up numbers that show every appearance of a mark."""

from collections import Counter
from datetime import date

from django.utils.translation import get_language

from initiatives.rules.delivery import STANDINGS, Tally
from initiatives.shapes.charts.chart import Chart
from initiatives.shapes.charts.lateness import lateness_chart
from initiatives.shapes.charts.money import money_chart
from initiatives.shapes.charts.outcome import outcome_chart
from initiatives.shapes.charts.standing import standing_chart
from initiatives.shapes.charts.vintages import vintages_chart
from initiatives.shapes.figures import measures, vintages
from publishing.dates import FuzzyDate

ON = date(2026, 11, 23)


def charts() -> list[Chart]:
    """Return the sample charts in the active language, in which their sentences are made."""
    language = get_language() or "en"
    tally = Tally(
        counts=Counter(dict.fromkeys(STANDINGS, 2)), first=Counter({0: 5, 91: 1, 510: 1}), running=Counter({327: 2})
    )
    years = [Tally(name="2025", counts=Counter(on_time=3, late=2, unknown=4)), tally]
    [measure] = measures(vintages([_figure(*each) for each in (("original", 48), ("revised", 87), ("actual", 80))]))
    return [
        standing_chart(years, language, by="year", of={}),
        lateness_chart(tally, of={}),
        money_chart([_sum("earmarked", 3_000_000_000), _sum("appropriated", 1_000_000_000, "up_to")], of={}),
        outcome_chart(_indicator(), language, on=ON),
        vintages_chart(measure, language, of={}),
    ]


def _sum(stage: str, total: int, qualifier: str = "exactly") -> dict:
    group = {"stage": stage, "payer": "public", "total": total, "qualifier": qualifier}
    return group | {"counted": 1, "rows": []}


def _figure(vintage: str, billions: int) -> dict:
    empty = dict.fromkeys(
        ("amount_low_hkd", "amount_high_hkd", "count", "after_bonds", "as_at", "published_on", "announcement")
    )
    return empty | {
        "title": {"en": "Deficit", "zh-hant": "赤字", "zh-hans": "赤字"},
        "fiscal_year": "2024-25",
        "vintage": vintage,
        "amount_hkd": -billions * 1_000_000_000,
        "qualifier": "exactly",
        "citations": [],
    }


def _indicator() -> dict:
    return {
        "content_id": "00000000-0000-4000-8000-000000000001",
        "title": {"en": "Projects", "zh-hant": "項目", "zh-hans": "项目"},
        "unit": "projects",
        "direction": "increase",
        "aggregation": "last",
        "expected_every": None,
        "baseline": {"value": 20, "date": FuzzyDate.of_year(2019).as_document(), "note": None},
        "targets": [_target(100, 2022, "reference"), _target(150, 2027, "kpi")],
        "observations": [
            _seen(40, 2021),
            _seen(60, 2023, status="provisional"),
            _seen(90, 2025, method_break=True),
        ],
        "citations": [],
    }


def _target(value: int, year: int, kind: str) -> dict:
    day = date(year, 12, 31).isoformat()
    return {"kind": kind, "value": value, "due_on": day, "set_by": "", "set_on": None, "words": "", "citations": []}


def _seen(value: int, year: int, **more) -> dict:
    day = FuzzyDate.of_year(year).as_document()
    plain = {"qualifier": "exactly", "status": "final", "method_break": False, "note": None, "citations": []}
    return {"observed": day, "value": value} | plain | more
