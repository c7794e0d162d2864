"""Charts on a page: the drawing, its table, and links to the files of both."""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse

from readers.templatetags.formatting import add_as_of, translated_words
from record.queries import Moment, parse_as_of

from ..charts.chart import Chart
from ..charts.delivery_bars import format_known_share, format_share, format_standing
from ..charts.outcome import letter_targets
from ..charts.units import format_unit
from ..presenters.track_record import get_group_slug
from ..rules.delivery import STANDINGS, Tally
from ..views.promise_summary import load_money_by_stage, summarize_promises

register = template.Library()


@register.simple_block_tag(takes_context=True)
def render_chart(context, content, chart: Chart):
    """Render a chart with the block's content, its table, beneath it. Without a chart, render the content alone."""
    if chart is None:
        return content
    files = {
        form: add_as_of(context, reverse("chart", args=[chart.name, form]), **chart.params) for form in ("svg", "csv")
    }
    around = {"chart": chart, "content": content, "preview": context.get("preview")}
    return render_to_string("charts/chart.html", around | files)


@register.filter
def unit_label(name: str) -> str:
    """Return the unit of an indicator in the page's language, else as it is in the record, marked as foreign."""
    return translated_words(format_unit(name))


@register.simple_tag(takes_context=True)
def cases_url(context, which: str, by: str = "", tally: Tally | None = None) -> str:
    """Return the URL of the cases behind a number of a tally."""
    query = {"by": by, "of": get_group_slug(tally) if by else "", "as": which}
    return add_as_of(context, reverse("cases"), **query)


@register.simple_tag
def share_label(part: int, whole: int) -> str:
    return format_share(part, whole) if whole else ""


@register.simple_tag(takes_context=True)
def promised_by(context, document: dict, by: str) -> dict:
    """Return what an organisation (by "body") or an announcement promised: see `summarize_promises`."""
    title = document.get("name") or document.get("title")
    reference = {
        "type": document["type"],
        "content_id": document["content_id"],
        "slug": document["slug"],
        "title": title,
    }
    return summarize_promises(reference, get_moment_or_now(context), by=by)


@register.simple_tag(takes_context=True)
def money_by_stage(context, document: dict, by: str) -> dict:
    """Return {"groups", "chart"}: money of what a body leads, or of which an announcement spoke."""
    content_id, slug = document["content_id"], document["slug"]
    groups, chart = load_money_by_stage(get_moment_or_now(context), by=by, content_id=content_id, slug=slug)
    return {"groups": groups, "chart": chart}


def get_moment_or_now(context) -> Moment:
    """Return the reader's moment; in a preview, today."""
    return context.get("moment") or parse_as_of(None)


@register.simple_tag
def all_standings() -> tuple[str, ...]:
    return STANDINGS


@register.filter
def as_list(tally: Tally) -> list[Tally]:
    return [tally]


@register.filter
def standing_label(name: str) -> str:
    return format_standing(name)


@register.filter
def standing_counts(tally: Tally) -> list[tuple[str, int]]:
    """Return [(standing, number)], also for standings without promises."""
    return [(each, tally.counts[each]) for each in STANDINGS]


@register.filter
def known_share(tally: Tally) -> str:
    return format_known_share(tally)


@register.filter
def with_letters(targets: list[dict]) -> list[tuple[str, dict]]:
    """Return each target with its letter in the drawing."""
    return letter_targets(targets)
