"""The site and its pages, in the words of schema.org. Pure: words and addresses are arguments."""

from collections.abc import Iterable
from dataclasses import dataclass

from publishing.shapes.linked import TAGS

CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Site:
    """address: of the whole site; home, search and principles: of its pages in the language."""

    name: str
    description: str
    address: str
    home: str
    search: str
    principles: str

    def named(self) -> dict:
        return {"@type": "WebSite", "@id": f"{self.address}/#site", "name": self.name, "url": self.home}

    def publisher(self) -> dict:
        return {"@type": "Organization", "@id": f"{self.address}/#publisher", "name": self.name, "url": self.home}

    def told(self, language: str) -> dict:
        """The whole of it, for its front page."""
        action = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{self.search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        }
        return self.named() | {
            "description": self.description,
            "inLanguage": TAGS[language],
            "isAccessibleForFree": True,
            "publisher": self.publisher() | {"publishingPrinciples": self.principles},
            "potentialAction": action,
        }


def page(kind: str, *, address: str, title: str, description: str, language: str, site: Site) -> dict:
    return {
        "@type": kind,
        "@id": address,
        "url": address,
        "name": title,
        "description": description,
        "inLanguage": TAGS[language],
        "isPartOf": site.named(),
        "publisher": site.publisher(),
        "publishingPrinciples": site.principles,
    }


def crumbs(steps: Iterable[tuple[str, str]]) -> dict:
    """steps: (name, address) from the front page to this one."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": {"@type": "WebPage", "@id": address}}
        for position, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def dataset(site: Site, *, address: str, files: Iterable[tuple[str, str]], languages: Iterable[str]) -> dict:
    """The record as files. files: (name, address)."""
    return {
        "@type": "Dataset",
        "name": site.name,
        "description": site.description,
        "url": address,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "inLanguage": [TAGS[each] for each in languages],
        "creator": site.publisher(),
        "spatialCoverage": {"@type": "Place", "name": "Hong Kong"},
        "distribution": [
            {"@type": "DataDownload", "name": name, "encodingFormat": "application/jsonl", "contentUrl": url}
            for name, url in files
        ],
    }
