"""Full-text search of what is live: every word of the query occurs in a thing's title, aliases or summary.

Tokens are words of letters and digits, and pairs of Chinese characters folded to Simplified
(`languages.tokenize_texts`), so that Traditional and Simplified match each other and two-character words are found
alike on every database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from .languages import LANGUAGES, tokenize_texts
from .models import Edition, edition_classes
from .queries import filter_tokens, is_single_han

MAX_QUERY_LENGTH = 200  # characters of a query
RANKED_BATCH_SIZE = 300  # rows of each type ranked together, because a word may occur in thousands
MAX_HITS = 100


@dataclass(frozen=True)
class SearchHit:
    """A thing that search found."""

    type: str
    url_prefix: str
    content_id: UUID
    root_content_id: UUID
    slug: str
    title: dict | None
    in_title: bool


def get_searchable_editions() -> list[type[Edition]]:
    """Return the edition classes that search looks in, by `search_rank`."""
    classes = [each for each in edition_classes().values() if each.search_rank is not None]
    return sorted(classes, key=lambda each: each.search_rank)


@dataclass(frozen=True)
class SearchPosition:
    """Position in the results: the batch of `RANKED_BATCH_SIZE` rows of each type, and how many of its hits to skip."""

    batch: int = 0
    offset: int = 0


def search_editions(words: str, *, types: Iterable[str] = (), limit: int = MAX_HITS) -> list[SearchHit]:
    """Return the first hits; see `search_editions_from`."""
    return search_editions_from(SearchPosition(), words, types=types, limit=limit)[0]


def search_editions_from(
    place: SearchPosition, words: str, *, types: Iterable[str] = (), limit: int
) -> tuple[list[SearchHit], SearchPosition | None]:
    """Return (hits that contain all of these words, position of the next hits or None).

    Within each batch, hits in the title come first, then types by rank, then older things. types: limit the search to
    these; empty means all. Return no hits if `words` has no tokens. One query for each type.
    """
    wanted = list(dict.fromkeys(tokenize_texts(words[:MAX_QUERY_LENGTH])))
    classes = [each for each in get_searchable_editions() if not types or each.type in types] if wanted else []
    found = [(each, _load_batch(each, wanted, place.batch * RANKED_BATCH_SIZE)) for each in classes]
    hits = [_build_hit(each, row, wanted) for each, rows in found for row in rows[:RANKED_BATCH_SIZE]]
    hits.sort(key=lambda hit: not hit.in_title)  # stable: types in their order, then by age
    end = place.offset + limit
    if end < len(hits):
        return hits[place.offset : end], SearchPosition(place.batch, end)
    more = any(len(rows) > RANKED_BATCH_SIZE for _each, rows in found)
    return hits[place.offset :], SearchPosition(place.batch + 1) if more else None


def _load_batch(edition_class: type[Edition], wanted: list[str], start: int) -> list[tuple]:
    """Load one batch of rows, and one row more if there is another batch."""
    rows = filter_tokens(edition_class.objects.all(), wanted).order_by("pk")
    return list(
        rows.values_list("content_id", "root_content_id", "slug", "title")[start : start + RANKED_BATCH_SIZE + 1]
    )


def _build_hit(edition_class: type[Edition], row: tuple, wanted: list[str]) -> SearchHit:
    """Build a SearchHit from a row of `_load_batch`."""
    content_id, root_content_id, slug, title = row
    return SearchHit(
        type=edition_class.type,
        url_prefix=edition_class.url_prefix,
        content_id=content_id,
        root_content_id=root_content_id,
        slug=slug,
        title=title,
        in_title=_title_matches(title, wanted),
    )


def _title_matches(title: dict | None, wanted: list[str]) -> bool:
    """Return True if the title, in any languages, contains all of these tokens."""
    said = tokenize_texts(*((title or {}).get(language, "") for language in LANGUAGES))
    return all(any(token in each if is_single_han(token) else token == each for each in said) for token in wanted)
