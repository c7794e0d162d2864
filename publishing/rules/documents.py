"""Pure functions on documents: canonical JSON, references, comparison, and missing or stale parts.

A document is a dict. Three kinds of dict inside it are told apart by their keys: a *text* ({"en", "zh-hant",
"zh-hans", "state"}), a *reference* to another published thing ({"type", "content_id", …}) and everything else, here
called *facts*.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import orjson

from ..languages import CONVERTED, STALE, column, is_text

NODES = (dict, list)  # nodes that contain other nodes
NAMES = ("slug", "title", "withdrawn")
Key = tuple[str, str]  # (type, content_id)


def canonical(document: dict) -> str:
    """Return the canonical JSON of a document: keys sorted, UTF-8 unescaped, no spaces."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode()


def decoded(text: str) -> dict:
    """Parse the JSON of a document."""
    return orjson.loads(text)


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_reference(node: Any) -> bool:
    """Return True if a node is a reference: a dict with "type" and "content_id"."""
    return isinstance(node, dict) and "type" in node and "content_id" in node


def key_of(reference: dict) -> Key:
    """Return the (type, content_id) of a reference."""
    return reference["type"], reference["content_id"]


def _mapped(node: Any, change: Callable[[dict], Any]) -> Any:
    """Copy a node, replacing each dict by what `change` returns for it; Ellipsis means to look inside the dict."""
    if isinstance(node, dict):
        changed = change(node)
        if changed is not ...:
            return changed
        return {key: _mapped(value, change) if isinstance(value, NODES) else value for key, value in node.items()}
    if isinstance(node, list):
        items = [_mapped(item, change) for item in node]
        return [item for item, was in zip(items, node, strict=True) if item is not None or was is None]
    return node


def map_references(document: dict, change: Callable[[dict], dict | None]) -> dict:
    """Return the document with each reference replaced by what `change` returns for it.

    None removes a reference from its list, or sets its key to null.
    """

    def each(node):
        return change(node) if is_reference(node) else ...

    return {key: _mapped(value, each) for key, value in document.items()}


def references(document: dict) -> Iterator[tuple[str, dict]]:
    """Yield (relation, reference) for each reference in the document.

    The relation is the reference's own, else the key that it stands under.
    """

    def walk(node, key):
        if is_reference(node):
            yield node.get("relation", key), node
        elif isinstance(node, dict):
            for inner, value in node.items():
                if isinstance(value, NODES):
                    yield from walk(value, inner)
        else:
            for item in node:
                if isinstance(item, NODES):
                    yield from walk(item, key)

    for key, value in document.items():
        if isinstance(value, NODES):
            yield from walk(value, key)


def without_names(document: dict) -> dict:
    """Reduce references to what they point at, so that a neighbour's new name is no change of this thing."""
    return map_references(document, lambda ref: {key: value for key, value in ref.items() if key not in NAMES})


def comparable(document: dict) -> dict:
    """Return the document without generated conversions, so that a better converter never looks like a change."""

    def change(node):
        if not is_text(node):
            return ...
        state = {language: mark for language, mark in node.get("state", {}).items() if mark != CONVERTED}
        kept = {
            key: value for key, value in node.items() if node.get("state", {}).get(key) != CONVERTED and key != "state"
        }
        return kept | ({"state": state} if state else {})

    return _mapped(document, change)


def differs(one: dict, other: dict) -> bool:
    """Return True if two documents differ in more than generated conversions."""
    return one != other and comparable(one) != comparable(other)


def digest(documents: list[dict], *, ignoring: tuple[str, ...] = ()) -> str:
    """Return one digest of a root and its children, regardless of other things' names and of the keys in `ignoring`."""
    texts = (
        canonical(comparable(without_names({key: value for key, value in document.items() if key not in ignoring})))
        for document in documents
    )
    return sha256("\n".join(sorted(texts)))


def texts_in(node: Any) -> Iterator[str]:
    """Yield every string of every text in a node, but not the names of other things."""
    if is_text(node):
        yield from (value for key, value in node.items() if key != "state")
    elif isinstance(node, dict) and not is_reference(node):
        for value in node.values():
            yield from texts_in(value)
    elif isinstance(node, list):
        for item in node:
            yield from texts_in(item)


def _facts(document: dict) -> Iterator[tuple[str, dict]]:
    """Yield (path, dict) of the document and of each fact in it; a path is written as "statements.0"."""

    def walk(node, path):
        if isinstance(node, dict) and not is_reference(node) and not is_text(node):
            yield ".".join(path), node
            for key, value in node.items():
                yield from walk(value, [*path, key])
        elif isinstance(node, list):
            for at, item in enumerate(node):
                yield from walk(item, [*path, str(at)])

    yield "", document
    for key, value in document.items():
        yield from walk(value, [key])


def uncited(document: dict) -> Iterator[tuple[str, dict]]:
    """Yield (path, fact) of stated facts whose list of citations is empty ("statements.0")."""
    return ((path, fact) for path, fact in _facts(document) if fact.get("citations") == [])


def weakly_cited(document: dict) -> Iterator[str]:
    """Yield the paths of citations of facts that rest on reposts (tier 3) alone ("statements.0.citations")."""
    for path, fact in _facts(document):
        tiers = {each["source"]["tier"] for each in fact.get("citations") or []}
        if tiers == {3}:
            yield f"{path}.citations" if path else "citations"


def stale(document: dict) -> Iterator[str]:
    """Yield the column paths of stale texts: those whose source text has changed since.

    They are written as "title_zh_hant" or "evidence.0.summary_zh_hant".
    """
    for path, fact in _facts(document):
        for key, text in fact.items():
            for language, state in (text.get("state", {}) if is_text(text) else {}).items():
                if state == STALE:
                    yield ".".join(filter(None, [path, column(key, language)]))
