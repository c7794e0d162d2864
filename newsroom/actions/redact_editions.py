"""Purging: removing fields from every document of the record, the one exception to "append-only".

Documents are searched for the content_ids that the fields belong to: an edition that neither holds nor names one of
them is not touched.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from record.documents.canonical_json import ReferenceKey, decode_document, sha256_hex, to_canonical_json
from record.documents.redaction import (
    RedactionField,
    iter_held_values,
    iter_removed_words,
    redact_document,
    redact_text,
    redact_value,
)
from record.models import Change, Edition, Slug, edition_classes

from ..documents.registry import get_published_type

PURGE_BATCH_SIZE = 200


@dataclass
class PurgeResult:
    """What a purge changed.

    editions: {thing: how many of its editions changed}. roots: {thing: every root it ever belonged to}.
    words: the removed strings.
    """

    editions: Counter[ReferenceKey] = field(default_factory=Counter)
    roots: defaultdict[ReferenceKey, set[ReferenceKey]] = field(default_factory=lambda: defaultdict(set))
    words: set[str] = field(default_factory=set)


def purge_editions(fields: list[RedactionField], *, writing: bool = True) -> PurgeResult:
    """Remove the fields from every edition ever published; hash, title and columns follow.

    writing: if false, only report what would change.
    """
    purged = PurgeResult()
    for edition_class in edition_classes().values():
        keys = list(_editions_mentioning(edition_class, fields).values_list("pk", flat=True))
        for start in range(0, len(keys), PURGE_BATCH_SIZE):
            rows = edition_class.history.filter(pk__in=keys[start : start + PURGE_BATCH_SIZE])
            changed = [row for row in rows if _purge_edition(row, fields, purged)]
            for row in changed:
                purged.editions[row.type, str(row.content_id)] += 1
            for key, root in _all_roots_of(edition_class, changed):
                purged.roots[key].add(root)
            if writing and changed:
                edition_class.history.bulk_update(changed, _purged_columns(changed))
    return purged


def _all_roots_of(edition_class: type[Edition], rows: list[Edition]) -> Iterator[tuple[ReferenceKey, ReferenceKey]]:
    """Yield (thing, root) for every root that the things of these editions ever belonged to.

    Whoever keeps a copy of a root has had in it what was moved away since.
    """
    editions = edition_class.history.filter(content_id__in={row.content_id for row in rows}).order_by()
    pairs = editions.values_list("content_id", "change__root_type", "root_content_id").distinct()
    for content_id, root_type, root_content_id in pairs:
        yield (edition_class.type, str(content_id)), (root_type, str(root_content_id))


def _editions_mentioning(edition_class: type[Edition], fields: Iterable[RedactionField]) -> QuerySet:
    """Return the editions that belong to the rows of these fields, or mention them."""
    found = Q(pk__in=[])
    for content_id in {each.content_id for each in fields}:
        found |= Q(content_id=content_id) | Q(document__contains=content_id)
    return edition_class.history.filter(found)


def _purged_columns(rows: list[Edition]) -> list[str]:
    """Return the columns that purging may have changed in these rows of one type."""
    filled = (type(row).derived_columns(row.load_document()) for row in rows if not row.tombstone)
    return sorted({"document", "sha256", "slug", "title", *next(filled, ())})


def _purge_edition(row: Edition, fields: list[RedactionField], purged: PurgeResult) -> bool:
    """Redact the fields in one edition, not saved yet. Return whether anything changed."""
    if row.tombstone:
        return _purge_tombstone(row, fields, purged)
    document = decode_document(row.document)
    for each, value in iter_held_values(document, fields):
        purged.words.update(iter_removed_words(value, each))
    text = to_canonical_json(redact_document(document, fields, copies=get_published_type(row.type).computed_keys))
    if text == row.document:
        return False
    row.document, row.sha256 = text, sha256_hex(text)
    for name, value in type(row).derived_columns(row.load_document()).items():
        setattr(row, name, value)
    return True


def _purge_tombstone(row: Edition, fields: list[RedactionField], purged: PurgeResult) -> bool:
    """Redact the title and slug of a tombstone, not saved yet. Return whether anything changed.

    A tombstone has no text, but keeps what the thing was called.
    """
    before = row.slug, row.title
    for each in fields:
        if each.content_id == str(row.content_id) and each.is_name and row.title:
            purged.words.update(iter_removed_words(row.title, each))
            row.title = redact_value(row.title, each)
        elif each.content_id == str(row.content_id) and each.path == ("slug",) and row.slug:
            purged.words.add(row.slug)
            row.slug = redact_value(row.slug, each)
    return before != (row.slug, row.title)


def purge_slugs(fields: Iterable[RedactionField], type: str) -> None:
    """Replace the slugs by a marker if one of the fields is the slug.

    No URL with them redirects any more, and other things may use them.
    """
    for each in fields:
        if each.path == ("slug",) and Slug.objects.filter(type=type, content_id=each.content_id).delete()[0]:
            Slug.objects.create(type=type, content_id=each.content_id, slug=redact_value("slug", each))


def purge_change_notes(root: ReferenceKey) -> None:
    """Redact the notes of a root's publications and withdrawals, also in the tombstones these left."""
    changes = Change.objects.filter(root_type=root[0], root_content_id=root[1]).exclude(note=None)
    noted = list(changes)
    for change in noted:
        change.note = redact_text(change.note)
    Change.objects.bulk_update(noted, ["note"], batch_size=PURGE_BATCH_SIZE)
    for edition_class in edition_classes().values():
        rows = list(edition_class.history.filter(root_content_id=root[1], tombstone=True))
        for row in rows:
            document = decode_document(row.document)
            document["reason"] = document["reason"] and redact_text(document["reason"])
            row.document = to_canonical_json(document)
            row.sha256 = sha256_hex(row.document)
        edition_class.history.bulk_update(rows, ["document", "sha256"], batch_size=PURGE_BATCH_SIZE)
