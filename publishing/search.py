"""Full-text search of what is live: every word of the query occurs in a thing's title, aliases or summary.

Tokens are words of letters and digits, and pairs of Chinese characters folded to Simplified
(`languages.tokenize_texts`), so that Traditional and Simplified match each other and two-character words are found
alike on every database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from .editions import Edition, edition_classes
from .languages import LANGUAGES, tokens
from .queries import having, is_single

LONGEST = 200  # characters of a query
CANDIDATES = 300  # rows of each type ranked together, because a word may occur in thousands
MOST = 100


@dataclass(frozen=True)
class Hit:
    """A thing that search found."""

    type: str
    plural: str
    content_id: UUID
    root_content_id: UUID
    slug: str
    title: dict | None
    in_title: bool


def searchable() -> list[type[Edition]]:
    """Return the edition classes that search looks in, by `search_rank`."""
    classes = [each for each in edition_classes().values() if each.search_rank is not None]
    return sorted(classes, key=lambda each: each.search_rank)


@dataclass(frozen=True)
class Place:
    """Position in the results: the batch of `RANKED_BATCH_SIZE` rows of each type, and how many of its hits to skip."""

    batch: int = 0
    passed: int = 0


def search(words: str, *, types: Iterable[str] = (), limit: int = MOST) -> list[Hit]:
    """Return the first hits; see `search_editions_from`."""
    return search_from(Place(), words, types=types, limit=limit)[0]


def search_from(place: Place, words: str, *, types: Iterable[str] = (), limit: int) -> tuple[list[Hit], Place | None]:
    """Return (hits that contain all of these words, position of the next hits or None).

    Within each batch, hits in the title come first, then types by rank, then older things. types: limit the search to
    these; empty means all. Return no hits if `words` has no tokens. One query for each type.
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
    """Load one batch of rows, and one row more if there is another batch."""
    rows = having(edition_class.objects.all(), wanted).order_by("pk")
    return list(rows.values_list("content_id", "root_content_id", "slug", "title")[start : start + CANDIDATES + 1])


def _hit(edition_class: type[Edition], row: tuple, wanted: list[str]) -> Hit:
    """Build a SearchHit from a row of `_load_batch`."""
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
    """Return True if the title, in any languages, contains all of these tokens."""
    said = tokens(*((title or {}).get(language, "") for language in LANGUAGES))
    return all(any(token in each if is_single(token) else token == each for each in said) for token in wanted)
