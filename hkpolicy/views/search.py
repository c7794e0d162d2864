"""Search results grouped by type, each linked to the page it is on."""

from record.models import edition_classes
from record.queries import load_references
from record.search import SearchHit, search_editions


def group_search_results(words: str) -> list[dict]:
    """Search, and return [{"type", "results": [{"hit", "reference", "root"}]}] in the order of each type's best hit.

    reference: the published thing itself. root: the root whose page it is on, None if it is a root itself.
    """
    hits = search_editions(words)
    roots = load_references(key for hit in hits for key in _possible_roots(hit))
    groups: dict[str, list] = {}
    for hit in hits:
        root = next((roots[key] for key in _possible_roots(hit) if key in roots), None)
        reference = {"type": hit.type, "content_id": str(hit.content_id), "slug": hit.slug, "title": hit.title}
        groups.setdefault(hit.type, []).append({"hit": hit, "reference": reference, "root": root})
    return [{"type": type, "results": results} for type, results in groups.items()]


def _possible_roots(hit: SearchHit) -> list[tuple[str, str]]:
    """Return the keys of the roots that a hit may belong to; none for a root."""
    return [(parent, str(hit.root_content_id)) for parent in edition_classes()[hit.type].parents]
