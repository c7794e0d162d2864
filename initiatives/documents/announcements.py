"""Documents of announcements, figures and context."""

from django.utils.translation import gettext as _

from newsroom.documents.registry import make_reference

from ..choices import ContextKind
from ..models import Announcement, Context, Figure
from .milestones import build_statements_with_history
from .parts import build_citations, build_source_document, to_iso_day, to_json_number


def build_announcement_document(row: Announcement) -> dict:
    return {
        "slug": row.slug,
        "title": row.text("title"),
        "summary": row.text("summary"),
        "kind": row.kind,
        "fiscal_year": row.fiscal_year,
        "delivered_on": to_iso_day(row.delivered_on),
        "delivered_by": make_reference(row.delivered_by),
        "speech": row.speech and build_source_document(row.speech),
        "passed_on": to_iso_day(row.passed_on),
        "key_phrase": row.key_phrase,
        "statements": build_statements_with_history(row)[0],
        "citations": build_citations(row),
    }


def build_figure_document(row: Figure) -> dict:
    return {
        "announcement": make_reference(row.announcement),
        "title": row.text("title"),
        "note": row.text("note"),
        "fiscal_year": row.fiscal_year,
        "vintage": row.vintage,
        "as_at": to_iso_day(row.as_at),
        "published_on": to_iso_day(row.published_on),
        "after_bonds": row.after_bonds,
        "qualifier": row.qualifier,
        "amount_hkd": row.amount_hkd,
        "amount_low_hkd": row.amount_low_hkd,
        "amount_high_hkd": row.amount_high_hkd,
        "count": to_json_number(row.count),
        "unit": row.unit,
        "position": row.position,
        "citations": build_citations(row),
    }


def build_context_document(row: Context) -> dict:
    return {
        "slug": row.slug,
        "body": row.text("body"),
        "kind": row.kind,
        "initiative": make_reference(row.initiative, relation="about"),
        "announcement": make_reference(row.announcement, relation="about"),
        "citations": build_citations(row),
    }


def find_context_problems(row: Context, document: dict):
    """Yield (field, message) if a stated fact has no citation; a known conflict is the editors' own observation."""
    if row.kind == ContextKind.FACT and not document["citations"]:
        yield "citations", _("A stated fact has no citation.")
