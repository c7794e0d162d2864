"""Parts of several documents: citations with their sources, days, numbers, lines."""

from datetime import date
from decimal import Decimal

from newsroom.documents.prefetch import get_embedded_rows
from record.languages import detect_language

from ..models import Source


def visible_rows(row, relation: str) -> list:
    """Return the prefetched rows of a relation that are not held back, in their order."""
    return [each for each in get_embedded_rows(row, relation) if not each.held_back]


def build_citations(row) -> list[dict]:
    return [
        {
            "content_id": str(each.content_id),
            "locator": each.locator,
            "quote": each.quote,
            "quote_language": detect_language(each.quote) if each.quote else None,
            "supports": each.supports,
            "source": build_source_document(each.source),
        }
        for each in visible_rows(row, "citations")
    ]


def build_source_document(row) -> dict:
    versions = [each for each in (row.translation_of, *row.translations.all()) if each]
    return build_source_name(row) | {
        "publisher": row.publisher,
        "tier": row.tier,
        "published": row.published.to_document(),
        "accessed_on": to_iso_day(row.accessed_on),
        "derived_from": row.derived_from and build_source_name(row.derived_from),
        "versions": [build_source_name(each) for each in versions],
    }


def build_source_name(row) -> dict:
    return {"content_id": str(row.content_id), "url": row.url or None, "title": row.title, "language": row.language}


def relink_language_versions(row: Source, document: dict, find) -> list[Source]:
    """Link the language versions of a restored source again; return the rows to save."""
    versions = [find(Source, each) for each in document.get("versions", ())]
    lost = [each for each in versions if each.translation_of_id != row.pk and row.translation_of_id != each.pk]
    if len(versions) == 1 and lost and row.translation_of_id is None:
        row.translation_of = lost[0]
        return [row]
    alone = [each for each in lost if each.translation_of_id is None]
    for each in alone:
        each.translation_of = row
    return alone


def to_iso_day(value: date | None) -> str | None:
    return value and value.isoformat()


def to_json_number(value: Decimal | None) -> int | float | None:
    """Convert to a JSON number: an int if the value is whole, else a float."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def split_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
