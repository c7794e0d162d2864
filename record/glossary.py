"""Glossary of fixed terms, and mark-up of other languages within a page's: English words inside Chinese ones."""

import re
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

from .languages import convert_to_simplified

GLOSSARY_FILE = Path("data/words.yaml")
ENGLISH_RUN_PATTERN = re.compile(r"[A-Za-z][A-Za-z0-9'’.&+-]*(?:[ \u00a0]+[A-Za-z&][A-Za-z0-9'’.&+-]*)+")


@cache
def _load_glossary() -> dict[str, str]:
    """Load {English term: Traditional Chinese term}. Cached."""
    return yaml.safe_load((settings.BASE_DIR / GLOSSARY_FILE).read_text(encoding="utf-8"))


def translate_term(words: str, language: str) -> str:
    """Translate a kind, a unit or a publisher by `data/words.yaml`; "" for English and for terms that it lacks."""
    found = "" if language == "en" else _load_glossary().get(words, "")
    return convert_to_simplified(found) if language == "zh-hans" else found


def mark_english_runs(words: str, language: str) -> str:
    """Wrap each run of English within Chinese words in its own `lang`: phrases, and names without a Chinese form."""
    if language == "en" or not ENGLISH_RUN_PATTERN.search(words):
        return words
    parts, at = [], 0
    for run in ENGLISH_RUN_PATTERN.finditer(words):
        parts += [conditional_escape(words[at : run.start()]), format_html('<span lang="en">{}</span>', run[0])]
        at = run.end()
    return mark_safe("".join([*parts, conditional_escape(words[at:])]))  # each part was escaped
