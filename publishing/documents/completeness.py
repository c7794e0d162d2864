"""How complete a Draft is: what each thing in it should have, and whether it does."""

from collections.abc import Iterator
from dataclasses import dataclass

from .builders import builder_of
from .drafts import Draft

ASKED = ("en", "zh-hant")  # Simplified Chinese is converted from Traditional


@dataclass(frozen=True)
class Check:
    """One thing that a document or root should have.

    key: a key of the document, or the name of the relation to the children. language: of a text; None for anything
    else.
    done: whether it is there.
    """

    type: str
    content_id: str
    key: str
    done: bool
    language: str | None = None


def checks(draft: Draft) -> list[Check]:
    """Return the checks of the root and of each of its children."""
    there = {document["type"] for document in draft.documents}
    return [
        *_root_checks(draft, there),
        *(check for document in draft.documents for check in _own_checks(document)),
    ]


def _root_checks(draft: Draft, there: set[str]) -> Iterator[Check]:
    """Yield a check for each type of which a complete root has at least one child."""
    for child in builder_of(draft.type).wanted_children:
        key = builder_of(child).model._meta.get_field(draft.type).remote_field.related_name
        yield Check(draft.type, draft.content_id, key, child in there)


def _own_checks(document: dict) -> Iterator[Check]:
    """Yield a check for each language of each text, and for each other key, that the document should have."""
    thing, builder = (document["type"], document["content_id"]), builder_of(document["type"])
    wanted = tuple(builder.wanted(document))
    for name in builder.model.texts:
        text = document.get(name) or {}
        if text or name in wanted or (builder.named and name == builder.model.name_text):
            yield from (Check(*thing, name, bool(text.get(language)), language) for language in ASKED)
    for key in wanted:
        if key not in builder.model.texts:
            yield Check(*thing, key, bool(document[key]))
