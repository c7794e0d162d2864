"""A page with every component in every state and language, for those who work on the components."""

from datetime import date

from django.contrib.admin.views.decorators import staff_member_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from initiatives import choices
from initiatives.presenters.milestones import present_milestone
from initiatives.rules.contradictions import CONTRADICTIONS
from record.dates import FuzzyDate

from ..context_processors import LANGUAGE_NAMES
from .gallery_samples import build_sample_charts

GALLERY_DAY = date(2026, 11, 23)
BADGE_SAMPLES = {  # {vocabulary of `label`: (prefix of a badge's CSS class, choices)}
    "schedule": ("", choices.MilestoneSchedule),
    "outcome": ("outcome-", choices.OutcomeStatus),
    "rating": ("", choices.Rating),
}
TEXT_SAMPLES = [
    {"en": "A title in English only"},
    {"zh-hant": "只有中文的標題", "zh-hans": "只有中文的标题"},
    {"en": "Not yet reviewed", "zh-hant": "未經審閱", "zh-hans": "未经审阅", "state": {"zh-hant": "unreviewed"}},
    {"en": "Its source changed", "zh-hant": "原文已改", "zh-hans": "原文已改", "state": {"zh-hant": "stale"}},
]


@never_cache
@staff_member_required
def component_gallery(request):
    context = {
        "names": LANGUAGE_NAMES.items(),
        "badges": [(vocabulary, start, words.values) for vocabulary, (start, words) in BADGE_SAMPLES.items()],
        "texts": TEXT_SAMPLES,
        "contradictions": [{"contradictions": [each]} for each in CONTRADICTIONS],
        "promises": build_sample_promises(),
        "charts": build_sample_charts,  # a callable: the template calls it once in each language
        "moment": None,
    }
    return render(request, "hkpolicy/gallery.html", context)


def build_sample_promises() -> list[dict]:
    """Return a sample milestone for each standing of a promise, as `present_milestone` returns it."""
    year, half = FuzzyDate.from_year, FuzzyDate.ending_on(date(2026, 12, 31), "half")
    earliest = FuzzyDate.ending_on(date(2026, 12, 31), "year", at_the_earliest=True)
    done = FuzzyDate.from_month(2026, 5)
    return [
        _sample_milestone(year(2028)),
        _sample_milestone(FuzzyDate.from_month(2027, 1)),
        _sample_milestone(earliest, FuzzyDate.ending_on(date(2027, 3, 31), "year"), half),
        _sample_milestone(earliest),
        _sample_milestone(year(2024), year(2025)),
        _sample_milestone(
            year(2024), year(2025), said={"claim": "in_progress", "stated": FuzzyDate.from_month(2026, 3)}
        ),
        _sample_milestone(year(2026), result="met", actual=done),
        _sample_milestone(FuzzyDate.from_month(2026, 9), result="met", actual=done),
        _sample_milestone(year(2024), year(2025), result="met", actual=done),
        _sample_milestone(year(2025), result="not_met"),
    ]


def _sample_milestone(*promised: FuzzyDate, result="scheduled", actual=None, said=None) -> dict:
    statements = [_sample_statement(promised=each) for each in promised] + ([_sample_statement(**said)] if said else [])
    document = {
        "kind": "promise",
        "result": result,
        "actual": actual and actual.to_document(),
        "first_promise": promised[0].to_document(),
        "current_promise": promised[-1].to_document(),
        "moves": len(promised) - 1,
        "statements": statements,
        "evidence": [],
    }
    return present_milestone(document, on=GALLERY_DAY)


def _sample_statement(*, promised=None, stated=None, claim="") -> dict:
    days = {"promised": promised, "stated": stated}
    return {"content_id": "", "claim": claim} | {key: day and day.to_document() for key, day in days.items()}
