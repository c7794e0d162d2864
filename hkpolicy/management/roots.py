"""The roots that commands name by kind and slug."""

from django.db.models import Model

from experts.models import Commentary, Expert
from initiatives.models import Announcement, Context, Initiative, Organisation, Person, PolicyArea
from newsroom.models import Page
from record.characters import strip_control_characters
from record.languages import CONVERTED, convert_to_simplified, detect_language

ROOT_MODELS: dict[str, type[Model]] = {
    model._meta.model_name: model
    for model in (Initiative, Announcement, Expert, Commentary, Organisation, Person, PolicyArea, Context, Page)
}


def get_roots_by_slug(kind: str, slugs: list[str]) -> list[Model]:
    """Return the roots with these slugs, in that order. Raises LookupError naming all that do not exist."""
    there = {row.slug: row for row in ROOT_MODELS[kind].objects.filter(slug__in=slugs)}
    if missing := [slug for slug in slugs if slug not in there]:
        raise LookupError(f"There is no {kind} {', '.join(missing)}.")
    return [there[slug] for slug in slugs]


def build_public_text(words: str) -> dict:
    """Return a note or reason as the record stores it, in the language it is written in.

    Traditional Chinese is converted to simplified, too.
    """
    words = strip_control_characters(words)
    language = detect_language(words)
    text = {language: words}
    if language == "zh-hant":
        text |= {"zh-hans": convert_to_simplified(words), "state": {"zh-hans": CONVERTED}}
    return text
