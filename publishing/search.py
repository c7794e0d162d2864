"""Search of what is live: every word asked for occurs in a thing's title, other names or summary.

Words are letters and digits, and pairs of Chinese characters folded to Simplified (`languages.tokens`), so that
Traditional and Simplified find each other and two-character words are found on every database alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from .editions import Edition, edition_classes
from .languages import LANGUAGES, tokens
from .queries import having, is_single

LONGEST = 200  # characters of a query
CANDIDATES = 300  # of each type; a word in thousands of things is cut here, before ranking
MOST = 100


@dataclass(frozen=True)
class Hit:
    type: str
    plural: str
    content_id: UUID
    root_content_id: UUID
    slug: str
    title: dict | None
    in_title: bool


def searchable() -> list[type[Edition]]:
    """The types that search looks in, the ones to show first before the others."""
    classes = [each for each in edition_classes().values() if each.search_rank is not None]
    return sorted(classes, key=lambda each: each.search_rank)


def search(words: str, *, types: Iterable[str] = (), limit: int = MOST) -> list[Hit]:
    """What has all these words, hits in the title first; of these types, else of all. One query a type.

    Empty where there is nothing to look for.
    """
    wanted = list(dict.fromkeys(tokens(words[:LONGEST])))
    if not wanted:
        return []
    classes = [each for each in searchable() if not types or each.type in types]
    hits = [hit for edition_class in classes for hit in _hits(edition_class, wanted)]
    hits.sort(key=lambda hit: not hit.in_title)  # stable: types in their order, then by age
    return hits[:limit]


def _hits(edition_class: type[Edition], wanted: list[str]) -> Iterable[Hit]:
    columns = ("content_id", "root_content_id", "slug", "title")
    found = having(edition_class.objects.all(), wanted).order_by("pk").values_list(*columns)
    for content_id, root_content_id, slug, title in found[:CANDIDATES]:
        yield Hit(
            type=edition_class.type,
            plural=edition_class.plural,
            content_id=content_id,
            root_content_id=root_content_id,
            slug=slug,
            title=title,
            in_title=_all_in(title, wanted),
        )


def _all_in(title: dict | None, wanted: list[str]) -> bool:
    said = tokens(*((title or {}).get(language, "") for language in LANGUAGES))
    return all(any(token in each if is_single(token) else token == each for each in said) for token in wanted)
