"""Rows and filters of the lists of organisations, people and policy areas."""

from django.utils.translation import gettext as _

from readers.list_query import Facet, ListFilters, ListQuery

from ..choices import KIND_LABELS
from ..vocabulary import ScheduleValue


def present_body_rows(editions, *, named: dict, promises: dict | None = None) -> list[dict]:
    """Build the rows of a list from editions.

    Return [{"document", relation: number of things that name it so …, "promises": [(schedule, number)]}].
    """
    promises = promises or {}
    return [
        {"document": each.load_document(), "promises": _order_by_schedule(promises.get(each.content_id, {}))}
        | named.get(each.content_id, {})
        for each in editions
    ]


def build_kind_filters(
    asked: ListQuery, numbers: dict[str, int], *, label: str, orders: list[tuple[str, str]]
) -> ListFilters:
    """Build the filter by kind, which is free text. numbers: {kind: number} of what the search words match.

    Without search words every kind is an option.
    """
    chosen = asked.filters.get("kind", [])
    there = {*filter(None, numbers), *(chosen if asked.search else ())}
    values = sorted(there, key=lambda kind: (-numbers.get(kind, 0), kind))
    facet = Facet.from_counts("kind", label, numbers, chosen, values=values, words=format_kind, titles=None)
    return ListFilters(asked, [facet] if facet.shown else [], orders)


def format_kind(kind: str) -> str:
    """Return the kind in the page's language if the shipped record has it, else as it was typed."""
    return str(KIND_LABELS.get(kind, kind))


def organisation_orders() -> list[tuple[str, str]]:
    return [("most", _("most initiatives first")), ("name", _("short name"))]


def person_orders() -> list[tuple[str, str]]:
    return [("most", _("who said most first")), ("name", _("short name"))]


def _order_by_schedule(numbers: dict[str, int]) -> list[tuple[str, int]]:
    return [(word, numbers[word]) for word in ScheduleValue if numbers.get(word)]
