"""What the record would say of a root and its children after a planned publication."""

from record.documents.canonical_json import ReferenceKey, get_reference_key
from record.queries import documents_at

from .changeset import Changeset


def documents_after_changeset(root: ReferenceKey, planned: Changeset) -> list[dict]:
    """Return what the record would say of a root and what belongs to it once this changeset was published."""
    documents = {get_reference_key(document): document for document in documents_at(root)}
    documents |= {(entry.type, entry.content_id): entry.document for entry in planned.entries if entry.root == root}
    return [document for document in documents.values() if document is not None]
