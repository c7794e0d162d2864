"""What the record says of a root and its children: now, at any moment, and after a planned publication."""

from datetime import datetime

from record.documents.canonical_json import ReferenceKey, get_reference_key
from record.models import edition_classes, get_child_editions

from .changeset import Changeset


def documents_at(root: ReferenceKey, instant: datetime | None = None) -> list[dict]:
    """Return the documents of a root and of what belonged to it at that instant, the root's first.

    None means now. A tombstone has no document.
    """
    type, content_id = root
    return [
        edition.current()
        for edition_class in (edition_classes()[type], *get_child_editions(type))
        for edition in edition_class.objects.at(instant).filter(root_content_id=content_id).order_by("pk")
    ]


def documents_after_changeset(root: ReferenceKey, planned: Changeset) -> list[dict]:
    """Return what the record would say of a root and what belongs to it once this changeset was published."""
    documents = {get_reference_key(document): document for document in documents_at(root)}
    documents |= {(entry.type, entry.content_id): entry.document for entry in planned.entries if entry.root == root}
    return [document for document in documents.values() if document is not None]
