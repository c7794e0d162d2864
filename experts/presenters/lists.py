"""Lists of experts and of commentary: their rows and their filters."""

from django.utils.translation import gettext as _

from initiatives.choices import is_year
from readers.list_query import Facet, ListFilters, ListQuery

from ..choices import Stance

EXPERT_SORTS = ("most", "name")
COMMENTARY_SORTS = ("newest", "oldest")


def present_expert_rows(editions, stances: dict) -> list[dict]:
    """Build the rows of a list of experts from editions.

    Return [{"document", "said": number of commentaries, "stances": [(stance, number)]}].
    """
    found = []
    for each in editions:
        numbers = stances.get(each.content_id, {})
        mix = [(stance, numbers[stance]) for stance in Stance.values if numbers.get(stance)]
        found.append({"document": each.load_document(), "said": sum(numbers.values()), "stances": mix})
    return found


def build_expert_filters(asked: ListQuery, numbers: dict[str, dict]) -> ListFilters:
    words = {"traced": _("Traced to a source"), "unverified": _("Unverified")}
    facet = _build_facet("standing", _("Standing"), numbers, asked, values=list(words), words=words.get)
    orders = [("most", _("who said most first")), ("name", _("short name"))]
    return ListFilters(asked, _drop_empty_facets(facet), orders)


def build_commentary_filters(asked: ListQuery, numbers: dict[str, dict]) -> ListFilters:
    years = sorted({*numbers["year"], *filter(is_year, asked.filters.get("year", []))}, reverse=True)
    stance = _build_facet(
        "stance", _("Stance"), numbers, asked, values=Stance.values, words=lambda value: Stance(value).label
    )
    year = _build_facet("year", _("Year"), numbers, asked, values=years)
    orders = [("newest", _("newest first")), ("oldest", _("oldest first"))]
    return ListFilters(asked, _drop_empty_facets(stance, year), orders)


def _build_facet(name: str, label: str, numbers: dict[str, dict], asked: ListQuery, *, values, words=str) -> Facet:
    return Facet.from_counts(name, label, numbers[name], asked.filters.get(name, []), values=values, words=words)


def _drop_empty_facets(*facets: Facet) -> list[Facet]:
    return [facet for facet in facets if facet.shown]
