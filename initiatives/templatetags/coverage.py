"""Tags of the pages about this site: how much the record holds, where it falls short, what its words mean."""

from django import template
from django.core.cache import cache

from initiatives.queries import coverage as record
from initiatives.shapes.meanings import RATINGS, SCHEDULES
from publishing.queries import counted, first_and_latest, state_of

register = template.Library()
AN_HOUR = 3600


@register.inclusion_tag("components/coverage.html", takes_context=True)
def coverage(context):
    """Show how much the record holds, since when, and what is known to be missing. The counts of things are cached."""
    moment, on = context.get("moment"), context["on"]
    things = cache.get_or_set(f"counted:{state_of(moment)}", lambda: counted(moment), AN_HOUR)
    first, latest = first_and_latest(moment)
    funded, unspent = record.with_public_money(moment)
    indicators, never_observed = record.indicators(moment)
    return {
        "moment": moment,
        "things": {type: counts["things"] for type, counts in things.items()},
        "untranslated": sum(each["untranslated"] for each in things.values()),
        "unreviewed": sum(each["unreviewed"] for each in things.values()),
        "total": sum(each["things"] for each in things.values()),
        "schedules": record.promises_by_schedule(moment, on=on),
        "first": first,
        "latest": latest,
        "funded": funded,
        "unspent": unspent,
        "indicators": indicators,
        "never_observed": never_observed,
    }


@register.inclusion_tag("components/meanings.html", takes_context=True)
def words_of_the_calendar(context):
    """Show every word for how a promise stands, what it means, and how many stand so."""
    counts = record.promises_by_schedule(context.get("moment"), on=context["on"])
    words = [(word.value, word.label, meaning, counts[word]) for word, meaning in SCHEDULES.items()]
    return {"kind": "calendar", "words": words}


@register.inclusion_tag("components/meanings.html", takes_context=True)
def words_of_ratings(context):
    """Show every word of a rating, what it means, and how often our editors gave it."""
    counts = record.ratings(context.get("moment"))
    words = [(word.value, word.label, meaning, counts.get(word, 0)) for word, meaning in RATINGS.items()]
    return {"kind": "rating", "words": words}
