"""Tags and filters that show experts and commentary, also on the pages of other things."""

from django import template

from .. import choices, queries

register = template.Library()


@register.filter
def stance_label(value: str) -> str:
    return choices.Stance(value).label if value else ""


@register.filter
def theme_label(value: str) -> str:
    return choices.ThemeKind(value).label


@register.simple_tag(takes_context=True)
def commentary_by_stance(context, content_id) -> list[tuple[str, list[dict]]]:
    """Return [(stance, documents)] about an initiative or an announcement at the page's moment.

    The stances are in the vocabulary's order.
    """
    said = [each.load_document() for each in queries.find_commentary_about(content_id, context.get("moment"))]
    groups = [(stance, [each for each in said if each["stance"] == stance]) for stance in [*choices.Stance.values, ""]]
    return [(stance, of_it) for stance, of_it in groups if of_it]


@register.inclusion_tag("components/commentary_about.html", takes_context=True)
def commentary_about(context, content_id):
    """Show the commentary about an initiative or an announcement, grouped by stance."""
    return {"voices": commentary_by_stance(context, content_id), "moment": context.get("moment")}


@register.inclusion_tag("components/commentary_by.html", takes_context=True)
def commentary_by(context, content_id):
    """Show an expert's commentary grouped by stance, newest first."""
    moment = context.get("moment")
    said = [each.load_document() for each in queries.find_commentary_by(content_id, moment)]
    by_stance = [(value, [each for each in said if each["stance"] == value]) for value in (*choices.Stance.values, "")]
    return {"stances": [(value, found) for value, found in by_stance if found], "moment": moment}


@register.inclusion_tag("components/speaking_as.html", takes_context=True)
def experts_speaking_as(context, content_id):
    """Show the experts that a person or an organisation is, with their commentary."""
    moment = context.get("moment")
    return {
        "experts": [each.load_document() for each in queries.find_experts_speaking_as(content_id, moment)],
        "moment": moment,
    }


@register.simple_tag(takes_context=True)
def unverified_counts(context) -> dict[str, int]:
    """Return {"experts", "comments"}: how many could not be traced."""
    return queries.count_unverified(context.get("moment"))
