"""Facets of the list of initiatives: options in words with their counts, and what was chosen."""

from functools import partial

from django.utils.translation import gettext as _

from publishing.shapes.asked import Asked, Facet, Option
from publishing.shapes.wording import sum_in_words

from ..choices import BANDS, FACETS, NO_SUM, FundingStage, Rating, Schedule, Stage, is_year

VOCABULARIES = {"schedule": Schedule, "stage": Stage, "verdict": Rating, "money": FundingStage}
IN_THE_API = {
    "stage": {"stage": "{}"},
    "area": {"area": "{}"},
    "organisation": {"organisation": "{}"},
    "announcement": {"announced_in": "{}"},
    "year": {"announced_after": "{}-01-01", "announced_before": "{}-12-31"},
}


def facets(counts, asked: Asked) -> list[Facet]:
    """Return the facets, in their order, that would narrow the list or of which something was chosen.

    counts: a `FacetCounts`.
    """
    found = [_facet(name, counts, asked.chosen.get(name, [])) for name in FACETS]
    return [facet for facet in found if facet.shown]


def orders() -> list[tuple[str, str]]:
    return [
        ("newest", _("newest announced first")),
        ("oldest", _("oldest announced first")),
        ("due", _("next due first")),
        ("moved", _("most moved first")),
        ("money", _("largest public sum first")),
        ("checked", _("last confirmed")),
        ("name", _("short name")),
    ]


def in_the_api(found: list[Facet]) -> dict[str, str]:
    """Return the API parameters that ask the same, for facets with one known value chosen that the API has too."""
    asked: dict[str, str] = {}
    for facet in found:
        match facet.chosen:
            case [Option(value=value, known=True)] if facet.name in IN_THE_API:
                asked |= {name: form.format(value) for name, form in IN_THE_API[facet.name].items()}
    return asked


def _facet(name: str, counts, chosen: list[str]) -> Facet:
    numbers, titles = counts.options[name], counts.titles.get(name)
    values = FACETS[name] or sorted(numbers, key=lambda slug: (-numbers[slug], slug))
    if name == "year":
        values = sorted({*numbers, *filter(is_year, chosen)}, reverse=True)
    return Facet.counted(name, names()[name], numbers, chosen, values=values, words=partial(label, name), titles=titles)


def label(name: str, value: str) -> str:
    """Return the words of an option that is not a thing."""
    if name in VOCABULARIES:
        return str(VOCABULARIES[name](value).label)
    return _band(value) if name == "amount" else value


def _band(value: str) -> str:
    if value == NO_SUM:
        return _("none on record")
    least, below = BANDS[value]
    if least is None:
        return _("under %(sum)s") % {"sum": sum_in_words(below)}
    if below is None:
        return _("%(sum)s or more") % {"sum": sum_in_words(least)}
    return _("%(least)s to under %(below)s") % {"least": sum_in_words(least), "below": sum_in_words(below)}


def names() -> dict[str, str]:
    return {
        "schedule": _("How its promises stand"),
        "stage": _("Stage"),
        "verdict": _("Our rating"),
        "area": _("Policy area"),
        "organisation": _("Lead or partner"),
        "announcement": _("Announced in"),
        "year": _("Year announced"),
        "money": _("Public money"),
        "amount": _("Largest public sum"),
    }
