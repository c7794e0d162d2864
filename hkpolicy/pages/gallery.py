"""A page with every component in every state and language, for those who work on the components."""

from datetime import date

from django.contrib.admin.views.decorators import staff_member_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from initiatives import choices
from initiatives.rules.lanes import DISAGREEMENTS
from initiatives.shapes.milestones import milestone
from publishing.dates import FuzzyDate

from .around import NAMES
from .drawn_samples import charts

TODAY = date(2026, 11, 23)
BADGES = {  # {vocabulary of `label`: (prefix of a badge's CSS class, choices)}
    "schedule": ("", choices.Schedule),
    "outcome": ("outcome-", choices.OutcomeStatus),
    "rating": ("", choices.Rating),
}
TEXTS = [
    {"en": "A title in English only"},
    {"zh-hant": "只有中文的標題", "zh-hans": "只有中文的标题"},
    {"en": "Not yet reviewed", "zh-hant": "未經審閱", "zh-hans": "未经审阅", "state": {"zh-hant": "unreviewed"}},
    {"en": "Its source changed", "zh-hant": "原文已改", "zh-hans": "原文已改", "state": {"zh-hant": "stale"}},
]


@never_cache
@staff_member_required
def gallery(request):
    context = {
        "names": NAMES.items(),
        "badges": [(vocabulary, start, words.values) for vocabulary, (start, words) in BADGES.items()],
        "texts": TEXTS,
        "disagreements": [{"disagreements": [each]} for each in DISAGREEMENTS],
        "promises": promises(),
        "charts": charts,  # a callable: the template calls it once in each language
        "moment": None,
    }
    return render(request, "hkpolicy/gallery.html", context)


def promises() -> list[dict]:
    """Return a sample milestone for each standing of a promise, as `present_milestone` returns it."""
    year, half = FuzzyDate.of_year, FuzzyDate.ending(date(2026, 12, 31), "half")
    earliest = FuzzyDate.ending(date(2026, 12, 31), "year", at_the_earliest=True)
    done = FuzzyDate.of_month(2026, 5)
    return [
        _told(year(2028)),
        _told(FuzzyDate.of_month(2027, 1)),
        _told(earliest, FuzzyDate.ending(date(2027, 3, 31), "year"), half),
        _told(earliest),
        _told(year(2024), year(2025)),
        _told(year(2024), year(2025), said={"claim": "in_progress", "stated": FuzzyDate.of_month(2026, 3)}),
        _told(year(2026), result="met", actual=done),
        _told(FuzzyDate.of_month(2026, 9), result="met", actual=done),
        _told(year(2024), year(2025), result="met", actual=done),
        _told(year(2025), result="not_met"),
    ]


def _told(*promised: FuzzyDate, result="scheduled", actual=None, said=None) -> dict:
    statements = [_statement(promised=each) for each in promised] + ([_statement(**said)] if said else [])
    document = {
        "kind": "promise",
        "result": result,
        "actual": actual and actual.as_document(),
        "first_promise": promised[0].as_document(),
        "current_promise": promised[-1].as_document(),
        "moves": len(promised) - 1,
        "statements": statements,
        "evidence": [],
    }
    return milestone(document, on=TODAY)


def _statement(*, promised=None, stated=None, claim="") -> dict:
    days = {"promised": promised, "stated": stated}
    return {"content_id": "", "claim": claim} | {key: day and day.as_document() for key, day in days.items()}
