"""Rows and filters of the lists of organisations, people and policy areas."""

from django.utils.translation import gettext as _

from publishing.shapes.asked import Asked, Facet, Filters

from ..choices import KINDS
from ..rules.schedule import SCHEDULES


def lines(editions, *, named: dict, promises: dict | None = None) -> list[dict]:
    """Build the rows of a list from editions.

    Return [{"document", relation: number of things that name it so …, "promises": [(schedule, number)]}].
    """
    promises = promises or {}
    return [
        {"document": each.current(), "promises": _in_order(promises.get(each.content_id, {}))}
        | named.get(each.content_id, {})
        for each in editions
    ]


def filters(asked: Asked, numbers: dict[str, int], *, label: str, orders: list[tuple[str, str]]) -> Filters:
    """Build the filter by kind, which is free text. numbers: {kind: number} of what the search words match.

    Without search words every kind is an option.
    """
    chosen = asked.chosen.get("kind", [])
    there = {*filter(None, numbers), *(chosen if asked.words else ())}
    values = sorted(there, key=lambda kind: (-numbers.get(kind, 0), kind))
    facet = Facet.counted("kind", label, numbers, chosen, values=values, words=kind_in_words, titles=None)
    return Filters(asked, [facet] if facet.shown else [], orders)


def kind_in_words(kind: str) -> str:
    """Return the kind in the page's language if the shipped record has it, else as it was typed."""
    return str(KINDS.get(kind, kind))


def orders_of_bodies() -> list[tuple[str, str]]:
    return [("most", _("most initiatives first")), ("name", _("short name"))]


def orders_of_people() -> list[tuple[str, str]]:
    return [("most", _("who said most first")), ("name", _("short name"))]


def _in_order(numbers: dict[str, int]) -> list[tuple[str, int]]:
    return [(word, numbers[word]) for word in SCHEDULES if numbers.get(word)]
