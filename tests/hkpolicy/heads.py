"""What a page's head tells machines, read as strictly as they may."""

import json
import re
from datetime import date, datetime
from html.parser import HTMLParser

import schema_org


class Head(HTMLParser):
    """metas: {name or property: [content]}; links: {rel: [attributes]}; scripts: [(type or address, text)]."""

    def __init__(self, page: str):
        super().__init__()
        self.metas, self.links, self.scripts = {}, {}, []
        self.feed(page.split("<body>")[0])

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "meta":
            self.metas.setdefault(attrs.get("name") or attrs.get("property"), []).append(attrs.get("content"))
        elif tag == "link":
            self.links.setdefault(attrs["rel"], []).append(attrs)
        elif tag == "script":
            self.scripts.append([attrs.get("src") or attrs.get("type"), ""])

    def handle_data(self, data):
        if self.cdata_elem == "script":
            self.scripts[-1][1] += data


def graph_of(head: Head) -> list[dict]:
    """List every node of the page's JSON-LD."""
    [(_type, text)] = [each for each in head.scripts if each[0] == "application/ld+json"]
    tree = json.loads(text)
    assert tree["@context"] == "https://schema.org"
    return tree["@graph"]


def checked_graph_of(head: Head) -> list[dict]:
    """Return the same, each node made again by the strict classes of the vocabulary, which take seconds to build."""
    graph = graph_of(head)
    checked(graph)
    return graph


def checked(value):
    """Raise where a type, a property of it, or the kind of a value is not in the vocabulary, or a date is none."""
    if isinstance(value, list):
        return [checked(each) for each in value]
    if isinstance(value, dict):
        own = {key: checked(each) for key, each in value.items() if key not in ("@type", "@id", "query-input")}
        return getattr(schema_org, value.get("@type", "Person"))(**own)  # a voice may be a person or an organisation
    if isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}T", value):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}$", value) else value
