"""Lists of experts and of commentary: their rows and their filters."""

from django.utils.translation import gettext as _

from initiatives.choices import is_year
from publishing.shapes.asked import Asked, Facet, Filters

from ..choices import Stance

SORTS_OF_EXPERTS = ("most", "name")
SORTS_OF_COMMENTARY = ("newest", "oldest")


def lines(editions, stances: dict) -> list[dict]:
    """Build the rows of a list of experts from editions.

    Return [{"document", "said": number of commentaries, "stances": [(stance, number)]}].
    """
    found = []
    for each in editions:
        numbers = stances.get(each.content_id, {})
        mix = [(stance, numbers[stance]) for stance in Stance.values if numbers.get(stance)]
        found.append({"document": each.current(), "said": sum(numbers.values()), "stances": mix})
    return found


def filters_of_experts(asked: Asked, numbers: dict[str, dict]) -> Filters:
    words = {"traced": _("Traced to a source"), "unverified": _("Unverified")}
    facet = _facet("standing", _("Standing"), numbers, asked, values=list(words), words=words.get)
    orders = [("most", _("who said most first")), ("name", _("short name"))]
    return Filters(asked, _those_with_options(facet), orders)


def filters_of_commentary(asked: Asked, numbers: dict[str, dict]) -> Filters:
    years = sorted({*numbers["year"], *filter(is_year, asked.chosen.get("year", []))}, reverse=True)
    stance = _facet(
        "stance", _("Stance"), numbers, asked, values=Stance.values, words=lambda value: Stance(value).label
    )
    year = _facet("year", _("Year"), numbers, asked, values=years)
    orders = [("newest", _("newest first")), ("oldest", _("oldest first"))]
    return Filters(asked, _those_with_options(stance, year), orders)


def _facet(name: str, label: str, numbers: dict[str, dict], asked: Asked, *, values, words=str) -> Facet:
    return Facet.counted(name, label, numbers[name], asked.chosen.get(name, []), values=values, words=words)


def _those_with_options(*facets: Facet) -> list[Facet]:
    return [facet for facet in facets if facet.shown]
