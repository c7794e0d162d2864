"""After --overwrite: finds the roots in which no editor's unpublished change survived."""

from collections.abc import Iterator

from newsroom.documents.drafts import Draft
from record.documents import canonical_json
from record.documents.canonical_json import ReferenceKey, strip_conversions, strip_names
from record.models import edition_classes, get_child_editions

from .models import LoadedRow


def released_by_overwrite(before: dict[ReferenceKey, Draft], after: dict[ReferenceKey, Draft]) -> set[ReferenceKey]:
    """Return the roots that held an editor's unpublished changes before a file overwrote them, and hold none now."""
    if not before:
        return set()
    files = {
        kept["content_id"]
        for written in LoadedRow.objects.values_list("written", flat=True)
        for kept in written.values()
    }
    return {
        key
        for key, draft in before.items()
        if key in after and not _holds_editor_changes(key, draft, after[key], files)
    }


def _holds_editor_changes(key: ReferenceKey, before: Draft, after: Draft, files: set[str]) -> bool:
    """Return True if an editor's unpublished change survived the overwrite.

    That is a row not from any file, or a difference from the record that stayed. True, too, for a root never published.
    """
    live = _load_live_documents(key)
    if key[1] not in live:
        return True
    was, now = _documents_by_id(before), _documents_by_id(after)
    if any(id not in was and id not in now for id in live):
        return True
    for id, document in now.items():
        public = live.get(id, {})
        if set(_iterate_content_ids(document)) - files - set(_iterate_content_ids(public)):
            return True
        stayed = (name for name in document if id in was and was[id].get(name) == document[name])
        if public and any(public.get(name) != document[name] for name in stayed):
            return True
    return False


def _load_live_documents(key: ReferenceKey) -> dict[str, dict]:
    """Return {content id: document} of the published root and its children."""
    type, content_id = key
    found = {}
    for edition_class in [edition_classes()[type], *get_child_editions(type)]:
        for row in edition_class.objects.filter(root_content_id=content_id):
            found[str(row.content_id)] = _strip_document(row.current())
    return found


def _documents_by_id(draft: Draft) -> dict[str, dict]:
    return {document["content_id"]: _strip_document(document) for document in draft.documents}


def _strip_document(document: dict) -> dict:
    """Return a document without names of references and without conversions, so that it can be compared."""
    return strip_conversions(strip_names(document))


def _iterate_content_ids(document: dict) -> Iterator[str]:
    """Yield the content ids of a document and of what it embeds; not of references, nor of sources."""

    def walk(node):
        if isinstance(node, list):
            for each in node:
                yield from walk(each)
        elif isinstance(node, dict) and not canonical_json.is_reference(node):
            if "content_id" in node and "url" not in node:
                yield node["content_id"]
            for value in node.values():
                yield from walk(value)

    for value in document.values():
        yield from walk(value)
    if "content_id" in document:
        yield document["content_id"]
