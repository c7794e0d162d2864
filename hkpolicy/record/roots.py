"""Finds the roots that may be published with a file: those whose unpublished changes all came from files."""

from collections import defaultdict
from collections.abc import Iterable

from publishing.documents import Draft, drafts_of, row_of, states
from publishing.editions import LIVE, edition_classes
from publishing.rules import Key
from publishing.states import State

from ..models import LoadedRoot


def untouched(keys: Iterable[Key]) -> set[Key]:
    """Return the roots whose unpublished changes all come from imports, or that do not exist yet.

    A root without unpublished changes is one of them; else its draft must be as the last import left it.
    """
    keys = set(keys)
    digests = _digests(keys)
    doubtful = {key for key, state in _states(keys).items() if state in (State.DRAFT, State.CHANGED)}
    changed = {key for key, draft in drafts(doubtful).items() if digests.get(key) != draft.digest}
    return keys - changed


def withdrawn(keys: Iterable[Key]) -> set[Key]:
    """Return the roots of which the record holds a tombstone."""
    found = set()
    for type, content_ids in _by_type(keys).items():
        tombstones = edition_classes()[type].history.filter(LIVE, tombstone=True, content_id__in=content_ids)
        found |= {(type, str(content_id)) for content_id in tombstones.values_list("content_id", flat=True)}
    return found


def remember(found: dict[Key, Draft]) -> None:
    """Save the digests of drafts in which all unpublished changes come from files."""
    kept = _digests(found)
    new = [(key, draft.digest) for key, draft in found.items() if kept.get(key) != draft.digest]
    for (type, content_id), digest in new:
        LoadedRoot.objects.update_or_create(type=type, content_id=content_id, defaults={"digest": digest})


def remembered() -> set[Key]:
    """Return the roots whose digest is saved."""
    return {(type, str(content_id)) for type, content_id in LoadedRoot.objects.values_list("type", "content_id")}


def drafts(keys: Iterable[Key]) -> dict[Key, Draft]:
    """Return {root: draft} of these roots."""
    found = {}
    for type, content_ids in _by_type(keys).items():
        found |= {draft.key: draft for draft in drafts_of(type, content_ids)}
    return found


def name(key: Key) -> str:
    """Return a root as a line of the report names it: "type slug"."""
    row = row_of(*key)
    return f"{key[0]} {row.slug}"


def _states(keys: Iterable[Key]) -> dict[Key, State]:
    found = {}
    for type, content_ids in _by_type(keys).items():
        found |= {(type, content_id): state for content_id, state in states(type, content_ids).items()}
    return found


def _digests(keys: Iterable[Key]) -> dict[Key, str]:
    ids = {content_id for _type, content_id in keys}
    rows = LoadedRoot.objects.values_list("type", "content_id", "digest")
    return {(type, str(content_id)): digest for type, content_id, digest in rows if str(content_id) in ids}


def _by_type(keys: Iterable[Key]) -> dict[str, list[str]]:
    found = defaultdict(list)
    for type, content_id in keys:
        found[type].append(content_id)
    return found
