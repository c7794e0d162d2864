"""Loading the working copy for documents: rows with everything their builders need, in a fixed number of queries."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction

from record.models import get_child_editions

from .registry import PrefetchParts, get_published_type, list_shared_types

RowDocument = tuple[models.Model, dict]  # a row and its document


def get_embedded_rows(row: models.Model, relation: str) -> list[models.Model]:
    """Return the rows of a relation in order, held back or not.

    They are taken from what was prefetched with the row, or else queried now.
    """
    return (
        getattr(row, _prefetch_attr(relation))
        if hasattr(row, _prefetch_attr(relation))
        else list(getattr(row, relation).all())
    )


@contextmanager
def repeatable_read():
    """Let all reads inside the block see the working copy at the same instant."""
    if connection.in_atomic_block or connection.vendor != "postgresql":
        with transaction.atomic():
            yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def read_roots(type: str, content_ids: Iterable[str]) -> dict[str, list[RowDocument]]:
    """Return {content_id: [(row, document), …]} of those roots of one type that exist.

    The root comes first, then its children, without those held back.
    """
    roots = {row.pk: row for row in _query_rows(type, content_id__in=content_ids)}
    found = {pk: [(type, row)] for pk, row in roots.items()}
    for edition_class in get_child_editions(type):
        for child in _query_rows(edition_class.type, known=type, held_back=False, **{f"{type}__in": list(roots)}):
            root = getattr(child, f"{type}_id")
            setattr(child, type, roots[root])
            found[root].append((edition_class.type, child))
    _prefetch_shared(thing for things in found.values() for thing in things)
    return {
        str(roots[pk].content_id): [(row, _build_document(type, row)) for type, row in things]
        for pk, things in found.items()
    }


def load_prefetched_rows(type: str, wanted: models.Q) -> list[models.Model]:
    """Return rows of one type with everything that their builder needs prefetched."""
    rows = list(_query_rows(type, wanted))
    _prefetch_shared((type, row) for row in rows)
    return rows


def _query_rows(type: str, *wanted: models.Q, known: str = "", **lookup) -> models.QuerySet:
    """Return the query for rows of one type with what their builder prefetches.

    known: the foreign key to a row that the caller has loaded already.
    """
    declared = get_published_type(type)
    prefetch = [each for each in declared.prefetch if each != known]
    rows = declared.model.objects.filter(*wanted, **lookup)
    return rows.prefetch_related(*prefetch, *_build_prefetches(declared.embedded)).order_by("pk")


def _prefetch_shared(things: Iterable[tuple[str, models.Model]]) -> None:
    """Prefetch the rows of shared types. things: (type, row) pairs."""
    rows = [each for type, row in things for each in (row, *_iter_embedded_rows(type, row))]
    for shared in list_shared_types():
        holding = [row for row in rows if isinstance(row, shared.holders)]
        models.prefetch_related_objects(holding, *_build_prefetches({shared.relation: shared.prefetch}))


def _iter_embedded_rows(type: str, row: models.Model) -> Iterator[models.Model]:
    """Return the rows that are embedded in the document of this row."""
    return (part for relation in get_published_type(type).embedded for part in get_embedded_rows(row, relation))


def _build_prefetches(parts: PrefetchParts) -> Iterator[str | models.Prefetch]:
    """Prefetch with `to_attr`, because iterating a prefetched manager builds a QuerySet for every row."""
    for relation, more in parts.items():
        yield models.Prefetch(relation, to_attr=_prefetch_attr(relation))
        yield from (f"{_prefetch_attr(relation)}__{each}" for each in more)


def _prefetch_attr(relation: str) -> str:
    """Return the name of the attribute that holds the prefetched rows of a relation."""
    return f"{relation}_read"


def _build_document(type: str, row: models.Model) -> dict:
    """Build the document of a row."""
    return {"type": type, "content_id": str(row.content_id)} | get_published_type(type).build(row)
