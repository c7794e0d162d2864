"""Parses the short phrases of a data file: qualifiers, "at the earliest", "is recall", an area's name."""

import re
from dataclasses import dataclass, field

from . import mappings

RECALL_PATTERN = re.compile(r"\b(?:is|are) recall$")


@dataclass(frozen=True, slots=True)
class FromMemory:
    """The parts that a note calls recall (written from memory): languages of the name or title, and the office held."""

    languages: frozenset[str] = field(default_factory=frozenset)
    role: bool = False


def parse_qualifier(words: str) -> tuple[str, str]:
    """Split a phrase into (stored qualifier, words after it). Raises ValueError if it starts with no known qualifier.

    "around (universities, not projects)" -> ("about", "universities, not projects").
    """
    text = words.strip()
    for known in sorted(mappings.QUALIFIER, key=len, reverse=True):
        if text.lower() == known or text.lower().startswith((f"{known} ", f"{known}(")):
            return mappings.QUALIFIER[known], _strip_brackets(text[len(known) :].strip())
    raise ValueError(f"{words!r} starts with no known qualifier")


def is_at_the_earliest(words: str) -> bool:
    """Return True if the words only give the earliest time at which something could happen."""
    return any(sign in words.lower() for sign in mappings.AT_THE_EARLIEST)


def parse_from_memory(note: str | None) -> FromMemory:
    """Return what a note calls recall, such as "Chinese name and past role are recall"."""
    languages, role = set(), False
    for clause in re.split(r"[;.]\s*", note or ""):
        if not RECALL_PATTERN.search(clause.strip()):
            continue
        if re.search(r"Chinese (name|title)", clause):
            languages.add("zh-hant")
        if re.search(r"romanisation|English (name|title)", clause):
            languages.add("en")
        role = role or bool(re.search(r"\brole\b|\bterm\b", clause))
    return FromMemory(frozenset(languages), role)


def make_area_title(slug: str) -> str:
    """Return an area's English title made from its slug: "low-altitude" -> "Low altitude"."""
    title = slug.replace("-", " ").replace("_", " ").strip()
    return title[:1].upper() + title[1:]


def _strip_brackets(text: str) -> str:
    return text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text
