"""Charts on a page: the drawing, its table, and links to the files of both."""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse

from initiatives.pages.promised import money_of, promised
from initiatives.rules.delivery import STANDINGS, Tally
from initiatives.shapes.charts.chart import Chart
from initiatives.shapes.charts.outcome import lettered
from initiatives.shapes.charts.standing import known_in_words, share_in_words, standing_in_words
from initiatives.shapes.charts.units import unit_in_words
from initiatives.shapes.track import name_in_address
from publishing.queries import Moment, moment
from publishing.templatetags.record import foreign, with_moment

register = template.Library()


@register.simple_block_tag(takes_context=True)
def drawn(context, content, chart: Chart):
    """Render a chart with the block's content, its table, beneath it. Without a chart, render the content alone."""
    if chart is None:
        return content
    files = {
        form: with_moment(context, reverse("chart", args=[chart.name, form]), **chart.of) for form in ("svg", "csv")
    }
    around = {"chart": chart, "content": content, "preview": context.get("preview")}
    return render_to_string("charts/chart.html", around | files)


@register.filter
def unit(name: str) -> str:
    """Return the unit of an indicator in the page's language, else as it is in the record, marked as foreign."""
    return foreign(unit_in_words(name))


@register.simple_tag(takes_context=True)
def cases(context, which: str, by: str = "", tally: Tally | None = None) -> str:
    """Return the URL of the cases behind a number of a tally."""
    query = {"by": by, "of": name_in_address(tally) if by else "", "as": which}
    return with_moment(context, reverse("cases"), **query)


@register.simple_tag
def share(part: int, whole: int) -> str:
    return share_in_words(part, whole) if whole else ""


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
    return promised(reference, now_or(context), by=by)


@register.simple_tag(takes_context=True)
def money_by_stage(context, document: dict, by: str) -> dict:
    """Return {"groups", "chart"}: money of what a body leads, or of which an announcement spoke."""
    content_id, slug = document["content_id"], document["slug"]
    groups, chart = money_of(now_or(context), by=by, content_id=content_id, slug=slug)
    return {"groups": groups, "chart": chart}


def now_or(context) -> Moment:
    """Return the reader's moment; in a preview, today."""
    return context.get("moment") or moment(None)


@register.simple_tag
def standings() -> tuple[str, ...]:
    return STANDINGS


@register.filter
def alone(tally: Tally) -> list[Tally]:
    return [tally]


@register.filter
def standing(name: str) -> str:
    return standing_in_words(name)


@register.filter
def counts(tally: Tally) -> list[tuple[str, int]]:
    """Return [(standing, number)], also for standings without promises."""
    return [(each, tally.counts[each]) for each in STANDINGS]


@register.filter
def known(tally: Tally) -> str:
    return known_in_words(tally)


@register.filter
def with_letters(targets: list[dict]) -> list[tuple[str, dict]]:
    """Return each target with its letter in the drawing."""
    return lettered(targets)
