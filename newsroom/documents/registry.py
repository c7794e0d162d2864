"""The registry of builders, which turn rows into documents, and helpers for rows, their types and references to them.

A builder writes bare references ({"type", "content_id"}). Names are filled in from the record when a Draft is published
or shown, so a Draft never carries a neighbour's unpublished name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import models

from record.documents.canonical_json import ReferenceKey

from ..models.ownership import type_by_model

FieldMessages = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Builder:
    """How rows of one model become documents.

    build: gives the document of a row, without "type" and "content_id". prefetch: what to prefetch for it.
    parts: {relation: what to prefetch of its rows} of rows embedded in its document (see `get_embedded_rows`).
    parents: the foreign keys that can hold the root of a child.
    problems: gives (field, message) pairs besides the general ones.
    done: paths of dates that must not lie in the future. ordered: pairs of paths of a beginning and its end.
    wanted: gives the keys that a complete document has. wanted_children: types of which a complete root has at least
    one. Neither prevents publication.
    named, cited: whether it needs a title or name, and a citation of its own. uncited: says of a fact inside it whether
    that may lack a citation.
    along: whether a small root, once it is `checked`, is published together with the first root that names it.
    """

    model: type[models.Model]
    build: Callable[[models.Model], dict]
    prefetch: tuple = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parents: tuple[str, ...] = ()
    problems: Callable[[models.Model, dict], FieldMessages] = lambda row, document: ()
    done: tuple[str, ...] = ()
    ordered: tuple[tuple[str, str], ...] = ()
    wanted: Callable[[dict], Iterable[str]] = lambda document: ()
    wanted_children: tuple[str, ...] = ()
    named: bool = True
    cited: bool = True
    uncited: Callable[[dict], bool] = lambda fact: False
    along: bool = False


_builders: dict[str, Builder] = {}


def register_builder(type: str, builder: Builder) -> None:
    """Register the builder of a type; the app that defines the type calls this at start-up."""
    _builders[type] = builder
    type_by_model[builder.model] = type


def get_builder(type: str) -> Builder:
    """Return the builder of a type. Raises KeyError for an unknown type."""
    return _builders[type]


def models_by_type() -> dict[str, type[models.Model]]:
    """Return {type: model} of everything that is published with editions of its own."""
    return {type: builder.model for type, builder in _builders.items()}


def get_row_type(row: models.Model) -> str:
    """Return the type of a row. Raises KeyError if its model has no builder."""
    return type_by_model[row._meta.concrete_model]


def get_row_key(row: models.Model) -> ReferenceKey:
    """Return (type, content_id) of a row."""
    return get_row_type(row), str(row.content_id)


def get_working_row(type: str, content_id) -> models.Model:
    """Return the working row of a thing. Raises DoesNotExist if there is none."""
    return _builders[type].model.objects.get(content_id=content_id)


def get_working_rows(keys: Iterable[ReferenceKey]) -> dict[ReferenceKey, models.Model]:
    """Return {(type, content_id): working row} with one query for each type. Rows that do not exist are left out."""
    wanted = defaultdict(set)
    for type, content_id in keys:
        wanted[type].add(content_id)
    return {
        (type, str(row.content_id)): row
        for type, ids in wanted.items()
        for row in _builders[type].model.objects.filter(content_id__in=ids)
    }


def get_root(row: models.Model) -> models.Model:
    """Return the root that a row is published with: its parent, or itself if it has none."""
    parents = _builders[get_row_type(row)].parents
    parent = next((getattr(row, name) for name in parents if getattr(row, f"{name}_id")), None)
    return parent or row


def make_reference(row: models.Model | None, **extra) -> dict | None:
    """Return a reference to the row without names, which the record supplies; None for None.

    extra: further keys of the reference.
    """
    if row is None:
        return None
    return {"type": get_row_type(row), "content_id": str(row.content_id), **extra}
