"""Pure checks for impossible dates in a document: done although still in the future, or over before it began.

A path is a key, or the key of a list and a key of its items ("statements.stated"); its value is a day or a fuzzy
date. Findings are reported by column ("statements.0.stated_earliest").
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any


def find_future_dates(document: dict, paths: Iterable[str], *, on: date) -> Iterator[tuple[str, date]]:
    """Yield (column, first possible day) of dates of something done that lie wholly after the day `on`."""
    for path in paths:
        for column, value in _iter_dates(document, path):
            if (first := _first_possible_day(value)) and first > on:
                yield f"{column}_earliest" if isinstance(value, dict) else column, first


def find_reversed_dates(document: dict, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the columns of ends that lie wholly before their beginning. pairs: paths of a beginning and its end."""
    for beginning, end in pairs:
        for (_, begun), (column, ended) in zip(
            _iter_dates(document, beginning), _iter_dates(document, end), strict=True
        ):
            first, last = _first_possible_day(begun), _last_possible_day(ended)
            if first and last and last < first:
                yield f"{column}_latest" if isinstance(ended, dict) else column


def _iter_dates(document: dict, path: str) -> Iterator[tuple[str, Any]]:
    head, _, key = path.partition(".")
    if not key:
        yield head, document[head]
        return
    for at, each in enumerate(document[head]):
        yield f"{head}.{at}.{key}", each[key]


def _first_possible_day(value: dict | str | None) -> date | None:
    return _parse_day(value["earliest"] if isinstance(value, dict) else value)


def _last_possible_day(value: dict | str | None) -> date | None:
    return _parse_day(value["latest"] if isinstance(value, dict) else value)


def _parse_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
