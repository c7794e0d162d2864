"""Pure functions on documents: canonical JSON, references, comparison, and missing or stale parts.

A document is a dict. Three kinds of dict inside it are told apart by their keys: a *text* ({"en", "zh-hant",
"zh-hans", "state"}), a *reference* to another published thing ({"type", "content_id", …}) and everything else, here
called *facts*.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import orjson

from ..languages import CONVERTED, STALE, get_text_column, is_text

CONTAINER_TYPES = (dict, list)  # nodes that contain other nodes
NAME_KEYS = ("slug", "title", "withdrawn")
ReferenceKey = tuple[str, str]  # (type, content_id)


def to_canonical_json(document: dict) -> str:
    """Return the canonical JSON of a document: keys sorted, UTF-8 unescaped, no spaces."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode()


def decode_document(text: str) -> dict:
    """Parse the JSON of a document."""
    return orjson.loads(text)


def sha256_hex(text: str) -> str:
    """Return the SHA-256 of a text in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_reference(node: Any) -> bool:
    """Return True if a node is a reference: a dict with "type" and "content_id"."""
    return isinstance(node, dict) and "type" in node and "content_id" in node


def get_reference_key(reference: dict) -> ReferenceKey:
    """Return the (type, content_id) of a reference."""
    return reference["type"], reference["content_id"]


def _map_nodes(node: Any, change: Callable[[dict], Any]) -> Any:
    """Copy a node, replacing each dict by what `change` returns for it; Ellipsis means to look inside the dict."""
    if isinstance(node, dict):
        changed = change(node)
        if changed is not ...:
            return changed
        return {
            key: _map_nodes(value, change) if isinstance(value, CONTAINER_TYPES) else value
            for key, value in node.items()
        }
    if isinstance(node, list):
        items = [_map_nodes(item, change) for item in node]
        return [item for item, was in zip(items, node, strict=True) if item is not None or was is None]
    return node


def map_references(document: dict, change: Callable[[dict], dict | None]) -> dict:
    """Return the document with each reference replaced by what `change` returns for it.

    None removes a reference from its list, or sets its key to null.
    """

    def each(node):
        return change(node) if is_reference(node) else ...

    return {key: _map_nodes(value, each) for key, value in document.items()}


def iter_references(document: dict) -> Iterator[tuple[str, dict]]:
    """Yield (relation, reference) for each reference in the document.

    The relation is the reference's own, else the key that it stands under.
    """

    def walk(node, key):
        if is_reference(node):
            yield node.get("relation", key), node
        elif isinstance(node, dict):
            for inner, value in node.items():
                if isinstance(value, CONTAINER_TYPES):
                    yield from walk(value, inner)
        else:
            for item in node:
                if isinstance(item, CONTAINER_TYPES):
                    yield from walk(item, key)

    for key, value in document.items():
        if isinstance(value, CONTAINER_TYPES):
            yield from walk(value, key)


def strip_names(document: dict) -> dict:
    """Reduce references to what they point at, so that a neighbour's new name is no change of this thing."""
    return map_references(document, lambda ref: {key: value for key, value in ref.items() if key not in NAME_KEYS})


def strip_conversions(document: dict) -> dict:
    """Return the document without generated conversions, so that a better converter never looks like a change."""

    def change(node):
        if not is_text(node):
            return ...
        state = {language: mark for language, mark in node.get("state", {}).items() if mark != CONVERTED}
        kept = {
            key: value for key, value in node.items() if node.get("state", {}).get(key) != CONVERTED and key != "state"
        }
        return kept | ({"state": state} if state else {})

    return _map_nodes(document, change)


def documents_differ(one: dict, other: dict) -> bool:
    """Return True if two documents differ in more than generated conversions."""
    return one != other and strip_conversions(one) != strip_conversions(other)


def hash_documents(documents: list[dict], *, ignoring: tuple[str, ...] = ()) -> str:
    """Return one digest of a root and its children, regardless of other things' names and of the keys in `ignoring`."""
    texts = (
        to_canonical_json(
            strip_conversions(strip_names({key: value for key, value in document.items() if key not in ignoring}))
        )
        for document in documents
    )
    return sha256_hex("\n".join(sorted(texts)))


def iter_text_strings(node: Any) -> Iterator[str]:
    """Yield every string of every text in a node, but not the names of other things."""
    if is_text(node):
        yield from (value for key, value in node.items() if key != "state")
    elif isinstance(node, dict) and not is_reference(node):
        for value in node.values():
            yield from iter_text_strings(value)
    elif isinstance(node, list):
        for item in node:
            yield from iter_text_strings(item)


def _iter_facts(document: dict) -> Iterator[tuple[str, dict]]:
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


def find_uncited(document: dict) -> Iterator[tuple[str, dict]]:
    """Yield (path, fact) of stated facts whose list of citations is empty ("statements.0")."""
    return ((path, fact) for path, fact in _iter_facts(document) if fact.get("citations") == [])


def find_weakly_cited(document: dict) -> Iterator[str]:
    """Yield the paths of citations of facts that rest on reposts (tier 3) alone ("statements.0.citations")."""
    for path, fact in _iter_facts(document):
        tiers = {each["source"]["tier"] for each in fact.get("citations") or []}
        if tiers == {3}:
            yield f"{path}.citations" if path else "citations"


def find_stale_texts(document: dict) -> Iterator[str]:
    """Yield the column paths of stale texts: those whose source text has changed since.

    They are written as "title_zh_hant" or "evidence.0.summary_zh_hant".
    """
    for path, fact in _iter_facts(document):
        for key, text in fact.items():
            for language, state in (text.get("state", {}) if is_text(text) else {}).items():
                if state == STALE:
                    yield ".".join(filter(None, [path, get_text_column(key, language)]))
