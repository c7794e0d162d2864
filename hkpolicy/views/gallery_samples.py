"""Sample charts of each kind for the gallery, with made-up numbers that show every appearance of a mark."""

from collections import Counter
from datetime import date

from django.utils.translation import get_language

from initiatives.charts.chart import Chart
from initiatives.charts.delivery_bars import draw_standing_chart
from initiatives.charts.lateness import draw_lateness_chart
from initiatives.charts.money import draw_money_chart
from initiatives.charts.outcome import draw_outcome_chart
from initiatives.charts.vintages import draw_vintages_chart
from initiatives.presenters.figures import group_by_measure, group_vintages
from initiatives.rules.delivery import STANDINGS, Tally
from record.dates import FuzzyDate

SAMPLE_DAY = date(2026, 11, 23)


def build_sample_charts() -> list[Chart]:
    """Return the sample charts in the active language, in which their sentences are made."""
    language = get_language() or "en"
    tally = Tally(
        counts=Counter(dict.fromkeys(STANDINGS, 2)),
        met_days_late=Counter({0: 5, 91: 1, 510: 1}),
        open_days_late=Counter({327: 2}),
    )
    years = [Tally(name="2025", counts=Counter(on_time=3, late=2, unknown=4)), tally]
    [measure] = group_by_measure(
        group_vintages([_sample_figure(*each) for each in (("original", 48), ("revised", 87), ("actual", 80))])
    )
    return [
        draw_standing_chart(years, language, by="year", params={}),
        draw_lateness_chart(tally, params={}),
        draw_money_chart(
            [_sample_sum("earmarked", 3_000_000_000), _sample_sum("appropriated", 1_000_000_000, "up_to")], params={}
        ),
        draw_outcome_chart(_sample_indicator(), language, on=SAMPLE_DAY),
        draw_vintages_chart(measure, language, params={}),
    ]


def _sample_sum(stage: str, total: int, qualifier: str = "exactly") -> dict:
    group = {"stage": stage, "payer": "public", "total": total, "qualifier": qualifier}
    return group | {"counted": 1, "rows": []}


def _sample_figure(vintage: str, billions: int) -> dict:
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


def _sample_indicator() -> dict:
    return {
        "content_id": "00000000-0000-4000-8000-000000000001",
        "title": {"en": "Projects", "zh-hant": "項目", "zh-hans": "项目"},
        "unit": "projects",
        "direction": "increase",
        "aggregation": "last",
        "expected_every": None,
        "baseline": {"value": 20, "date": FuzzyDate.from_year(2019).to_document(), "note": None},
        "targets": [_sample_target(100, 2022, "reference"), _sample_target(150, 2027, "kpi")],
        "observations": [
            _sample_observation(40, 2021),
            _sample_observation(60, 2023, status="provisional"),
            _sample_observation(90, 2025, method_break=True),
        ],
        "citations": [],
    }


def _sample_target(value: int, year: int, kind: str) -> dict:
    day = date(year, 12, 31).isoformat()
    return {"kind": kind, "value": value, "due_on": day, "set_by": "", "set_on": None, "words": "", "citations": []}


def _sample_observation(value: int, year: int, **more) -> dict:
    day = FuzzyDate.from_year(year).to_document()
    plain = {"qualifier": "exactly", "status": "final", "method_break": False, "note": None, "citations": []}
    return {"observed": day, "value": value} | plain | more
