"""The registry of types: one declaration says how rows of a model become documents, a page, and rows again.

Each app declares its own in `published_types.py`, which is imported at start-up.

A builder writes bare references ({"type", "content_id"}). Names are filled in from the record when a Draft is published
or shown, so a Draft never carries a neighbour's unpublished name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import models

from record.documents.canonical_json import ReferenceKey
from record.models import Edition

from ..models.ownership import get_model_type

FieldMessages = Iterable[tuple[str, str]]
PrefetchParts = Mapping[str, tuple[str, ...]]  # {relation: what to prefetch of its rows}


@dataclass(frozen=True)
class Deserializer:
    """How a document is written back into a row, where its keys are not called as the columns.

    preprocess: gives the document with the keys that the columns have. json_path: {key: path} of keys that are nested
    in the document ("baseline/note").
    in_document_order: gives rows of this model in the order in which documents show them, if position alone does not
    decide.
    recreatable: True if documents that refer to the row hold it whole, so that it can be recreated from one;
    after_create(row, its document, find) then gives the neighbours that were linked to it.
    before_save(row, changed columns, by): sets whatever else changes with these columns.
    """

    preprocess: Callable[[dict], dict] = lambda document: document
    json_path: Mapping[str, str] = field(default_factory=dict)
    in_document_order: Callable[[list], list] = lambda rows: rows
    recreatable: bool = False
    after_create: Callable[[models.Model, dict, Callable], Iterable[models.Model]] = lambda row, document, find: ()
    before_save: Callable[[models.Model, set[str], object], None] = lambda row, changed, by: None


@dataclass(frozen=True)
class EmbeddedType:
    """A model without editions, whose rows stand inside the documents of others. A plain one needs no declaration.

    computed_keys: {key that no column holds: its label}. deserialize: how its documents are written back.
    holders, relation: the base class of all models whose rows hold such rows, and by which relation. They are read at
    once for a root and everything in it, with what `prefetch` names.
    """

    model: type[models.Model]
    computed_keys: Mapping[str, str] = field(default_factory=dict)
    deserialize: Deserializer = Deserializer()
    holders: type[models.Model] | None = None
    relation: str = ""
    prefetch: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublishedType:
    """A model whose rows are published with editions of their own.

    edition: knows the type's name and the keys that hold the root of a child. build: gives the document of a row,
    without "type" and "content_id".
    page: (template, presenter) of the site's page of a root, which the preview renders; see `readers.presenters`.
    prefetch: what to prefetch for `build`. embedded: {relation: what to prefetch of its rows} of rows embedded in its
    document (see `get_embedded_rows`).
    computed_keys: {key that no column holds: its label}. deserialize: how its documents are written back.
    problems: gives (field, message) pairs besides the general ones.
    past_dates: paths of dates that must not lie in the future. date_ranges: pairs of paths of a beginning and its end.
    expected: gives the keys that a complete document has. expected_children: types of which a complete root has at
    least one. Neither prevents publication.
    requires_title, requires_citation: whether it needs a title or name, and a citation of its own. may_lack_citation:
    says of a fact inside it whether that may lack a citation.
    publish_along: whether a small root, once it is `checked`, is published together with the first root that names it.
    """

    model: type[models.Model]
    edition: type[Edition]
    build: Callable[[models.Model], dict]
    page: tuple[str, Callable] | None = None
    prefetch: tuple[str, ...] = ()
    embedded: PrefetchParts = field(default_factory=dict)
    computed_keys: Mapping[str, str] = field(default_factory=dict)
    deserialize: Deserializer = Deserializer()
    problems: Callable[[models.Model, dict], FieldMessages] = lambda row, document: ()
    past_dates: tuple[str, ...] = ()
    date_ranges: tuple[tuple[str, str], ...] = ()
    expected: Callable[[dict], Iterable[str]] = lambda document: ()
    expected_children: tuple[str, ...] = ()
    requires_title: bool = True
    requires_citation: bool = True
    may_lack_citation: Callable[[dict], bool] = lambda fact: False
    publish_along: bool = False


_published_types: dict[str, PublishedType] = {}
_types_by_model: dict[type[models.Model], PublishedType | EmbeddedType] = {}


def register_types(*declared: PublishedType | EmbeddedType) -> None:
    """Register the types of an app; its `published_types` module calls this at start-up."""
    for each in declared:
        _types_by_model[each.model] = each
        if isinstance(each, PublishedType):
            _published_types[each.edition.type] = each


def get_published_type(type: str) -> PublishedType:
    """Return the declaration of a type. Raises KeyError for an unknown type."""
    return _published_types[type]


def get_model_declaration(model: type[models.Model]) -> PublishedType | EmbeddedType:
    """Return what was declared for a model, or the defaults of an embedded one."""
    return _types_by_model.get(model) or EmbeddedType(model)


def list_shared_types() -> list[EmbeddedType]:
    """Return the types whose rows are read at once for a root and everything in it."""
    return [each for each in _types_by_model.values() if isinstance(each, EmbeddedType) and each.holders]


def models_by_type() -> dict[str, type[models.Model]]:
    """Return {type: model} of everything that is published with editions of its own."""
    return {type: declared.model for type, declared in _published_types.items()}


def get_row_type(row: models.Model) -> str:
    """Return the type of a row. Raises KeyError if its model is not published with editions of its own."""
    return _published_types[get_model_type(row._meta.concrete_model)].edition.type


def get_row_key(row: models.Model) -> ReferenceKey:
    """Return (type, content_id) of a row."""
    return get_row_type(row), str(row.content_id)


def get_working_row(type: str, content_id) -> models.Model:
    """Return the working row of a thing. Raises DoesNotExist if there is none."""
    return _published_types[type].model.objects.get(content_id=content_id)


def get_working_rows(keys: Iterable[ReferenceKey]) -> dict[ReferenceKey, models.Model]:
    """Return {(type, content_id): working row} with one query for each type. Rows that do not exist are left out."""
    wanted = defaultdict(set)
    for type, content_id in keys:
        wanted[type].add(content_id)
    return {
        (type, str(row.content_id)): row
        for type, ids in wanted.items()
        for row in _published_types[type].model.objects.filter(content_id__in=ids)
    }


def get_root(row: models.Model) -> models.Model:
    """Return the root that a row is published with: its parent, or itself if it has none."""
    parents = _published_types[get_row_type(row)].edition.parents
    parent = next((getattr(row, name) for name in parents if getattr(row, f"{name}_id")), None)
    return parent or row


def make_reference(row: models.Model | None, **extra) -> dict | None:
    """Return a reference to the row without names, which the record supplies; None for None.

    extra: further keys of the reference.
    """
    if row is None:
        return None
    return {"type": get_row_type(row), "content_id": str(row.content_id), **extra}
