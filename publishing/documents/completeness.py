"""How complete a record is: what each thing in a Draft should have, and whether it does."""

from collections.abc import Iterator
from dataclasses import dataclass

from .builders import builder_of
from .drafts import Draft

ASKED = ("en", "zh-hant")  # Simplified Chinese is made from Traditional


@dataclass(frozen=True)
class Check:
    """One thing to have. key: of the document, or the name of the children; language: of a text."""

    type: str
    content_id: str
    key: str
    done: bool
    language: str | None = None


def checks(draft: Draft) -> list[Check]:
    """Of the root and of each of its children."""
    there = {document["type"] for document in draft.documents}
    return [
        *_root_checks(draft, there),
        *(check for document in draft.documents for check in _own_checks(document)),
    ]


def _root_checks(draft: Draft, there: set[str]) -> Iterator[Check]:
    for child in builder_of(draft.type).wanted_children:
        key = builder_of(child).model._meta.get_field(draft.type).remote_field.related_name
        yield Check(draft.type, draft.content_id, key, child in there)


def _own_checks(document: dict) -> Iterator[Check]:
    thing, builder = (document["type"], document["content_id"]), builder_of(document["type"])
    wanted = tuple(builder.wanted(document))
    for name in builder.model.texts:
        text = document.get(name) or {}
        if text or name in wanted or (builder.named and name == builder.model.name_text):
            yield from (Check(*thing, name, bool(text.get(language)), language) for language in ASKED)
    for key in wanted:
        if key not in builder.model.texts:
            yield Check(*thing, key, bool(document[key]))
