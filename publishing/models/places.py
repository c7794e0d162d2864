"""Where rows of the working copy belong: a row goes with what it would be deleted with, up to its root."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from .base import Publishable, Root

# {model: what the record calls its type}, where that is not the model's own name. Builders of documents tell.
types: dict[type[models.Model], str] = {}


@dataclass(frozen=True)
class Place:
    """The root of a row, and the part of the root it is in: the child or fact right under the root, or the root."""

    root_type: str
    root: str
    part: str


def type_name(model: type[models.Model]) -> str:
    return types.get(model, model._meta.model_name)


def places_of(rows: Iterable[Publishable], known: dict) -> list[Place]:
    """In the order of the rows, with a query for each model and level at most.

    known: {(model, pk): Place} of parents found before; what is found is added to it.
    """
    rows = list(rows)
    parents = [_parent(row) for row in rows]
    wanted = defaultdict(dict)
    for parent in parents:
        if parent is not None and parent[:2] not in known:
            model, pk, row = parent
            wanted[model][pk] = row or wanted[model].get(pk)
    for model, found in wanted.items():
        missing = [pk for pk, row in found.items() if row is None]
        there = [row for row in found.values() if row is not None]
        there += model._base_manager.filter(pk__in=missing).only("content_id", *_pointers(model)) if missing else []
        for row, place in zip(there, places_of(there, known), strict=True):
            known[model, row.pk] = place
    return [_under(row, parent and known.get(parent[:2])) for row, parent in zip(rows, parents, strict=True)]


def _under(row: Publishable, parent: Place | None) -> Place:
    own = str(row.content_id)
    if parent is None:
        return Place(type_name(type(row)), own, own)
    return Place(parent.root_type, parent.root, own if parent.part == parent.root else parent.part)


def _parent(row: Publishable) -> tuple[type[models.Model], int, Publishable | None] | None:
    """(its model, its key, itself where it was read already)."""
    model = type(row)
    for key in parent_keys(model):
        if (pk := getattr(row, key.attname)) is not None:
            return key.related_model, pk, row._state.fields_cache.get(key.name)
    for key in generic_keys(model):
        kind = ContentType.objects.get_for_id(getattr(row, f"{key.ct_field}_id"))
        return kind.model_class(), getattr(row, key.fk_field), None
    return None


@cache
def parent_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    if issubclass(model, Root):
        return []
    keys = [field for field in model._meta.concrete_fields if field.many_to_one]
    return [
        key
        for key in keys
        if key.remote_field.on_delete is models.CASCADE and issubclass(key.related_model, Publishable)
    ]


@cache
def generic_keys(model: type[models.Model]) -> list[GenericForeignKey]:
    return [field for field in model._meta.private_fields if isinstance(field, GenericForeignKey)]


def _pointers(model: type[models.Model]) -> list[str]:
    generic = [name for key in generic_keys(model) for name in (key.ct_field, key.fk_field)]
    return [key.name for key in parent_keys(model)] + generic
