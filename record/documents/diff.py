"""Structural diff of two documents of one thing, key by key, without generated conversions (`strip_conversions`)."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..languages import CONVERTED, LANGUAGES, is_text
from .canonical_json import is_reference, strip_conversions, strip_names, to_canonical_json

IDENTITY_KEYS = ("type", "content_id")


class DifferenceKind(StrEnum):
    """Kind of a difference."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"  # to another position in its list
    NEIGHBOUR_CHANGED = "follows"  # a reference whose target was renamed or withdrawn


@dataclass(frozen=True)
class Difference:
    """One part that differs between two documents; a side that lacks it is None.

    key: the key in the document or in the fact that holds it; an item has the key of its list. language: the language
    in which a text differs; old and new are then words, and `states` says how each came about. places: old and new
    position of an item that moved, counted from 1. parts: differences inside, of a list's items or a fact's keys.
    """

    key: str
    kind: DifferenceKind
    old: Any
    new: Any
    language: str = ""
    states: tuple[str, str] = ("", "")
    places: tuple[int, int] | None = None
    parts: tuple["Difference", ...] = ()


def diff_documents(old: dict | None, new: dict | None) -> list[Difference]:
    """Return what differs between two documents; None stands for a document that does not exist.

    Keys of a language ("…_language") are left out if anything else differs.
    """
    old, new = old or {}, new or {}
    keys = [key for key in dict.fromkeys([*new, *old]) if key not in IDENTITY_KEYS]
    found = {key: list(_diff_key(key, old.get(key), new.get(key))) for key in keys}
    changed = [key for key in keys if found[key]]
    telling = [key for key in changed if not key.endswith("_language")]  # the words themselves are reported
    return [each for key in telling or changed for each in found[key]]


def _diff_key(key: str, old: Any, new: Any) -> Iterable[Difference]:
    if _is_empty(old) and _is_empty(new):
        return
    if is_text(old) or is_text(new):
        yield from _diff_texts(key, old or {}, new or {})
    elif isinstance(old, list) or isinstance(new, list):
        if items := tuple(_diff_lists(key, old or [], new or [])):
            yield Difference(key, _classify_difference(old, new), old, new, parts=items)
    elif not _is_same(old, new):
        yield _compare_pair(key, old, new)


def _compare_pair(key: str, old: Any, new: Any) -> Difference:
    """Return the Difference between two values that are not the same."""
    if is_reference(old) and is_reference(new) and _is_same(*(strip_names({key: each}) for each in (old, new))):
        return Difference(key, DifferenceKind.NEIGHBOUR_CHANGED, old, new)
    inside = [each for each in (old, new) if isinstance(each, dict) and not is_reference(each) and "edtf" not in each]
    of_one = len({each.get("content_id") for each in inside}) == 1
    parts = tuple(diff_documents(*(each if each in inside else None for each in (old, new)))) if of_one else ()
    return Difference(key, _classify_difference(old, new), old, new, parts=parts)


def _diff_texts(key: str, old: dict, new: dict) -> Iterable[Difference]:
    """Yield one Difference for each language in which two texts differ."""
    for language in LANGUAGES:
        before, after = _written_text(old, language), _written_text(new, language)
        if before != after:
            words = [text.get(language) or "" for text in (old, new)]
            yield Difference(
                key,
                _classify_difference(*words),
                *words,
                language,
                (_text_state(old, language), _text_state(new, language)),
            )


def _written_text(text: dict, language: str) -> tuple[str | None, str]:
    """Return (words, state) of a text in a language; (None, "") if it was converted."""
    state = _text_state(text, language)
    return (None, "") if state == CONVERTED else (text.get(language), state)


def _text_state(text: dict, language: str) -> str:
    return text.get("state", {}).get(language, "")


def _diff_lists(key: str, old: list, new: list) -> Iterable[Difference]:
    """Yield the differences between two lists.

    Items match by what they are or refer to; those that kept their relative order did not move.
    """
    before, after = _index_by_identity(old), _index_by_identity(new)
    place = {identity: at for at, identity in enumerate(before)}
    kept = [identity for identity in after if identity in place]
    in_order = _longest_increasing_run([place[identity] for identity in kept])
    for at, (identity, item) in enumerate(after.items()):
        if identity not in place:
            yield Difference(key, DifferenceKind.ADDED, None, item, parts=_diff_item(None, item))
            continue
        was = before[identity]
        places = None if place[identity] in in_order else (place[identity] + 1, at + 1)
        if not _is_same(was, item):
            found = _compare_pair(key, was, item)
            yield Difference(key, found.kind, was, item, places=places, parts=found.parts)
        elif places:
            yield Difference(key, DifferenceKind.MOVED, was, item, places=places)
    for identity, item in before.items():
        if identity not in after:
            yield Difference(key, DifferenceKind.REMOVED, item, None, parts=_diff_item(item, None))


def _diff_item(old: Any, new: Any) -> tuple[Difference, ...]:
    fact = old or new
    return tuple(diff_documents(old, new)) if isinstance(fact, dict) and not is_reference(fact) else ()


def _index_by_identity(items: list) -> dict[Hashable, Any]:
    seen, found = Counter(), {}
    for item in items:
        identity = _get_identity(item)
        seen[identity] += 1
        found[identity, seen[identity]] = item
    return found


def _get_identity(item: Any) -> Hashable:
    if isinstance(item, dict) and "content_id" in item:
        return item["content_id"], item.get("relation")
    return to_canonical_json({"": item})


def _longest_increasing_run(numbers: list[int]) -> set[int]:
    """Return the longest rising subsequence of distinct numbers, as a set."""
    tails: list[list[int]] = []  # for each length, the rising run with the smallest end
    for number in numbers:
        at = bisect_left(tails, number, key=lambda run: run[-1])
        tails[at : at + 1] = [[*(tails[at - 1] if at else []), number]]
    return set(tails[-1]) if tails else set()


def _is_same(old: Any, new: Any) -> bool:
    return old == new or strip_conversions({"": old}) == strip_conversions({"": new})


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})


def _classify_difference(old: Any, new: Any) -> DifferenceKind:
    if _is_empty(old):
        return DifferenceKind.ADDED
    return DifferenceKind.REMOVED if _is_empty(new) else DifferenceKind.CHANGED
