"""Facets of the list of initiatives: options in words with their counts, and what was chosen."""

from functools import partial

from django.utils.translation import gettext as _

from readers.list_query import Facet, FacetOption, ListQuery
from record.formatting import format_hkd

from ..choices import AMOUNT_BANDS, INITIATIVE_FACETS, NO_SUM, FundingStage, MilestoneSchedule, Rating, Stage, is_year

FACET_VOCABULARIES = {"schedule": MilestoneSchedule, "stage": Stage, "verdict": Rating, "money": FundingStage}
FACET_API_PARAMS = {
    "stage": {"stage": "{}"},
    "area": {"area": "{}"},
    "organisation": {"organisation": "{}"},
    "announcement": {"announced_in": "{}"},
    "year": {"announced_after": "{}-01-01", "announced_before": "{}-12-31"},
}


def build_initiative_facets(counts, asked: ListQuery) -> list[Facet]:
    """Return the facets, in their order, that would narrow the list or of which something was chosen.

    counts: a `FacetCounts`.
    """
    found = [_build_facet(name, counts, asked.filters.get(name, [])) for name in INITIATIVE_FACETS]
    return [facet for facet in found if facet.shown]


def initiative_orders() -> list[tuple[str, str]]:
    return [
        ("newest", _("newest announced first")),
        ("oldest", _("oldest announced first")),
        ("due", _("next due first")),
        ("moved", _("most moved first")),
        ("money", _("largest public sum first")),
        ("checked", _("last confirmed")),
        ("name", _("short name")),
    ]


def api_params(found: list[Facet]) -> dict[str, str]:
    """Return the API parameters that ask the same, for facets with one known value chosen that the API has too."""
    asked: dict[str, str] = {}
    for facet in found:
        match facet.chosen:
            case [FacetOption(value=value, is_valid=True)] if facet.name in FACET_API_PARAMS:
                asked |= {name: form.format(value) for name, form in FACET_API_PARAMS[facet.name].items()}
    return asked


def _build_facet(name: str, counts, chosen: list[str]) -> Facet:
    numbers, titles = counts.options[name], counts.titles.get(name)
    values = INITIATIVE_FACETS[name] or sorted(numbers, key=lambda slug: (-numbers[slug], slug))
    if name == "year":
        values = sorted({*numbers, *filter(is_year, chosen)}, reverse=True)
    return Facet.from_counts(
        name, facet_labels()[name], numbers, chosen, values=values, words=partial(format_option, name), titles=titles
    )


def format_option(name: str, value: str) -> str:
    """Return the words of an option that is not a thing."""
    if name in FACET_VOCABULARIES:
        return str(FACET_VOCABULARIES[name](value).label)
    return _format_band(value) if name == "amount" else value


def _format_band(value: str) -> str:
    if value == NO_SUM:
        return _("none on record")
    least, below = AMOUNT_BANDS[value]
    if least is None:
        return _("under %(sum)s") % {"sum": format_hkd(below)}
    if below is None:
        return _("%(sum)s or more") % {"sum": format_hkd(least)}
    return _("%(least)s to under %(below)s") % {"least": format_hkd(least), "below": format_hkd(below)}


def facet_labels() -> dict[str, str]:
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
