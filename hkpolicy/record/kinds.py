"""The roots that commands name by kind and slug."""

from django.db.models import Model

from experts.models import Commentary, Expert
from initiatives.models import Announcement, Context, Initiative, Organisation, Person, PolicyArea
from publishing import rules
from publishing.languages import CONVERTED, as_simplified, language_of
from publishing.models import Page

KINDS: dict[str, type[Model]] = {
    model._meta.model_name: model
    for model in (Initiative, Announcement, Expert, Commentary, Organisation, Person, PolicyArea, Context, Page)
}


def rows_of_kind(kind: str, slugs: list[str]) -> list[Model]:
    """Return the roots with these slugs, in that order. Raises LookupError naming all that do not exist."""
    there = {row.slug: row for row in KINDS[kind].objects.filter(slug__in=slugs)}
    if missing := [slug for slug in slugs if slug not in there]:
        raise LookupError(f"There is no {kind} {', '.join(missing)}.")
    return [there[slug] for slug in slugs]


def public_text(words: str) -> dict:
    """Return a note or reason as the record stores it, in the language it is written in.

    Traditional Chinese is converted to simplified, too.
    """
    words = rules.without_controls(words)
    language = language_of(words)
    text = {language: words}
    if language == "zh-hant":
        text |= {"zh-hans": as_simplified(words), "state": {"zh-hans": CONVERTED}}
    return text
