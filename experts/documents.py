"""Builders that turn working rows of experts and commentary into documents."""

from django.utils.translation import gettext as _

from initiatives.documents.parts import build_citations, to_iso_day, to_json_number, visible_rows
from newsroom.documents.registry import make_reference
from record.languages import detect_language

from .models import Commentary, Expert, Forecast


def build_expert_document(row: Expert) -> dict:
    return {
        "slug": row.slug,
        "name": row.text("name"),
        "field": row.text("field"),
        "interests": row.text("interests"),
        "unverified": row.unverified,
        "person": make_reference(row.person),
        "organisation": make_reference(row.organisation),
        "affiliations": [
            {
                "content_id": str(each.content_id),
                "title": each.text("title"),
                "organisation": make_reference(each.organisation, relation="affiliation"),
                "began": each.began.to_document(),
                "ended": each.ended.to_document(),
            }
            for each in visible_rows(row, "affiliations")
        ],
    }


def build_commentary_document(row: Commentary) -> dict:
    return {
        "slug": row.slug,
        "title": row.text("title"),
        "expert": make_reference(row.expert),
        "initiatives": [make_reference(each, relation="about") for each in row.initiatives.all()],
        "announcements": [make_reference(each, relation="about") for each in row.announcements.all()],
        "dated": row.dated.to_document(),
        "stance": row.stance,
        "themes": [
            {"content_id": str(each.content_id), "kind": each.kind, "words": each.text("words")}
            for each in visible_rows(row, "themes")
        ],
        "summary": row.text("summary"),
        "quote": row.quote,
        "quote_language": detect_language(row.quote) if row.quote else None,
        "unverified": row.unverified,
        "citations": build_citations(row),
    }


def find_commentary_problems(row: Commentary, document: dict):
    if row.expert_id is None:
        yield "expert", _("Who said it is missing.")
    if not (document["summary"] or document["quote"]):
        yield "summary_en", _("What was said is missing.")


def build_forecast_document(row: Forecast) -> dict:
    return {
        "expert": make_reference(row.expert),
        "milestone": make_reference(row.milestone),
        "made_on": to_iso_day(row.made_on),
        "by_day": to_iso_day(row.by_day),
        "probability": to_json_number(row.probability),
        "note": row.text("note"),
        "citations": build_citations(row),
    }
