"""Drafts that are kept: as they stood when somebody asked for a review, approved or scheduled."""

from collections.abc import Iterable
from dataclasses import asdict

from .. import rules
from ..models import FrozenDraft
from .drafts import Draft, Problem, redactions_until_now


def freeze(drafts: Iterable[Draft], *, by) -> FrozenDraft:
    """Keep a root's Draft and those of the small roots that go along with it; the root's comes first."""
    drafts = list(drafts)
    text = rules.canonical({"drafts": [asdict(draft) for draft in drafts]})
    root = drafts[0]
    return FrozenDraft.objects.create(type=root.type, content_id=root.content_id, digest=root.digest, text=text, by=by)


def thaw(frozen: FrozenDraft) -> list[Draft]:
    return [_draft(kept) for kept in rules.decoded(frozen.text)["drafts"]]


def _draft(kept: dict) -> Draft:
    problems = {name: tuple(Problem(**each) for each in kept[name]) for name in ("problems", "warnings")}
    kept |= {"redactions": redactions_until_now()}  # they went through frozen Drafts as well
    return Draft(**kept | problems | {"documents": tuple(kept["documents"])})
