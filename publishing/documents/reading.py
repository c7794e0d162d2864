"""The working copy read for documents: rows with all that their builders look at, whatever their number."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, models, transaction

from ..editions import children_of
from .builders import builder_of

Parts = Mapping[str, tuple[str, ...]]  # {relation: what is prefetched of its rows}
Read = tuple[models.Model, dict]  # a row and its document
_shared: dict[type[models.Model], Parts] = {}


def read_together(base: type[models.Model], parts: Parts) -> None:
    """What stands in the documents of all rows of these models: read once for a root and everything in it."""
    _shared[base] = parts


def parts_of(row: models.Model, relation: str) -> list[models.Model]:
    """The rows of a relation, held back or not, in their order: as they were read with the row, else read now."""
    return getattr(row, _as_read(relation)) if hasattr(row, _as_read(relation)) else list(getattr(row, relation).all())


@contextmanager
def one_reading():
    """All reads inside see the same instant of the working copy."""
    if connection.in_atomic_block or connection.vendor != "postgresql":
        with transaction.atomic():
            yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def read(type: str, content_ids: Iterable[str]) -> dict[str, list[Read]]:
    """{content_id: its row, then its children's, each with its document} of roots of one type that there are."""
    roots = {row.pk: row for row in _rows(type, content_id__in=content_ids)}
    found = {pk: [(type, row)] for pk, row in roots.items()}
    for edition_class in children_of(type):
        for child in _rows(edition_class.type, known=type, held_back=False, **{f"{type}__in": list(roots)}):
            root = getattr(child, f"{type}_id")
            setattr(child, type, roots[root])
            found[root].append((edition_class.type, child))
    _complete(thing for things in found.values() for thing in things)
    return {
        str(roots[pk].content_id): [(row, _document(type, row)) for type, row in things] for pk, things in found.items()
    }


def rows_read(type: str, wanted: models.Q) -> list[models.Model]:
    """Rows of one type, as their builder wants them."""
    rows = list(_rows(type, wanted))
    _complete((type, row) for row in rows)
    return rows


def _rows(type: str, *wanted: models.Q, known: str = "", **lookup) -> models.QuerySet:
    """known: the key to what the caller has read already."""
    builder = builder_of(type)
    prefetch = [each for each in builder.prefetch if each != known]
    rows = builder.model.objects.filter(*wanted, **lookup)
    return rows.prefetch_related(*prefetch, *_prefetched(builder.parts)).order_by("pk")


def _complete(things: Iterable[tuple[str, models.Model]]) -> None:
    """Read what all of them share."""
    rows = [each for type, row in things for each in (row, *_all_parts(type, row))]
    for base, parts in _shared.items():
        models.prefetch_related_objects([row for row in rows if isinstance(row, base)], *_prefetched(parts))


def _all_parts(type: str, row: models.Model) -> Iterator[models.Model]:
    return (part for relation in builder_of(type).parts for part in parts_of(row, relation))


def _prefetched(parts: Parts) -> Iterator[str | models.Prefetch]:
    """Into lists: for a manager's cache Django would build a query for every row."""
    for relation, more in parts.items():
        yield models.Prefetch(relation, to_attr=_as_read(relation))
        yield from (f"{_as_read(relation)}__{each}" for each in more)


def _as_read(relation: str) -> str:
    return f"{relation}_read"


def _document(type: str, row: models.Model) -> dict:
    return {"type": type, "content_id": str(row.content_id)} | builder_of(type).build(row)
