"""Builders that turn working rows of experts and commentary into documents. Importing this module registers them."""

from django.utils.translation import gettext as _

from initiatives.documents.parts import citations, day, number, shown
from publishing.documents import Builder, bare, register
from publishing.languages import language_of

from .models import Commentary, Expert, Forecast


def expert(row: Expert) -> dict:
    return {
        "slug": row.slug,
        "name": row.text("name"),
        "field": row.text("field"),
        "interests": row.text("interests"),
        "unverified": row.unverified,
        "person": bare(row.person),
        "organisation": bare(row.organisation),
        "affiliations": [
            {
                "content_id": str(each.content_id),
                "title": each.text("title"),
                "organisation": bare(each.organisation, relation="affiliation"),
                "began": each.began.as_document(),
                "ended": each.ended.as_document(),
            }
            for each in shown(row, "affiliations")
        ],
    }


def commentary(row: Commentary) -> dict:
    return {
        "slug": row.slug,
        "title": row.text("title"),
        "expert": bare(row.expert),
        "initiatives": [bare(each, relation="about") for each in row.initiatives.all()],
        "announcements": [bare(each, relation="about") for each in row.announcements.all()],
        "dated": row.dated.as_document(),
        "stance": row.stance,
        "themes": [
            {"content_id": str(each.content_id), "kind": each.kind, "words": each.text("words")}
            for each in shown(row, "themes")
        ],
        "summary": row.text("summary"),
        "quote": row.quote,
        "quote_language": language_of(row.quote) if row.quote else None,
        "unverified": row.unverified,
        "citations": citations(row),
    }


def commentary_problems(row: Commentary, document: dict):
    if row.expert_id is None:
        yield "expert", _("Who said it is missing.")
    if not (document["summary"] or document["quote"]):
        yield "summary_en", _("What was said is missing.")


def forecast(row: Forecast) -> dict:
    return {
        "expert": bare(row.expert),
        "milestone": bare(row.milestone),
        "made_on": day(row.made_on),
        "by_day": day(row.by_day),
        "probability": number(row.probability),
        "note": row.text("note"),
        "citations": citations(row),
    }


register(
    "expert",
    Builder(
        Expert,
        expert,
        prefetch=("person", "organisation"),
        parts={"affiliations": ("organisation",)},
        cited=False,
        ordered=(("affiliations.began", "affiliations.ended"),),
        wanted=lambda document: ("field",),
    ),
)
register(
    "commentary",
    Builder(
        Commentary,
        commentary,
        prefetch=("expert", "initiatives", "announcements"),
        parts={"themes": ()},
        problems=commentary_problems,
        done=("dated",),
        wanted=lambda document: ("summary", "dated", "expert", "citations"),
    ),
)
register(
    "forecast",
    Builder(
        Forecast,
        forecast,
        prefetch=("expert", "milestone"),
        parents=("expert",),
        named=False,
        done=("made_on",),
        wanted=lambda document: ("made_on", "by_day"),
        ordered=(("made_on", "by_day"),),
    ),
)
