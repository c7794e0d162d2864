"""Drafts that are kept: as they stood when somebody asked for a review, approved or scheduled."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from .. import rules
from ..editions import edition_classes, upgraded
from ..models import FrozenDraft
from .drafts import Draft, Problem, redactions_until_now


def freeze(drafts: Iterable[Draft], *, by) -> FrozenDraft:
    """Keep a root's Draft and those of the small roots that go along with it; the root's comes first."""
    drafts = list(drafts)
    types = {document["type"] for draft in drafts for document in draft.documents}
    shapes = {type: edition_classes()[type].shape_version for type in types}
    text = rules.canonical({"drafts": [asdict(draft) for draft in drafts], "shapes": shapes})
    root = drafts[0]
    return FrozenDraft.objects.create(type=root.type, content_id=root.content_id, digest=root.digest, text=text, by=by)


def thaw(frozen: FrozenDraft) -> list[Draft]:
    """The Drafts in the current shapes of their documents."""
    kept = rules.decoded(frozen.text)
    return [_draft({"read_at": frozen.at.isoformat()} | each, kept["shapes"]) for each in kept["drafts"]]


def _draft(kept: dict, shapes: dict[str, int]) -> Draft:
    documents = (upgraded(edition_classes()[each["type"]], each, shapes[each["type"]]) for each in kept["documents"])
    problems = {name: tuple(Problem(**each) for each in kept[name]) for name in ("problems", "warnings")}
    kept |= {"read_at": datetime.fromisoformat(kept["read_at"])}
    kept |= {"redactions": redactions_until_now()}  # they went through frozen Drafts as well
    return Draft(**kept | problems | {"documents": tuple(documents)})
