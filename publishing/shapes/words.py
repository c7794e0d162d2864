"""Words within a page's language: what a column of one language says in Chinese, English words inside Chinese ones."""

import re
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

from ..languages import as_simplified

FILE = Path("data/words.yaml")
RUN = re.compile(r"[A-Za-z][A-Za-z0-9'’.&+-]*(?:[ \u00a0]+[A-Za-z&][A-Za-z0-9'’.&+-]*)+")


@cache
def _chinese() -> dict[str, str]:
    return yaml.safe_load((settings.BASE_DIR / FILE).read_text(encoding="utf-8"))


def said_in(words: str, language: str) -> str:
    """The Chinese of a kind, a unit, a publisher, from `data/words.yaml`; "" where it has none, and for English."""
    found = "" if language == "en" else _chinese().get(words, "")
    return as_simplified(found) if language == "zh-hans" else found


def marked(words: str, language: str) -> str:
    """Chinese words with each run of English ones in a `lang` of its own: names without a Chinese form, phrases."""
    if language == "en" or not RUN.search(words):
        return words
    parts, at = [], 0
    for run in RUN.finditer(words):
        parts += [conditional_escape(words[at : run.start()]), format_html('<span lang="en">{}</span>', run[0])]
        at = run.end()
    return mark_safe("".join([*parts, conditional_escape(words[at:])]))  # each part was escaped
