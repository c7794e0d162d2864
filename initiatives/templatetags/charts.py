"""Charts on a page: the drawing, its table, and the files of both."""

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
    """A chart with what stands between the tags beneath it, its table; that alone where there is no chart."""
    if chart is None:
        return content
    files = {
        form: with_moment(context, reverse("chart", args=[chart.name, form]), **chart.of) for form in ("svg", "csv")
    }
    around = {"chart": chart, "content": content, "preview": context.get("preview")}
    return render_to_string("charts/chart.html", around | files)


@register.filter
def unit(name: str) -> str:
    """The unit of an indicator in the page's language, else as the record has it, in its own."""
    return foreign(unit_in_words(name))


@register.simple_tag(takes_context=True)
def cases(context, which: str, by: str = "", tally: Tally | None = None) -> str:
    """The address of the cases behind a number of a tally."""
    query = {"by": by, "of": name_in_address(tally) if by else "", "as": which}
    return with_moment(context, reverse("cases"), **query)


@register.simple_tag
def share(part: int, whole: int) -> str:
    return share_in_words(part, whole) if whole else ""


@register.simple_tag(takes_context=True)
def promised_by(context, document: dict, by: str) -> dict:
    """What an organisation ("body") or an announcement promised: see `pages.promised`."""
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
    """{"groups", "chart"}: money of what a body leads, or that an announcement spoke of."""
    content_id, slug = document["content_id"], document["slug"]
    groups, chart = money_of(now_or(context), by=by, content_id=content_id, slug=slug)
    return {"groups": groups, "chart": chart}


def now_or(context) -> Moment:
    """The reader's moment; a preview's is today."""
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
    """[(standing, how many)], also where there are none."""
    return [(each, tally.counts[each]) for each in STANDINGS]


@register.filter
def known(tally: Tally) -> str:
    return known_in_words(tally)


@register.filter
def with_letters(targets: list[dict]) -> list[tuple[str, dict]]:
    """Each target with its letter in the drawing."""
    return lettered(targets)
