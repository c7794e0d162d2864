"""What a page tells machines, in the words of schema.org: a tree of texts and references, put into one language."""

import json
from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

from ..dates import FuzzyDate
from ..languages import is_text, say

TAGS = {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}  # of languages, as BCP 47 writes them
EMPTY = (None, "", [], {})
UNSAFE = {ord(each): f"\\u{ord(each):04X}" for each in "<>&"}  # no words of the record end the script element


def named(reference: dict | None, type: str = "") -> dict | None:
    """What a document names, as a node; without a type where its reference does not tell it."""
    if not reference:
        return None
    return ({"@type": type} if type else {}) | {"name": reference["title"], "url": reference}


def spoken(node, *, language: str, address: Callable[[dict], str | None]):
    """The tree with each text in this language, each reference by its address, and nothing that is empty."""
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
    return {
        "@type": "CreativeWork",
        "name": source["title"] or source["url"],
        "url": web_address(source["url"]),
        "inLanguage": TAGS.get(source["language"]),
        "publisher": {"@type": "Organization", "name": source["publisher"]} if source["publisher"] else None,
        "datePublished": day_of(source["published"]),
    }


def day_of(document: dict | None) -> str | None:
    """The day of a vague date that is one day: schema.org has no words for half a year."""
    fuzzy = FuzzyDate.from_document(document)
    return iso(fuzzy.earliest) if fuzzy.earliest and fuzzy.earliest == fuzzy.latest else None


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def web_address(url: str | None) -> str | None:
    """None of what a browser may not follow."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def as_script_text(tree) -> str:
    """JSON that may stand in a script element."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE)
