"""Appending a changeset to the record.

Under the publishing lock, and in a fixed number of queries, it writes the new editions and closes those they replace.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from record.choices import ChangeAction, UpdateType
from record.documents.canonical_json import (
    ReferenceKey,
    get_reference_key,
    iter_references,
    sha256_hex,
    to_canonical_json,
)
from record.models import LIVE, Change, Edition, Link, Publication, PublishLock, edition_classes

from ..documents.changeset import ChangesetEntry
from .clocks import next_instant

NO_READ_TIMES: Mapping[ReferenceKey, datetime] = MappingProxyType({})  # nothing was read from the working copy


@dataclass(frozen=True)
class ChangeNote:
    """The change note of a root's publication.

    text: a text ({"en": …}), None for no note. major: whether readers see the publication marked as major.
    """

    text: dict | None = None
    major: bool = False


def lock_publishing() -> PublishLock:
    """Serialise publishing by locking the singleton row, so that publications commit in the order of their ids."""
    return PublishLock.objects.select_for_update().get_or_create(pk=1)[0]


def append_publication(
    record: PublishLock,
    entries: list[ChangesetEntry],
    *,
    by,
    notes: Mapping[ReferenceKey, ChangeNote],
    read_at: Mapping[ReferenceKey, datetime] = NO_READ_TIMES,
    approved_by=None,
    overruled="",
    urgent: bool = False,
) -> Publication:
    """Write one publication with a change and an edition for every entry. Call under the lock.

    read_at: {(type, content_id) of a root: when its Draft was read}. urgent: see `next_instant`. Raises WrongClock
    unless urgent.
    """
    publication = create_publication(record, by=by, approved_by=approved_by, overruled=overruled, urgent=urgent)
    changes = Change.objects.bulk_create(
        [_make_change(publication, entry, notes, read_at) for entry in entries], batch_size=500
    )
    _close_live_editions(entries, publication.published_at)
    _insert_editions(entries, changes, publication.published_at)
    return publication


def create_publication(record: PublishLock, *, by, approved_by=None, overruled="", urgent: bool = False) -> Publication:
    """Create the next publication of the record. Call under the lock. Raises WrongClock unless urgent."""
    instant = next_instant(record.last_published_at, urgent=urgent)
    publication = Publication.objects.create(published_at=instant, by=by, approved_by=approved_by, overruled=overruled)
    record.last_published_at, record.last_publication_id = instant, publication.pk
    record.save()
    return publication


def _make_change(
    publication: Publication,
    entry: ChangesetEntry,
    notes: Mapping[ReferenceKey, ChangeNote],
    read_at: Mapping[ReferenceKey, datetime],
) -> Change:
    """Make the change for an entry. What only follows from names or links has no change note."""
    note = ChangeNote() if entry.is_propagation else notes.get(entry.root, ChangeNote())
    return Change(
        publication=publication,
        action=ChangeAction.WITHDRAWN if entry.document is None else ChangeAction.PUBLISHED,
        update_type=UpdateType.MAJOR if note.major else UpdateType.MINOR,
        note=note.text,
        type=entry.type,
        content_id=entry.content_id,
        root_type=entry.root[0],
        root_content_id=entry.root[1],
        source_read_at=read_at.get(entry.root),
    )


def _close_live_editions(entries: list[ChangesetEntry], instant: datetime) -> None:
    """End the live period of the editions that the entries replace, and of their links."""
    closing = defaultdict(list)
    for entry in entries:
        if entry.live is not None:
            closing[entry.type].append(entry.live.pk)
    for type, keys in closing.items():
        edition_classes()[type].history.filter(pk__in=keys).update(live_until=instant)
    superseded = [entry.content_id for entry in entries if entry.live is not None]
    Link.objects.filter(LIVE, content_id__in=superseded).update(live_until=instant)


def _insert_editions(entries: list[ChangesetEntry], changes: list[Change], instant: datetime) -> None:
    """Insert an edition for each entry and links for what it names."""
    editions = defaultdict(list)
    for entry, change in zip(entries, changes, strict=True):
        editions[entry.type].append(_make_edition(entry, change, instant))
    for type, rows in editions.items():
        edition_classes()[type].history.bulk_create(rows, batch_size=200)
    links = [link for rows in editions.values() for row in rows for link in build_links(row)]
    Link.objects.bulk_create(links, batch_size=500)


def _make_edition(entry: ChangesetEntry, change: Change, instant: datetime) -> Edition:
    """Make the edition for an entry, not saved yet."""
    edition_class, live = edition_classes()[entry.type], entry.live
    number = live.number + 1 if live else 1
    document = entry.document if entry.document is not None else _tombstone_document(entry, change)
    text = to_canonical_json(document)
    own = (
        edition_class.derived_columns(document)
        if entry.document is not None
        else {"slug": live.slug, "title": live.title}
    )
    return edition_class(
        change=change,
        content_id=entry.content_id,
        root_content_id=entry.root[1],
        number=number,
        revision=live.revision if entry.is_propagation else number,
        document=text,
        sha256=sha256_hex(text),
        shape=edition_class.shape_version,
        tombstone=entry.document is None,
        first_published_at=live.first_published_at if live else instant,
        live_from=instant,
        **own,
    )


def _tombstone_document(entry: ChangesetEntry, change: Change) -> dict:
    """Make the document of a tombstone: the public reason, and what takes its place, if anything."""
    document = {"type": entry.type, "content_id": entry.content_id, "withdrawn": True, "reason": change.note}
    if entry.successor is None:
        return document
    type, content_id = entry.successor
    return document | {"successor": {"type": type, "content_id": content_id}}


def build_links(edition: Edition) -> Iterable[Link]:
    """Yield a link for everything that the edition's document names, live as long as the edition."""
    references = () if edition.tombstone else iter_references(edition.load_document())
    named = {(relation, *get_reference_key(reference)) for relation, reference in references}
    for relation, named_type, named_id in sorted(named):
        yield Link(
            change=edition.change,
            type=edition.type,
            content_id=edition.content_id,
            relation=relation,
            named_type=named_type,
            named=named_id,
            live_from=edition.live_from,
            live_until=edition.live_until,
        )
