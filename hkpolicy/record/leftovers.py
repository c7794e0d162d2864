"""After --overwrite: whether anything of an editor's is still unpublished in a root."""

from collections.abc import Iterator

from publishing import rules
from publishing.documents import Draft
from publishing.editions import children_of, edition_classes

from ..models import LoadedRow


def freed(before: dict[rules.Key, Draft], after: dict[rules.Key, Draft]) -> set[rules.Key]:
    """Roots that held an editor's unpublished changes before a file was written over them, and hold none after."""
    if not before:
        return set()
    files = {
        kept["content_id"]
        for written in LoadedRow.objects.values_list("written", flat=True)
        for kept in written.values()
    }
    return {key for key, draft in before.items() if key in after and not _holds(key, draft, after[key], files)}


def _holds(key: rules.Key, before: Draft, after: Draft, files: set[str]) -> bool:
    """Whether a row is an editor's, or what differs from the record stayed as it was. Of what was never public: yes."""
    live = _live(key)
    if key[1] not in live:
        return True
    was, now = _by_id(before), _by_id(after)
    if any(id not in was and id not in now for id in live):
        return True
    for id, document in now.items():
        public = live.get(id, {})
        if set(_ids(document)) - files - set(_ids(public)):
            return True
        stayed = (name for name in document if id in was and was[id].get(name) == document[name])
        if public and any(public.get(name) != document[name] for name in stayed):
            return True
    return False


def _live(key: rules.Key) -> dict[str, dict]:
    type, content_id = key
    found = {}
    for edition_class in [edition_classes()[type], *children_of(type)]:
        for row in edition_class.objects.filter(root_content_id=content_id):
            found[str(row.content_id)] = _bare(row.current())
    return found


def _by_id(draft: Draft) -> dict[str, dict]:
    return {document["content_id"]: _bare(document) for document in draft.documents}


def _bare(document: dict) -> dict:
    return rules.comparable(rules.without_names(document))


def _ids(document: dict) -> Iterator[str]:
    """Content ids of a document and of what stands inside it; not of what it names, nor of sources."""

    def walk(node):
        if isinstance(node, list):
            for each in node:
                yield from walk(each)
        elif isinstance(node, dict) and not rules.is_reference(node):
            if "content_id" in node and "url" not in node:
                yield node["content_id"]
            for value in node.values():
                yield from walk(value)

    for value in document.values():
        yield from walk(value)
    if "content_id" in document:
        yield document["content_id"]
