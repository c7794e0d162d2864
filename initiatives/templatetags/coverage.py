"""Tags of the pages about this site: how much the record holds, where it falls short, what its words mean."""

from django import template
from django.core.cache import cache

from record.queries import cache_version, coverage_counts, publication_range

from ..presenters.help_texts import RATING_MEANINGS, SCHEDULE_MEANINGS
from ..queries import coverage as record

register = template.Library()
COVERAGE_CACHE_SECONDS = 3600


@register.inclusion_tag("components/coverage.html", takes_context=True)
def coverage_summary(context):
    """Show how much the record holds, since when, and what is known to be missing. The counts of things are cached."""
    moment, on = context.get("moment"), context["on"]
    things = cache.get_or_set(
        f"counted:{cache_version(moment)}", lambda: coverage_counts(moment), COVERAGE_CACHE_SECONDS
    )
    first, latest = publication_range(moment)
    funded, unspent = record.count_publicly_funded(moment)
    indicators, never_observed = record.count_indicators(moment)
    return {
        "moment": moment,
        "things": {type: counts["things"] for type, counts in things.items()},
        "untranslated": sum(each["untranslated"] for each in things.values()),
        "unreviewed": sum(each["unreviewed"] for each in things.values()),
        "total": sum(each["things"] for each in things.values()),
        "schedules": record.count_promises_by_schedule(moment, on=on),
        "first": first,
        "latest": latest,
        "funded": funded,
        "unspent": unspent,
        "indicators": indicators,
        "never_observed": never_observed,
    }


@register.inclusion_tag("components/meanings.html", takes_context=True)
def schedule_meanings(context):
    """Show every word for how a promise stands, what it means, and how many stand so."""
    counts = record.count_promises_by_schedule(context.get("moment"), on=context["on"])
    words = [(word.value, word.label, meaning, counts[word]) for word, meaning in SCHEDULE_MEANINGS.items()]
    return {"kind": "calendar", "words": words}


@register.inclusion_tag("components/meanings.html", takes_context=True)
def rating_meanings(context):
    """Show every word of a rating, what it means, and how often our editors gave it."""
    counts = record.count_ratings(context.get("moment"))
    words = [(word.value, word.label, meaning, counts.get(word, 0)) for word, meaning in RATING_MEANINGS.items()]
    return {"kind": "rating", "words": words}
