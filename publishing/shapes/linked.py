"""Linked data (JSON-LD, schema.org) of a page: a tree of texts and references, localized to one language."""

import json
from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

from ..dates import FuzzyDate
from ..languages import is_text, say

TAGS = {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}  # language tags in BCP 47
EMPTY = (None, "", [], {})
UNSAFE = {ord(each): f"\\u{ord(each):04X}" for each in "<>&"}  # so that no text can end the script element


def named(reference: dict | None, type: str = "") -> dict | None:
    """Return a node for what a reference points at; without "@type" if `type` is not given."""
    if not reference:
        return None
    return ({"@type": type} if type else {}) | {"name": reference["title"], "url": reference}


def spoken(node, *, language: str, address: Callable[[dict], str | None]):
    """Return the tree with texts in this language, references as `address(reference)`, and no empty values."""
    if is_text(node):
        return say(node, language)[0]
    if isinstance(node, list):
        return [spoken(each, language=language, address=address) for each in node if each not in EMPTY]
    if not isinstance(node, dict):
        return node
    if "content_id" in node:
        return address(node)
    said = {key: spoken(value, language=language, address=address) for key, value in node.items()}
    return {key: value for key, value in said.items() if value not in EMPTY}


def citation(source: dict) -> dict:
    """Return a CreativeWork node for a source."""
    return {
        "@type": "CreativeWork",
        "name": source["title"] or source["url"],
        "url": web_address(source["url"]),
        "inLanguage": TAGS.get(source["language"]),
        "publisher": {"@type": "Organization", "name": source["publisher"]} if source["publisher"] else None,
        "datePublished": day_of(source["published"]),
    }


def day_of(document: dict | None) -> str | None:
    """Return the ISO day of a fuzzy date that is exactly one day, else None: schema.org cannot express half a year."""
    fuzzy = FuzzyDate.from_document(document)
    return iso(fuzzy.earliest) if fuzzy.earliest and fuzzy.earliest == fuzzy.latest else None


def iso(day: date | None) -> str | None:
    """Return the day in ISO format; None for None."""
    return day.isoformat() if day else None


def web_address(url: str | None) -> str | None:
    """Return the URL if a browser may follow it (http or https), else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def as_script_text(tree) -> str:
    """Return JSON that is safe inside a script element."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE)
