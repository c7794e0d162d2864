"""Linked data (JSON-LD, schema.org) of a page: a tree of texts and references, localized to one language."""

import json
from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

from record.dates import FuzzyDate
from record.languages import is_text, localize

LANGUAGE_TAGS = {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}  # language tags in BCP 47
EMPTY_VALUES = (None, "", [], {})
SCRIPT_ESCAPES = {ord(each): f"\\u{ord(each):04X}" for each in "<>&"}  # so that no text can end the script element


def build_reference_node(reference: dict | None, type: str = "") -> dict | None:
    """Return a node for what a reference points at; without "@type" if `type` is not given."""
    if not reference:
        return None
    return ({"@type": type} if type else {}) | {"name": reference["title"], "url": reference}


def localize_tree(node, *, language: str, address: Callable[[dict], str | None]):
    """Return the tree with texts in this language, references as `address(reference)`, and no empty values."""
    if is_text(node):
        return localize(node, language)[0]
    if isinstance(node, list):
        return [localize_tree(each, language=language, address=address) for each in node if each not in EMPTY_VALUES]
    if not isinstance(node, dict):
        return node
    if "content_id" in node:
        return address(node)
    said = {key: localize_tree(value, language=language, address=address) for key, value in node.items()}
    return {key: value for key, value in said.items() if value not in EMPTY_VALUES}


def build_citation_node(source: dict) -> dict:
    """Return a CreativeWork node for a source."""
    return {
        "@type": "CreativeWork",
        "name": source["title"] or source["url"],
        "url": parse_web_url(source["url"]),
        "inLanguage": LANGUAGE_TAGS.get(source["language"]),
        "publisher": {"@type": "Organization", "name": source["publisher"]} if source["publisher"] else None,
        "datePublished": get_exact_day(source["published"]),
    }


def get_exact_day(document: dict | None) -> str | None:
    """Return the ISO day of a fuzzy date that is exactly one day, else None: schema.org cannot express half a year."""
    fuzzy = FuzzyDate.from_document(document)
    return format_iso_day(fuzzy.earliest) if fuzzy.earliest and fuzzy.earliest == fuzzy.latest else None


def format_iso_day(day: date | None) -> str | None:
    """Return the day in ISO format; None for None."""
    return day.isoformat() if day else None


def parse_web_url(url: str | None) -> str | None:
    """Return the URL if a browser may follow it (http or https), else None."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def to_script_json(tree) -> str:
    """Return JSON that is safe inside a script element."""
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).translate(SCRIPT_ESCAPES)
