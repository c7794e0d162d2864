"""What differs between two documents of one thing, key by key. Generated conversions do not count (`comparable`)."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..languages import CONVERTED, LANGUAGES, is_text
from .documents import canonical, comparable, is_reference, without_names

IDENTITY = ("type", "content_id")


class What(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"  # another place in its list
    FOLLOWS = "follows"  # a reference whose neighbour has another name or was withdrawn


@dataclass(frozen=True)
class Difference:
    """One part that is not the same; a side that has none of it is None.

    key: of the document or of the fact it stands in; an item has that of its list. language: of a text, in which of
    its languages; old and new are then words, and `states` how they came about. places: of an item that moved, from 1.
    parts: what differs inside: items of a list, keys of a fact.
    """

    key: str
    what: What
    old: Any
    new: Any
    language: str = ""
    states: tuple[str, str] = ("", "")
    places: tuple[int, int] | None = None
    parts: tuple["Difference", ...] = ()


def differences(old: dict | None, new: dict | None) -> list[Difference]:
    """None where there was, or is, no document."""
    old, new = old or {}, new or {}
    keys = [key for key in dict.fromkeys([*new, *old]) if key not in IDENTITY]
    found = {key: list(_between(key, old.get(key), new.get(key))) for key in keys}
    changed = [key for key in keys if found[key]]
    telling = [key for key in changed if not key.endswith("_language")]  # of words that are told themselves
    return [each for key in telling or changed for each in found[key]]


def _between(key: str, old: Any, new: Any) -> Iterable[Difference]:
    if _nothing(old) and _nothing(new):
        return
    if is_text(old) or is_text(new):
        yield from _texts(key, old or {}, new or {})
    elif isinstance(old, list) or isinstance(new, list):
        if items := tuple(_items(key, old or [], new or [])):
            yield Difference(key, _what(old, new), old, new, parts=items)
    elif not _same(old, new):
        yield _one(key, old, new)


def _one(key: str, old: Any, new: Any) -> Difference:
    """Of two values that are not the same."""
    if is_reference(old) and is_reference(new) and _same(*(without_names({key: each}) for each in (old, new))):
        return Difference(key, What.FOLLOWS, old, new)
    inside = [each for each in (old, new) if isinstance(each, dict) and not is_reference(each) and "edtf" not in each]
    of_one = len({each.get("content_id") for each in inside}) == 1
    parts = tuple(differences(*(each if each in inside else None for each in (old, new)))) if of_one else ()
    return Difference(key, _what(old, new), old, new, parts=parts)


def _texts(key: str, old: dict, new: dict) -> Iterable[Difference]:
    for language in LANGUAGES:
        before, after = _written(old, language), _written(new, language)
        if before != after:
            words = [text.get(language) or "" for text in (old, new)]
            yield Difference(key, _what(*words), *words, language, (_state(old, language), _state(new, language)))


def _written(text: dict, language: str) -> tuple[str | None, str]:
    """What a text says in a language and how it came about; nothing where it was converted."""
    state = _state(text, language)
    return (None, "") if state == CONVERTED else (text.get(language), state)


def _state(text: dict, language: str) -> str:
    return text.get("state", {}).get(language, "")


def _items(key: str, old: list, new: list) -> Iterable[Difference]:
    """Items are the same by what they are or name; those that stayed in order did not move."""
    before, after = _identified(old), _identified(new)
    place = {identity: at for at, identity in enumerate(before)}
    kept = [identity for identity in after if identity in place]
    in_order = _longest_rising([place[identity] for identity in kept])
    for at, (identity, item) in enumerate(after.items()):
        if identity not in place:
            yield Difference(key, What.ADDED, None, item, parts=_inside(None, item))
            continue
        was = before[identity]
        places = None if place[identity] in in_order else (place[identity] + 1, at + 1)
        if not _same(was, item):
            found = _one(key, was, item)
            yield Difference(key, found.what, was, item, places=places, parts=found.parts)
        elif places:
            yield Difference(key, What.MOVED, was, item, places=places)
    for identity, item in before.items():
        if identity not in after:
            yield Difference(key, What.REMOVED, item, None, parts=_inside(item, None))


def _inside(old: Any, new: Any) -> tuple[Difference, ...]:
    fact = old or new
    return tuple(differences(old, new)) if isinstance(fact, dict) and not is_reference(fact) else ()


def _identified(items: list) -> dict[Hashable, Any]:
    seen, found = Counter(), {}
    for item in items:
        identity = _identity(item)
        seen[identity] += 1
        found[identity, seen[identity]] = item
    return found


def _identity(item: Any) -> Hashable:
    if isinstance(item, dict) and "content_id" in item:
        return item["content_id"], item.get("relation")
    return canonical({"": item})


def _longest_rising(numbers: list[int]) -> set[int]:
    """The most numbers, all different, that stand in rising order."""
    tails: list[list[int]] = []  # of each length, the run so far with the smallest end
    for number in numbers:
        at = bisect_left(tails, number, key=lambda run: run[-1])
        tails[at : at + 1] = [[*(tails[at - 1] if at else []), number]]
    return set(tails[-1]) if tails else set()


def _same(old: Any, new: Any) -> bool:
    return old == new or comparable({"": old}) == comparable({"": new})


def _nothing(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})


def _what(old: Any, new: Any) -> What:
    if _nothing(old):
        return What.ADDED
    return What.REMOVED if _nothing(new) else What.CHANGED
