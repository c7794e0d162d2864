"""Finds the roots that may be published with a file: those whose unpublished changes all came from files."""

from collections import defaultdict
from collections.abc import Iterable

from newsroom.choices import RootState
from newsroom.documents.changeset import get_public_states
from newsroom.documents.drafts import Draft, build_drafts
from newsroom.documents.registry import get_working_row
from record.documents.canonical_json import ReferenceKey
from record.models import LIVE, edition_classes

from .models import LoadedRoot


def import_only_roots(keys: Iterable[ReferenceKey]) -> set[ReferenceKey]:
    """Return the roots whose unpublished changes all come from imports, or that do not exist yet.

    A root without unpublished changes is one of them; else its draft must be as the last import left it.
    """
    keys = set(keys)
    digests = _load_root_digests(keys)
    doubtful = {key for key, state in _load_root_states(keys).items() if state in (RootState.DRAFT, RootState.CHANGED)}
    changed = {key for key, draft in load_drafts(doubtful).items() if digests.get(key) != draft.digest}
    return keys - changed


def find_withdrawn_roots(keys: Iterable[ReferenceKey]) -> set[ReferenceKey]:
    """Return the roots of which the record holds a tombstone."""
    found = set()
    for type, content_ids in _group_keys_by_type(keys).items():
        tombstones = edition_classes()[type].history.filter(LIVE, tombstone=True, content_id__in=content_ids)
        found |= {(type, str(content_id)) for content_id in tombstones.values_list("content_id", flat=True)}
    return found


def save_root_digests(found: dict[ReferenceKey, Draft]) -> None:
    """Save the digests of drafts in which all unpublished changes come from files."""
    kept = _load_root_digests(found)
    new = [(key, draft.digest) for key, draft in found.items() if kept.get(key) != draft.digest]
    for (type, content_id), digest in new:
        LoadedRoot.objects.update_or_create(type=type, content_id=content_id, defaults={"digest": digest})


def load_saved_roots() -> set[ReferenceKey]:
    """Return the roots whose digest is saved."""
    return {(type, str(content_id)) for type, content_id in LoadedRoot.objects.values_list("type", "content_id")}


def load_drafts(keys: Iterable[ReferenceKey]) -> dict[ReferenceKey, Draft]:
    """Return {root: draft} of these roots."""
    found = {}
    for type, content_ids in _group_keys_by_type(keys).items():
        found |= {draft.key: draft for draft in build_drafts(type, content_ids)}
    return found


def describe_root(key: ReferenceKey) -> str:
    """Return a root as a line of the report names it: "type slug"."""
    row = get_working_row(*key)
    return f"{key[0]} {row.slug}"


def _load_root_states(keys: Iterable[ReferenceKey]) -> dict[ReferenceKey, RootState]:
    found = {}
    for type, content_ids in _group_keys_by_type(keys).items():
        found |= {(type, content_id): state for content_id, state in get_public_states(type, content_ids).items()}
    return found


def _load_root_digests(keys: Iterable[ReferenceKey]) -> dict[ReferenceKey, str]:
    ids = {content_id for _type, content_id in keys}
    rows = LoadedRoot.objects.values_list("type", "content_id", "digest")
    return {(type, str(content_id)): digest for type, content_id, digest in rows if str(content_id) in ids}


def _group_keys_by_type(keys: Iterable[ReferenceKey]) -> dict[str, list[str]]:
    found = defaultdict(list)
    for type, content_id in keys:
        found[type].append(content_id)
    return found
