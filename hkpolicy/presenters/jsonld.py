"""The site and its pages as schema.org nodes (JSON-LD). Pure: texts and URLs are arguments."""

from collections.abc import Iterable
from dataclasses import dataclass

from readers.presenters.jsonld import LANGUAGE_TAGS

SCHEMA_ORG_CONTEXT = "https://schema.org"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class SiteInfo:
    """Names and URLs of the site, as JSON-LD nodes need them.

    address: URL of the whole site. home, search and principles: URLs of its pages in the language.
    """

    name: str
    description: str
    address: str
    home: str
    search: str
    principles: str

    def build_reference(self) -> dict:
        """Return the WebSite node with which other nodes refer to the site."""
        return {"@type": "WebSite", "@id": f"{self.address}/#site", "name": self.name, "url": self.home}

    def build_publisher(self) -> dict:
        return {"@type": "Organization", "@id": f"{self.address}/#publisher", "name": self.name, "url": self.home}

    def build_website_node(self, language: str) -> dict:
        """Return the complete WebSite node, for the front page."""
        action = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{self.search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        }
        return self.build_reference() | {
            "description": self.description,
            "inLanguage": LANGUAGE_TAGS[language],
            "isAccessibleForFree": True,
            "publisher": self.build_publisher() | {"publishingPrinciples": self.principles},
            "potentialAction": action,
        }


def build_page_node(kind: str, *, address: str, title: str, description: str, language: str, site: SiteInfo) -> dict:
    """Return the node of one page; `kind` is its schema.org type."""
    return {
        "@type": kind,
        "@id": address,
        "url": address,
        "name": title,
        "description": description,
        "inLanguage": LANGUAGE_TAGS[language],
        "isPartOf": site.build_reference(),
        "publisher": site.build_publisher(),
        "publishingPrinciples": site.principles,
    }


def build_breadcrumbs(steps: Iterable[tuple[str, str]]) -> dict:
    """Return a BreadcrumbList. steps: (name, URL) from the front page to this page."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": {"@type": "WebPage", "@id": address}}
        for position, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def build_dataset_node(
    site: SiteInfo, *, address: str, files: Iterable[tuple[str, str]], languages: Iterable[str]
) -> dict:
    """Return the Dataset node of the exported record. files: (name, URL) of each file."""
    return {
        "@type": "Dataset",
        "name": site.name,
        "description": site.description,
        "url": address,
        "license": LICENCE_URL,
        "isAccessibleForFree": True,
        "inLanguage": [LANGUAGE_TAGS[each] for each in languages],
        "creator": site.build_publisher(),
        "spatialCoverage": {"@type": "Place", "name": "Hong Kong"},
        "distribution": [
            {"@type": "DataDownload", "name": name, "encodingFormat": "application/jsonl", "contentUrl": url}
            for name, url in files
        ],
    }
