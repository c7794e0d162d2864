"""Documents of announcements, figures and context."""

from django.utils.translation import gettext as _

from publishing.documents import Builder, bare, register

from ..choices import ContextKind
from ..models import Announcement, Context, Figure
from .milestones import STATEMENTS, statements
from .parts import citations, day, number, source


def announcement(row: Announcement) -> dict:
    return {
        "slug": row.slug,
        "title": row.text("title"),
        "summary": row.text("summary"),
        "kind": row.kind,
        "fiscal_year": row.fiscal_year,
        "delivered_on": day(row.delivered_on),
        "delivered_by": bare(row.delivered_by),
        "speech": row.speech and source(row.speech),
        "passed_on": day(row.passed_on),
        "key_phrase": row.key_phrase,
        "statements": statements(row)[0],
        "citations": citations(row),
    }


def figure(row: Figure) -> dict:
    return {
        "announcement": bare(row.announcement),
        "title": row.text("title"),
        "note": row.text("note"),
        "fiscal_year": row.fiscal_year,
        "vintage": row.vintage,
        "as_at": day(row.as_at),
        "published_on": day(row.published_on),
        "after_bonds": row.after_bonds,
        "qualifier": row.qualifier,
        "amount_hkd": row.amount_hkd,
        "amount_low_hkd": row.amount_low_hkd,
        "amount_high_hkd": row.amount_high_hkd,
        "count": number(row.count),
        "unit": row.unit,
        "position": row.position,
        "citations": citations(row),
    }


def context(row: Context) -> dict:
    return {
        "slug": row.slug,
        "body": row.text("body"),
        "kind": row.kind,
        "initiative": bare(row.initiative, relation="about"),
        "announcement": bare(row.announcement, relation="about"),
        "citations": citations(row),
    }


def context_problems(row: Context, document: dict):
    """Yield (field, message) if a stated fact has no citation; a known conflict is the editors' own observation."""
    if row.kind == ContextKind.FACT and not document["citations"]:
        yield "citations", _("A stated fact has no citation.")


SPEECH = ("speech__derived_from", "speech__translation_of", "speech__translations")
register(
    "announcement",
    Builder(
        Announcement,
        announcement,
        prefetch=("delivered_by", *SPEECH),
        parts=STATEMENTS,
        done=("statements.stated",),
        ordered=(("delivered_on", "passed_on"),),
        wanted=lambda document: ("summary", "delivered_on", "delivered_by", "speech", "citations"),
        wanted_children=("figure",),
    ),
)
register("figure", Builder(Figure, figure, prefetch=("announcement",), parents=("announcement",)))
register(
    "context",
    Builder(Context, context, prefetch=("initiative", "announcement"), problems=context_problems, cited=False),
)
