"""Snapshots of Drafts, stored when somebody requests a review, approves or schedules."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from record.documents.canonical_json import decode_document, to_canonical_json
from record.models import edition_classes, upgrade_document

from ..models import FrozenDraft
from .drafts import Draft, DraftProblem, count_redactions


def save_snapshot(drafts: Iterable[Draft], *, by) -> FrozenDraft:
    """Store the Draft of a root, and those of the small roots published along with it, as a FrozenDraft.

    The root's Draft comes first.
    """
    drafts = list(drafts)
    types = {document["type"] for draft in drafts for document in draft.documents}
    shapes = {type: edition_classes()[type].shape_version for type in types}
    text = to_canonical_json({"drafts": [asdict(draft) for draft in drafts], "shapes": shapes})
    root = drafts[0]
    return FrozenDraft.objects.create(type=root.type, content_id=root.content_id, digest=root.digest, text=text, by=by)


def load_snapshot(frozen: FrozenDraft) -> list[Draft]:
    """Return the Drafts of a snapshot, the root's first, with documents migrated to the current shape of their type.

    Their count of redactions is today's, since a redaction is applied to snapshots as well.
    """
    kept = decode_document(frozen.text)
    return [_load_draft({"read_at": frozen.at.isoformat()} | each, kept["shapes"]) for each in kept["drafts"]]


def _load_draft(kept: dict, shapes: dict[str, int]) -> Draft:
    """Rebuild one Draft from its stored form. shapes: {type: the version of the shape it was stored in}."""
    documents = (
        upgrade_document(edition_classes()[each["type"]], each, shapes[each["type"]]) for each in kept["documents"]
    )
    problems = {name: tuple(DraftProblem(**each) for each in kept[name]) for name in ("problems", "warnings")}
    kept |= {"read_at": datetime.fromisoformat(kept["read_at"])}
    kept |= {"redactions": count_redactions()}  # those since were applied to the snapshot as well
    return Draft(**kept | problems | {"documents": tuple(documents)})
