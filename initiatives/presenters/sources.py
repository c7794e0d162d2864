"""The sources of a page, numbered like footnotes."""

from collections import Counter
from collections.abc import Iterator


def number_sources(documents: list[dict]) -> dict:
    """Assign footnote numbers to the sources that documents cite, in order of use.

    Return {"sources": [{"number", "source", "quotes", "locators"}], "numbers": {source's content_id: number}, "tiers":
    [(tier, number of sources)]}. locators: places in the source, of citations without a quote.
    """
    sources: dict[str, dict] = {}
    for citation in walk_citations(documents):
        source, new = citation["source"], {"number": len(sources) + 1, "quotes": [], "locators": []}
        entry = sources.setdefault(source["content_id"], new | {"source": source})
        if citation["locator"] and not citation["quote"] and citation["locator"] not in entry["locators"]:
            entry["locators"].append(citation["locator"])
        if citation["quote"] and citation["quote"] not in [each["quote"] for each in entry["quotes"]]:
            entry["quotes"].append(citation)
    tiers = Counter(entry["source"]["tier"] for entry in sources.values())
    return {
        "tiers": sorted(tiers.items()),
        "sources": list(sources.values()),
        "numbers": {content_id: entry["number"] for content_id, entry in sources.items()},
    }


def walk_citations(node) -> Iterator[dict]:
    """Yield every citation in documents, a document's own before those of its parts."""
    if isinstance(node, list):
        for item in node:
            yield from walk_citations(item)
    elif isinstance(node, dict):
        yield from node.get("citations", [])
        for key, value in node.items():
            if key != "citations":
                yield from walk_citations(value)
