"""Redaction: chosen words of a document are replaced by a marker, and everything else is left as it is.

A *field* is identified by the `content_id` of the dict that holds it, wherever in any document that dict occurs: a
source is repeated in the citations of many things, and a thing's name in everything that refers to it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..languages import CONVERTED, LANGUAGES, REDACTION_MARKERS, detect_language, is_text
from .canonical_json import is_reference

DATE_KEYS = {"earliest", "latest", "phrase"}


@dataclass(frozen=True)
class RedactionField:
    """Field whose words are to be redacted.

    content_id: that of the dict that holds it. path: the keys that lead to it. part: one language of a text, "phrase"
    of a date, or "" for all of it. becomes_null: it holds no words (a day, a number, an address). is_name: it is the
    name by which others refer to the thing.
    """

    content_id: str
    path: tuple[str, ...]
    part: str = ""
    becomes_null: bool = False
    is_name: bool = False


def redact_document(document: dict, fields: Iterable[RedactionField], *, copies: Iterable[str] = ()) -> dict:
    """Return the document without the words of these fields.

    copies: keys of the document that repeat a date found inside it, and are redacted with it.
    """
    by_thing, dates = defaultdict(list), []
    for field in fields:
        by_thing[field.content_id].append(field)

    def walk(node, *, top=False):
        if isinstance(node, list):
            return [walk(each) for each in node]
        if not isinstance(node, dict):
            return node
        for field, keys in _locate_fields(node, by_thing, top=top):
            old = _get_at(node, keys)
            new = redact_value(old, field)
            node = _set_at(node, keys, new)
            if isinstance(old, dict) and old.keys() >= DATE_KEYS:
                dates.append((old, new))
        return {key: walk(value) for key, value in node.items()}

    found = walk(document, top=True)
    repeated = {key: new for key in copies for old, new in dates if document.get(key) == old}
    return found | repeated


def iter_held_values(document: dict, fields: Iterable[RedactionField]) -> Iterator[tuple[RedactionField, Any]]:
    """Yield (field, its value) for each place in the document where one of these fields has a value."""
    by_thing = defaultdict(list)
    for field in fields:
        by_thing[field.content_id].append(field)

    def walk(node, *, top=False):
        if isinstance(node, list):
            for each in node:
                yield from walk(each)
        elif isinstance(node, dict):
            yield from ((field, _get_at(node, keys)) for field, keys in _locate_fields(node, by_thing, top=top))
            for value in node.values():
                yield from walk(value)

    return ((field, value) for field, value in walk(document, top=True) if value or value == 0)


def _locate_fields(node: dict, by_thing: dict, *, top: bool) -> Iterator[tuple[RedactionField, tuple[str, ...]]]:
    """Yield (field, keys that lead to it) for these fields in this dict.

    A reference holds the slug of what it refers to, and its name as title.
    """
    named = is_reference(node) and not top
    for field in by_thing.get(node.get("content_id"), ()):
        keys = ("title",) if named and field.is_name else field.path
        if not named or field.is_name or keys == ("slug",):
            yield field, keys


def _get_at(node: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        node = node.get(key) if isinstance(node, dict) else None
    return node


def _set_at(node: dict, keys: tuple[str, ...], value: Any) -> dict:
    if not isinstance(node, dict) or keys[0] not in node:
        return node
    return node | {keys[0]: value if len(keys) == 1 else _set_at(node[keys[0]], keys[1:], value)}


def redact_value(value: Any, field: RedactionField) -> Any:
    """Return what replaces a value; an empty value stays as it is."""
    if not value and value != 0:
        return value
    if field.path == ("slug",):
        return f"redacted-{field.content_id}"
    if isinstance(value, dict):
        return redact_text(value, field.part) if is_text(value) else _redact_date(value, field.part)
    if field.becomes_null:
        return None
    return [get_marker(" ".join(value))] if isinstance(value, list) else get_marker(value)


def get_marker(words: str) -> str:
    """Return the redaction marker in the language of the words."""
    return REDACTION_MARKERS[detect_language(words)]


def redact_text(text: dict, language: str = "") -> dict:
    """Redact one language of a text, or all of it; a conversion is redacted with its source."""
    states = text.get("state", {})
    going = languages_to_redact(language, converted=states.get("zh-hans") == CONVERTED)
    words = {each: REDACTION_MARKERS[each] if each in going else text[each] for each in LANGUAGES if each in text}
    left = {each: state for each, state in states.items() if each not in going or state == CONVERTED}
    return words | ({"state": left} if left else {})


def languages_to_redact(language: str, *, converted: bool) -> tuple[str, ...]:
    """Return the languages to redact together with this one; "" means all.

    converted: True if zh-hans was converted from zh-hant.
    """
    if not language:
        return LANGUAGES
    return ("zh-hant", "zh-hans") if converted and language != "en" else (language,)


def _redact_date(date: dict, part: str) -> dict | None:
    """Redact a date: its phrase alone if `part` is given, else its days too; None if no phrase is left to mark."""
    phrase = get_marker(date["phrase"]) if date["phrase"] else ""
    if part:
        return date | {"phrase": phrase}
    nothing = {"earliest": None, "latest": None, "precision": "unknown", "year_kind": "calendar"}
    return nothing | {"phrase": phrase, "at_the_earliest": False, "edtf": ""} if phrase else None


def iter_removed_words(value: Any, field: RedactionField) -> Iterator[str]:
    """Yield the strings that redacting this value removes, except those of dates: other texts say "by 2030" as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from value
    elif isinstance(value, dict) and is_text(value):
        after = redact_text(value, field.part)
        yield from (value[each] for each in LANGUAGES if each in value and value[each] != after[each])


def is_marker(value: Any) -> bool:
    """Return True if a value is nothing but a redaction marker; for a text, in at least one language."""
    if isinstance(value, list):
        return bool(value) and all(is_marker(each) for each in value)
    if isinstance(value, dict):
        return is_marker(value.get("phrase")) or any(value.get(each) == REDACTION_MARKERS[each] for each in LANGUAGES)
    return isinstance(value, str) and value in REDACTION_MARKERS.values()


def scrub_document(node: Any, words: Iterable[str]) -> Any:
    """Replace these words in every string of the node; short ones only where they are the whole string."""
    words = sorted(words, key=len, reverse=True)

    def walk(node):
        if isinstance(node, dict):
            return {key: walk(value) for key, value in node.items()}
        if isinstance(node, list):
            return [walk(each) for each in node]
        return scrub_text(node, words) if isinstance(node, str) else node

    return walk(node)


def scrub_text(text: str, words: Iterable[str]) -> str:
    """Replace these words in one string by redaction markers."""
    for each in words:
        if text == each:
            return get_marker(each)
        if is_distinctive(each) and each in text:
            text = text.replace(each, get_marker(each))
    return text


def is_distinctive(words: str) -> bool:
    """Return True if the words are long enough not to occur by chance in another text."""
    return len(words) >= (6 if words.isascii() else 3)
