"""Snapshots of Drafts, stored when somebody requests a review, approves or schedules."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from .. import rules
from ..editions import edition_classes, upgraded
from ..models import FrozenDraft
from .drafts import Draft, Problem, redactions_until_now


def freeze(drafts: Iterable[Draft], *, by) -> FrozenDraft:
    """Store the Draft of a root, and those of the small roots published along with it, as a FrozenDraft.

    The root's Draft comes first.
    """
    drafts = list(drafts)
    types = {document["type"] for draft in drafts for document in draft.documents}
    shapes = {type: edition_classes()[type].shape_version for type in types}
    text = rules.canonical({"drafts": [asdict(draft) for draft in drafts], "shapes": shapes})
    root = drafts[0]
    return FrozenDraft.objects.create(type=root.type, content_id=root.content_id, digest=root.digest, text=text, by=by)


def thaw(frozen: FrozenDraft) -> list[Draft]:
    """Return the Drafts of a snapshot, the root's first, with documents migrated to the current shape of their type.

    Their count of redactions is today's, since a redaction is applied to snapshots as well.
    """
    kept = rules.decoded(frozen.text)
    return [_draft({"read_at": frozen.at.isoformat()} | each, kept["shapes"]) for each in kept["drafts"]]


def _draft(kept: dict, shapes: dict[str, int]) -> Draft:
    """Rebuild one Draft from its stored form. shapes: {type: the version of the shape it was stored in}."""
    documents = (upgraded(edition_classes()[each["type"]], each, shapes[each["type"]]) for each in kept["documents"])
    problems = {name: tuple(Problem(**each) for each in kept[name]) for name in ("problems", "warnings")}
    kept |= {"read_at": datetime.fromisoformat(kept["read_at"])}
    kept |= {"redactions": redactions_until_now()}  # those since were applied to the snapshot as well
    return Draft(**kept | problems | {"documents": tuple(documents)})
