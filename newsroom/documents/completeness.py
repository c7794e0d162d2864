"""How complete a Draft is: what each thing in it should have, and whether it does."""

from collections.abc import Iterator
from dataclasses import dataclass

from .drafts import Draft
from .registry import get_published_type

CHECKED_LANGUAGES = ("en", "zh-hant")  # Simplified Chinese is converted from Traditional


@dataclass(frozen=True)
class CompletenessCheck:
    """One thing that a document or root should have.

    key: a key of the document, or the name of the relation to the children. language: of a text; None for anything
    else.
    is_present: whether it is there.
    """

    type: str
    content_id: str
    key: str
    is_present: bool
    language: str | None = None


def check_completeness(draft: Draft) -> list[CompletenessCheck]:
    """Return the checks of the root and of each of its children."""
    there = {document["type"] for document in draft.documents}
    return [
        *_check_expected_children(draft, there),
        *(check for document in draft.documents for check in _check_document(document)),
    ]


def _check_expected_children(draft: Draft, there: set[str]) -> Iterator[CompletenessCheck]:
    """Yield a check for each type of which a complete root has at least one child."""
    for child in get_published_type(draft.type).expected_children:
        key = get_published_type(child).model._meta.get_field(draft.type).remote_field.related_name
        yield CompletenessCheck(draft.type, draft.content_id, key, child in there)


def _check_document(document: dict) -> Iterator[CompletenessCheck]:
    """Yield a check for each language of each text, and for each other key, that the document should have."""
    thing, declared = (document["type"], document["content_id"]), get_published_type(document["type"])
    expected = tuple(declared.expected(document))
    for name in declared.model.texts:
        text = document.get(name) or {}
        if text or name in expected or (declared.requires_title and name == declared.model.name_text):
            yield from (
                CompletenessCheck(*thing, name, bool(text.get(language)), language) for language in CHECKED_LANGUAGES
            )
    for key in expected:
        if key not in declared.model.texts:
            yield CompletenessCheck(*thing, key, bool(document[key]))
