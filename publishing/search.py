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
CANDIDATES = 300  # of each type that are ranked together: a word may be in thousands of things
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


@dataclass(frozen=True)
class Place:
    """Where a page of hits begins: in which batch of `CANDIDATES` of each type, after how many hits of it."""

    batch: int = 0
    passed: int = 0


def search(words: str, *, types: Iterable[str] = (), limit: int = MOST) -> list[Hit]:
    """The first hits; see `search_from`."""
    return search_from(Place(), words, types=types, limit=limit)[0]


def search_from(place: Place, words: str, *, types: Iterable[str] = (), limit: int) -> tuple[list[Hit], Place | None]:
    """What has all these words, in each batch hits in the title first; of these types, else of all. One query a type.

    (hits, where the hits after them begin; None where there are no more). Nothing where there is nothing to look for.
    """
    wanted = list(dict.fromkeys(tokens(words[:LONGEST])))
    classes = [each for each in searchable() if not types or each.type in types] if wanted else []
    found = [(each, _found(each, wanted, place.batch * CANDIDATES)) for each in classes]
    hits = [_hit(each, row, wanted) for each, rows in found for row in rows[:CANDIDATES]]
    hits.sort(key=lambda hit: not hit.in_title)  # stable: types in their order, then by age
    end = place.passed + limit
    if end < len(hits):
        return hits[place.passed : end], Place(place.batch, end)
    more = any(len(rows) > CANDIDATES for _each, rows in found)
    return hits[place.passed :], Place(place.batch + 1) if more else None


def _found(edition_class: type[Edition], wanted: list[str], start: int) -> list[tuple]:
    """A batch, and one row more where there is another."""
    rows = having(edition_class.objects.all(), wanted).order_by("pk")
    return list(rows.values_list("content_id", "root_content_id", "slug", "title")[start : start + CANDIDATES + 1])


def _hit(edition_class: type[Edition], row: tuple, wanted: list[str]) -> Hit:
    content_id, root_content_id, slug, title = row
    return Hit(
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
