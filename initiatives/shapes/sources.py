"""The sources of a page, numbered like footnotes."""

from collections.abc import Iterator


def numbered(documents: list[dict]) -> dict:
    """{"sources": [{"number", "source", "quotes"}], "numbers": {source's content_id: number}}, in order of use."""
    sources: dict[str, dict] = {}
    for citation in citations_in(documents):
        source = citation["source"]
        entry = sources.setdefault(source["content_id"], {"number": len(sources) + 1, "source": source, "quotes": []})
        if citation["quote"] and citation["quote"] not in [each["quote"] for each in entry["quotes"]]:
            entry["quotes"].append(citation)
    return {
        "sources": list(sources.values()),
        "numbers": {content_id: entry["number"] for content_id, entry in sources.items()},
    }


def citations_in(node) -> Iterator[dict]:
    """Every citation in documents, a document's own before those of its parts."""
    if isinstance(node, list):
        for item in node:
            yield from citations_in(item)
    elif isinstance(node, dict):
        yield from node.get("citations", [])
        for key, value in node.items():
            if key != "citations":
                yield from citations_in(value)
