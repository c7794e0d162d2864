"""Changesets: what a publication would append.

Drafts are brought up to date with the record as it will be after the publication, and compared with what is live.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from record.documents import canonical_json
from record.documents.canonical_json import NAME_KEYS, ReferenceKey, documents_differ, get_reference_key, strip_names
from record.models import LIVE, Edition, Link, edition_classes, get_child_editions
from record.queries import load_references

from ..choices import RootState
from .drafts import KEYS_FROM_RECORD, Draft, build_documents, build_drafts, get_referenced_keys
from .registry import get_published_type

RootDocuments = tuple[dict, ...]  # of one root and its children, the root's first
References = dict[ReferenceKey, dict]  # with the names of the record, see `load_references`


@dataclass(frozen=True)
class ChangesetEntry:
    """One edition to be appended.

    root: the root it is published under. live: the edition it replaces, None if there is none. document: None for a
    tombstone. successor: for a tombstone, what takes the place of the thing from now on.
    is_propagation: True if only names or links in it changed.
    """

    type: str
    content_id: str
    root: ReferenceKey
    live: Edition | None
    document: dict | None
    is_propagation: bool = False
    successor: ReferenceKey | None = None


@dataclass(frozen=True)
class Changeset:
    """The editions a publication would append, in that order.

    unpublished_references: things that a Draft names which were never public, so that references to them are left out.
    """

    entries: list[ChangesetEntry] = field(default_factory=list)
    unpublished_references: frozenset[ReferenceKey] = frozenset()

    def roots(self) -> set[ReferenceKey]:
        """Return the roots that the entries belong to."""
        return {entry.root for entry in self.entries}


def build_changeset(drafts: Iterable[Draft]) -> Changeset:
    """Return what publishing these Drafts together would append.

    The number of queries does not depend on how many there are.
    """
    drafts = list(drafts)
    live = _live_editions_under(draft.key for draft in drafts)
    documents = {get_reference_key(document): document for draft in drafts for document in draft.documents}
    live |= _live_editions_elsewhere(documents.keys() - live.keys())
    roots = {get_reference_key(doc): draft.key for draft in drafts for doc in draft.documents}
    root_of = {draft.content_id: draft.key for draft in drafts}
    gone = {key: row for key, row in live.items() if key not in documents and not row.tombstone}
    before = load_references(get_referenced_keys(documents.values()) | documents.keys() | gone.keys())
    names = before | _names_in_documents(documents.values())
    names |= {key: before[key] | {"withdrawn": True} for key in gone}
    entries = []
    for key, document in documents.items():
        entry = _make_entry(
            key, roots[key], live.get(key), _fill_names(_copy_record_keys(document, live.get(key)), names)
        )
        if entry:
            entries.append(entry)
    for (type, content_id), row in gone.items():
        entries.append(ChangesetEntry(type, content_id, root_of[str(row.root_content_id)], row, None))
    renamed = {key: names[key] for key in before if names[key] != before[key]}
    entries += _make_propagations(renamed, besides=documents.keys() | gone.keys())
    return Changeset(entries, frozenset(get_referenced_keys(documents.values()) - names.keys()))


def build_withdrawal_changeset(root: ReferenceKey, *, successor: ReferenceKey | None = None) -> Changeset:
    """Return tombstones for a root and its children, and new editions of whatever names them."""
    live = {key: row for key, row in _live_editions_under([root]).items() if not row.tombstone}
    names = {key: name | {"withdrawn": True} for key, name in load_references(live.keys()).items()}
    entries = [
        ChangesetEntry(*key, root, row, None, successor=successor if key == root else None) for key, row in live.items()
    ]
    return Changeset(entries + _make_propagations(names, besides=live.keys()))


def resolve_draft(draft: Draft, *, besides: Iterable[Draft] = ()) -> list[dict]:
    """Return the Draft's documents with the names that the record would have, for a preview.

    besides: Drafts of small roots that would be published along with it. Without them, only what is public gets a name.
    """
    keys = get_referenced_keys(draft.documents)
    names = load_references(keys) | _names_in_documents(
        document for each in [draft, *besides] for document in each.documents
    )
    live = _live_editions_under([draft.key])
    return [
        _fill_names(_copy_record_keys(document, live.get(get_reference_key(document))), names)
        for document in draft.documents
    ]


def find_along_drafts(drafts: Iterable[Draft]) -> list[Draft]:
    """Return Drafts of the small roots to be published along with these Drafts.

    Those are the roots they name, directly or through one another, that are checked, free of problems and not public
    yet.
    """
    drafts = list(drafts)
    named = get_referenced_keys(document for draft in drafts for document in draft.documents)
    return _collect_along_drafts(named, {draft.key for draft in drafts})


def _collect_along_drafts(missing: set[ReferenceKey], asked: set[ReferenceKey]) -> list[Draft]:
    """As `find_along_drafts`. missing: the things that are named. asked: those that are published anyway."""
    found: list[Draft] = []
    missing = missing - asked
    while missing:
        asked |= missing
        new = _build_publishable_small_roots(missing - load_references(missing).keys())
        found += new
        missing = get_referenced_keys(document for draft in new for document in draft.documents) - asked
    return found


def get_public_states(type: str, content_ids: Iterable) -> dict[str, RootState]:
    """Return {content_id: state} of roots of one type, for lists and badges.

    The number of queries does not depend on how many there are.
    """
    content_ids = [str(content_id) for content_id in content_ids]
    live = dict(
        edition_classes()[type].history.filter(LIVE, content_id__in=content_ids).values_list("content_id", "tombstone")
    )
    live = {str(content_id): tombstone for content_id, tombstone in live.items()}
    public = [content_id for content_id in content_ids if live.get(content_id) is False]
    offered = _find_changed_roots(type, build_documents(type, public)) if public else set()
    return {content_id: _derive_state(live.get(content_id), content_id in offered) for content_id in content_ids}


def get_public_state(draft: Draft) -> RootState:
    """Return the state of one root whose Draft has been built already."""
    live = edition_classes()[draft.type].history.filter(LIVE, content_id=draft.content_id)
    tombstone = live.values_list("tombstone", flat=True).first()
    return _derive_state(
        tombstone, tombstone is False and bool(_find_changed_roots(draft.type, {draft.content_id: draft.documents}))
    )


def _derive_state(tombstone: bool | None, offered: bool) -> RootState:
    """Return the public state of a root.

    tombstone: whether what is live is a tombstone, None if nothing is live. offered: whether publishing it would change
    what is live.
    """
    if tombstone is None:
        return RootState.DRAFT
    if tombstone:
        return RootState.WITHDRAWN
    return RootState.CHANGED if offered else RootState.PUBLISHED


def _find_changed_roots(type: str, roots: dict[str, RootDocuments]) -> set[str]:
    """Return the content_ids of those roots whose own documents would change if each were published alone.

    roots: {content_id: documents}.
    """
    everything = [document for documents in roots.values() for document in documents]
    live = _live_editions_under((type, content_id) for content_id in roots)
    named = get_referenced_keys(everything)
    names = load_references(named)
    for small in _collect_along_drafts(named, {(type, content_id) for content_id in roots}):
        names |= _names_in_documents(small.documents)
    by_root = defaultdict(set)
    for key, row in live.items():
        if not row.tombstone:
            by_root[str(row.root_content_id)].add(key)
    offered = set()
    for content_id, documents in roots.items():
        keys = [get_reference_key(document) for document in documents]
        own = names | _names_in_documents(documents)
        changed = any(
            _differs_from_live(live.get(key), _fill_names(_copy_record_keys(document, live.get(key)), own))
            for key, document in zip(keys, documents, strict=True)
        )
        if changed or by_root[content_id] - set(keys):
            offered.add(content_id)
    return offered


def _names_in_documents(documents: Iterable[dict]) -> References:
    """Return references to these documents with what they call themselves."""
    found = {}
    for document in documents:
        (type, content_id), name = (
            get_reference_key(document),
            edition_classes()[document["type"]].slug_and_title(document),
        )
        reference = {"type": type, "content_id": content_id, "slug": name["slug"] or None, "title": name["title"]}
        found[type, content_id] = reference
    return found


def _fill_names(document: dict, names: References) -> dict:
    """Fill the names into the references of a document. References to things without a name are removed."""

    def named(reference):
        name = names.get(get_reference_key(reference))
        return None if name is None else _strip_name(reference) | name

    return canonical_json.map_references(document, named)


def _strip_name(reference: dict) -> dict:
    """Return the reference without the keys that name it."""
    return {key: value for key, value in reference.items() if key not in NAME_KEYS}


def _copy_record_keys(document: dict, row: Edition | None) -> dict:
    """Replace those keys of a document that are always taken from the live edition."""
    taken = [key for key in KEYS_FROM_RECORD if key in document and row and not row.tombstone]
    return document | {key: row.load_document().get(key) for key in taken}


def _make_entry(key: ReferenceKey, root: ReferenceKey, row: Edition | None, document: dict) -> ChangesetEntry | None:
    """Return the entry for a document, or None if it says what is live already."""
    if not _differs_from_live(row, document):
        return None
    entry = ChangesetEntry(*key, root, row, document)
    if row is None or row.tombstone:
        return entry
    return replace(entry, is_propagation=not documents_differ(strip_names(document), strip_names(row.load_document())))


def _differs_from_live(row: Edition | None, document: dict) -> bool:
    """Return whether the document differs from what is live."""
    return row is None or row.tombstone or documents_differ(document, row.load_document())


def _live_editions_under(roots: Iterable[ReferenceKey]) -> dict[ReferenceKey, Edition]:
    """Return {key: live edition} of roots and their children, tombstones included."""
    by_type = defaultdict(list)
    for type, content_id in roots:
        by_type[type].append(content_id)
    found = {}
    for type, content_ids in by_type.items():
        for edition_class in [edition_classes()[type], *get_child_editions(type)]:
            for row in edition_class.history.filter(LIVE, root_content_id__in=content_ids).order_by("pk"):
                found[edition_class.type, str(row.content_id)] = row
    return found


def _live_editions_elsewhere(keys: Iterable[ReferenceKey]) -> dict[ReferenceKey, Edition]:
    """Return {key: live edition} of children that were published under another root."""
    by_type = defaultdict(list)
    for type, content_id in keys:
        by_type[type].append(content_id)
    return {
        (type, str(row.content_id)): row
        for type, content_ids in by_type.items()
        for row in edition_classes()[type].history.filter(LIVE, content_id__in=content_ids)
    }


def _make_propagations(renamed: References, *, besides: Iterable[ReferenceKey]) -> list[ChangesetEntry]:
    """Return entries for new editions of whatever names the renamed things.

    Each is made from its own live document, never from the working copy. besides: what is published anyway.
    """
    besides = set(besides)
    links = Link.objects.filter(LIVE, named__in=[content_id for _, content_id in renamed])
    by_type = defaultdict(set)
    for type, content_id in links.values_list("type", "content_id"):
        if (type, str(content_id)) not in besides:
            by_type[type].add(content_id)
    entries = []
    for type in sorted(by_type):
        rows = edition_classes()[type].objects.filter(content_id__in=by_type[type]).select_related("change")
        entries += [_make_propagation(row, renamed) for row in rows.order_by("pk")]
    return [entry for entry in entries if documents_differ(entry.document, entry.live.load_document())]


def _make_propagation(row: Edition, renamed: References) -> ChangesetEntry:
    """Return the entry in which a live document takes over the new names."""

    def named(reference):
        name = renamed.get(get_reference_key(reference))
        return reference if name is None else _strip_name(reference) | name

    document = canonical_json.map_references(row.load_document(), named)
    change = row.change
    return ChangesetEntry(
        row.type, str(row.content_id), (change.root_type, str(row.root_content_id)), row, document, is_propagation=True
    )


def _build_publishable_small_roots(keys: Iterable[ReferenceKey]) -> list[Draft]:
    """Build Drafts of those small roots that are checked, free of problems and meant to be published along."""
    by_type = defaultdict(list)
    for type, content_id in keys:
        if get_published_type(type).publish_along:
            by_type[type].append(content_id)
    found = []
    for type, content_ids in by_type.items():
        checked = get_published_type(type).model.objects.filter(content_id__in=content_ids, checked=True)
        drafts = build_drafts(type, checked.values_list("content_id", flat=True))
        found += [draft for draft in drafts if not draft.problems]
    return found
