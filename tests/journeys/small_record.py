"""Run as a program: the demo's three editors, and a small public record, one initiative for each journey."""

import sys
from datetime import date

import django

INITIATIVES = {
    "ai-institute": ("AI Research and Development Institute", "人工智能研發院"),
    "supercomputing-centre": ("AI Supercomputing Centre", "人工智能超算中心"),
    "digital-pilot": ("Digital Transformation Support Pilot Programme", "數碼轉型支援先導計劃"),
    "advanced-manufacturing": ("Third Advanced Manufacturing Centre", "第三個先進製造業中心"),
    "data-facilities": ("Data Facility Cluster at Sandy Ridge", "沙嶺數據園區"),
}


def make():
    from django.conf import settings
    from django.contrib.auth import get_user_model

    from hkpolicy.demo.editors import ensure_editors
    from newsroom.actions.publish import publish
    from newsroom.documents.drafts import build_draft
    from tests.factories import OrganisationFactory, SourceFactory

    ensure_editors(settings.DEMO_DIR / "logins.json")
    budget = SourceFactory(title="The 2025-26 Budget", publisher="The Government of the HKSAR")
    names = {"name_en": "Innovation, Technology and Industry Bureau", "name_zh_hant": "創新科技及工業局"}
    bureau = OrganisationFactory(slug="itib", **names, checked=True, cite__source=budget)
    rows = [bureau, *(initiative(slug, *names, bureau, budget) for slug, names in INITIATIVES.items())]
    publish(drafts=[build_draft(row) for row in rows], by=get_user_model().objects.get(username="ada"))


def initiative(slug, english, chinese, lead, budget):
    """With a milestone that was promised and an indicator."""
    from record.dates import FuzzyDate
    from tests.factories import InitiativeFactory, MilestoneFactory, OutcomeFactory, StatementFactory

    names = {"title_en": english, "title_zh_hant": chinese}
    words = {"summary_en": f"{english}: announced with HK$1 billion.", "summary_zh_hant": f"{chinese}：撥款10億元。"}
    row = InitiativeFactory(slug=slug, **names, **words, lead=lead, cite__source=budget)
    names = {"title_en": "It starts work", "title_zh_hant": "開始運作"}
    milestone = MilestoneFactory(initiative=row, **names, cite__source=budget)
    promised = FuzzyDate.ending_on(date(2026, 12, 31), "half", phrase="in the second half of 2026")
    StatementFactory(milestone=milestone, promised=promised, cite__source=budget)
    names = {"title_en": "Projects funded", "title_zh_hant": "獲資助項目"}
    OutcomeFactory(initiative=row, **names, cite__source=budget)
    return row


if __name__ == "__main__":
    sys.path.insert(0, "")
    django.setup()
    make()
