"""Tags and filters of initiatives: labels of vocabularies, and what else the record holds about a thing."""

from django import template

from readers.templatetags.formatting import translated_words
from record.formatting import format_day

from .. import choices
from ..narrative.promises import days_left, milestone_sentence
from ..presenters import timeline_geometry
from ..presenters.figures import figure_identity, group_vintages
from ..presenters.milestones import present_milestone
from ..presenters.organisation_rows import format_kind
from ..presenters.precedents import present_precedents
from ..queries import selectors as record
from ..views.chart_registry import draw_figures_by_measure

register = template.Library()

LABEL_VOCABULARIES = {
    "stage": choices.Stage,
    "relation": choices.Relation,
    "result": choices.Result,
    "schedule": choices.MilestoneSchedule,
    "claim": choices.Claim,
    "supports": choices.Supports,
    "target": choices.TargetKind,
    "direction": choices.Direction,
    "outcome": choices.OutcomeStatus,
    "observation": choices.ObservationStatus,
    "rating": choices.Rating,
    "rated_by": choices.RatedBy,
    "clarity": choices.Clarity,
    "confidence": choices.Confidence,
    "money": choices.FundingStage,
    "payer": choices.Payer,
    "vintage": choices.Vintage,
    "announcement": choices.AnnouncementKind,
    "context": choices.ContextKind,
    "tier": choices.Tier,
}


@register.filter
def vocabulary_label(value, vocabulary: str) -> str:
    """Return the label of a stored or computed value, in the page's language."""
    return LABEL_VOCABULARIES[vocabulary](value).label


register.filter("sentence", milestone_sentence)
register.filter("days_left", days_left)


@register.filter
def kind_label(words: str) -> str:
    """Return the kind of an organisation or a person in the page's language, or marked as foreign if it is unknown."""
    known = format_kind(words)
    return translated_words(words) if known == words else known


@register.inclusion_tag("components/promise_line.html", takes_context=True)
def promise_line(context, told, size="large", key=True):
    """Show a milestone's dates on one axis; nothing if it has none. size: "large", with years and a key, or "small"."""
    moment = context.get("moment")
    return {
        "told": told,
        "size": size,
        "key": key and size == "large",
        "line": timeline_geometry.build_promise_line(told, size=size),
        "sentence": milestone_sentence(told),
        "asked": bool(moment and moment.raw),
        "day": format_day(told["on"]) if size == "large" else "",
    }


@register.simple_tag(takes_context=True)
def facts_about(context, content_id) -> list[dict]:
    """Return facts and known conflicts about a thing, or about the whole record without an id."""
    return [each.load_document() for each in record.find_contexts_about(content_id or None, context.get("moment"))]


@register.inclusion_tag("components/context_about.html", takes_context=True)
def context_about(context, content_id):
    return _shared_context(context) | {"facts": facts_about(context, content_id)}


@register.inclusion_tag("components/named_by.html", takes_context=True)
def initiatives_naming(context, content_id, relation):
    """Show the initiatives that name a thing in this relation."""
    found = record.find_initiatives_naming(content_id, relation, context.get("moment"))
    return _shared_context(context) | {"initiatives": found, "relation": relation}


@register.simple_tag(takes_context=True)
def precedents_of(context, initiative: dict) -> list[tuple[str, list[dict]]]:
    """Return other initiatives beside this one, and what came of them: see `present_precedents`."""
    moment = context.get("moment")
    named = [each["content_id"] for each in initiative["relations"]]
    others = record.find_related_initiatives(initiative["content_id"], named, moment)
    children = record.load_promises_and_money(others, moment)
    return present_precedents(initiative, [each.load_document() for each in others], children, on=context["on"])


@register.simple_tag(takes_context=True)
def figures_beside(context, figures: list[dict], announcement: str):
    """Return the vintages, from every announcement, of the measures and years of these figures.

    For the form see `draw_figures_by_measure`.
    """
    own = {figure_identity(each) for each in figures}
    others = [
        each.load_document()
        for each in record.find_figures_of_years({year for _, year, _ in own}, context.get("moment"))
    ]
    known = {each["content_id"] for each in figures}
    beside = [each for each in others if each["content_id"] not in known and figure_identity(each) in own]
    return draw_figures_by_measure(group_vintages([*figures, *beside]), announcement)


def _shared_context(context) -> dict:
    return {key: context.get(key) for key in ("moment", "on", "numbers")}


@register.inclusion_tag("components/around_organisation.html", takes_context=True)
def around_organisation(context, content_id):
    """Show the people with posts at an organisation, and the bodies under it."""
    moment = context.get("moment")
    people, parts = (
        record.find_people_with_posts_at(content_id, moment),
        record.find_child_organisations(content_id, moment),
    )
    return {"people": people, "parts": parts, "moment": moment}


@register.inclusion_tag("components/said_by.html", takes_context=True)
def said_by(context, content_id):
    """Show the milestones of which a person spoke, and the announcements they delivered."""
    moment = context.get("moment")
    spoken = milestones_spoken_of(context, content_id)
    return {"spoken": spoken, "announcements": record.find_announcements_by(content_id, moment), "moment": moment}


@register.simple_tag(takes_context=True)
def milestones_spoken_of(context, content_id) -> list[dict]:
    """Return the presented milestones of which a person or an organisation spoke."""
    found = record.find_milestones_said_by(content_id, context.get("moment"))
    return [present_milestone(each.load_document(), on=context["on"]) for each in found]
