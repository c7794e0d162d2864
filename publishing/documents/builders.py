"""How rows become documents: apps register a `Builder` for each type. Rows, their types, references to them.

A builder writes bare references ({"type", "content_id"}); names are filled in from the record when a Draft is published
or shown, so a Draft never carries a neighbour's unpublished name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import models

from ..models.places import types
from ..rules import Key

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Builder:
    """How rows of one model become documents.

    named, cited: it needs a title or name, a citation of its own. uncited: whether a fact inside it needs none.
    along: small roots that are published together with the first root that names them, when `checked`.
    problems gives (field, message) pairs beside the general ones.
    done: paths of days that cannot be still to come; ordered: of beginnings and their ends (`rules.days`).
    parts: {relation: what to prefetch of its rows} of rows that stand inside its document (`reading.parts_of`).
    wanted: keys that a complete document has, wanted_children: types of which a complete root has one; none stops it.
    """

    model: type[models.Model]
    build: Callable[[models.Model], dict]
    prefetch: tuple = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parents: tuple[str, ...] = ()
    problems: Callable[[models.Model, dict], Pairs] = lambda row, document: ()
    done: tuple[str, ...] = ()
    ordered: tuple[tuple[str, str], ...] = ()
    wanted: Callable[[dict], Iterable[str]] = lambda document: ()
    wanted_children: tuple[str, ...] = ()
    named: bool = True
    cited: bool = True
    uncited: Callable[[dict], bool] = lambda fact: False
    along: bool = False


_builders: dict[str, Builder] = {}


def register(type: str, builder: Builder) -> None:
    _builders[type] = builder
    types[builder.model] = type


def builder_of(type: str) -> Builder:
    return _builders[type]


def models_by_type() -> dict[str, type[models.Model]]:
    """{type: model} of everything that is published with editions of its own."""
    return {type: builder.model for type, builder in _builders.items()}


def type_of(row: models.Model) -> str:
    return types[row._meta.concrete_model]


def key_of(row: models.Model) -> Key:
    return type_of(row), str(row.content_id)


def row_of(type: str, content_id) -> models.Model:
    return _builders[type].model.objects.get(content_id=content_id)


def rows_of(keys: Iterable[Key]) -> dict[Key, models.Model]:
    """The working rows of these things, one query a type; without those there are not."""
    wanted = defaultdict(set)
    for type, content_id in keys:
        wanted[type].add(content_id)
    return {
        (type, str(row.content_id)): row
        for type, ids in wanted.items()
        for row in _builders[type].model.objects.filter(content_id__in=ids)
    }


def root_row(row: models.Model) -> models.Model:
    """The root a row is published with: itself, or its parent's."""
    parents = _builders[type_of(row)].parents
    parent = next((getattr(row, name) for name in parents if getattr(row, f"{name}_id")), None)
    return parent or row


def bare(row: models.Model | None, **extra) -> dict | None:
    """A reference without its names, which the record gives."""
    if row is None:
        return None
    return {"type": type_of(row), "content_id": str(row.content_id), **extra}
