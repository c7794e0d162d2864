"""Tags and filters of initiatives: labels of vocabularies, and what else the record holds about a thing."""

from django import template

from initiatives import choices
from initiatives.pages.drawn import figures_told
from initiatives.queries import reads as record
from initiatives.shapes import lines
from initiatives.shapes.bodies import kind_in_words
from initiatives.shapes.figures import measure_of, vintages
from initiatives.shapes.milestones import milestone
from initiatives.shapes.precedents import precedents
from initiatives.shapes.sentences import days_left, sentence
from publishing.shapes.wording import day_in_words
from publishing.templatetags.record import foreign

register = template.Library()

VOCABULARIES = {
    "stage": choices.Stage,
    "relation": choices.Relation,
    "result": choices.Result,
    "schedule": choices.Schedule,
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
def label(value, vocabulary: str) -> str:
    """Return the label of a stored or computed value, in the page's language."""
    return VOCABULARIES[vocabulary](value).label


register.filter("sentence", sentence)
register.filter("days_left", days_left)


@register.filter
def kind(words: str) -> str:
    """Return the kind of an organisation or a person in the page's language, or marked as foreign if it is unknown."""
    known = kind_in_words(words)
    return foreign(words) if known == words else known


@register.inclusion_tag("components/promise_line.html", takes_context=True)
def promise_line(context, told, size="large", key=True):
    """Show a milestone's dates on one axis; nothing if it has none. size: "large", with years and a key, or "small"."""
    moment = context.get("moment")
    return {
        "told": told,
        "size": size,
        "key": key and size == "large",
        "line": lines.promise_line(told, size=size),
        "sentence": sentence(told),
        "asked": bool(moment and moment.asked),
        "day": day_in_words(told["on"]) if size == "large" else "",
    }


@register.simple_tag(takes_context=True)
def facts_about(context, content_id) -> list[dict]:
    """Return facts and known conflicts about a thing, or about the whole record without an id."""
    return [each.current() for each in record.contexts_about(content_id or None, context.get("moment"))]


@register.inclusion_tag("components/context_about.html", takes_context=True)
def context_about(context, content_id):
    return _around(context) | {"facts": facts_about(context, content_id)}


@register.inclusion_tag("components/named_by.html", takes_context=True)
def initiatives_naming(context, content_id, relation):
    """Show the initiatives that name a thing in this relation."""
    found = record.initiatives_naming(content_id, relation, context.get("moment"))
    return _around(context) | {"initiatives": found, "relation": relation}


@register.simple_tag(takes_context=True)
def precedents_of(context, initiative: dict) -> list[tuple[str, list[dict]]]:
    """Return other initiatives beside this one, and what came of them: see `present_precedents`."""
    moment = context.get("moment")
    named = [each["content_id"] for each in initiative["relations"]]
    others = record.related_to(initiative["content_id"], named, moment)
    children = record.promises_and_money_of(others, moment)
    return precedents(initiative, [each.current() for each in others], children, on=context["on"])


@register.simple_tag(takes_context=True)
def figures_beside(context, figures: list[dict], announcement: str):
    """Return the vintages, from every announcement, of the measures and years of these figures.

    For the form see `draw_figures_by_measure`.
    """
    own = {measure_of(each) for each in figures}
    others = [each.current() for each in record.figures_of_years({year for _, year, _ in own}, context.get("moment"))]
    known = {each["content_id"] for each in figures}
    beside = [each for each in others if each["content_id"] not in known and measure_of(each) in own]
    return figures_told(vintages([*figures, *beside]), announcement)


def _around(context) -> dict:
    return {key: context.get(key) for key in ("moment", "on", "numbers")}


@register.inclusion_tag("components/around_organisation.html", takes_context=True)
def around_organisation(context, content_id):
    """Show the people with posts at an organisation, and the bodies under it."""
    moment = context.get("moment")
    people, parts = record.people_with_posts_at(content_id, moment), record.parts_of(content_id, moment)
    return {"people": people, "parts": parts, "moment": moment}


@register.inclusion_tag("components/said_by.html", takes_context=True)
def said_by(context, content_id):
    """Show the milestones of which a person spoke, and the announcements they delivered."""
    moment = context.get("moment")
    spoken = spoken_of(context, content_id)
    return {"spoken": spoken, "announcements": record.announced_by(content_id, moment), "moment": moment}


@register.simple_tag(takes_context=True)
def spoken_of(context, content_id) -> list[dict]:
    """Return the presented milestones of which a person or an organisation spoke."""
    found = record.milestones_said_by(content_id, context.get("moment"))
    return [milestone(each.current(), on=context["on"]) for each in found]
