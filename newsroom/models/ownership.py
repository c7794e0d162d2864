"""Which root each row of the working copy belongs to.

A row belongs to whatever it would be deleted with, level by level up to its root.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from .base import Publishable, Root


@dataclass(frozen=True)
class Location:
    """Where a row belongs.

    root_id: the content_id of its root. part_id: that of the child or fact directly under the root that it is in, or of
    the root itself.
    """

    root_type: str
    root_id: str
    part_id: str


def get_model_type(model: type[models.Model]) -> str:
    """Return the type by which the record calls rows of this model."""
    return model.type_name or model._meta.model_name


def locate_rows(rows: Iterable[Publishable], known: dict) -> list[Location]:
    """Return the location of each row, in order, with at most one query for each model and level.

    known: {(model, pk): location} of parents that were found before; what is found is added to it.
    """
    rows = list(rows)
    parents = [_find_parent(row) for row in rows]
    wanted = defaultdict(dict)
    for parent in parents:
        if parent is not None and parent[:2] not in known:
            model, pk, row = parent
            wanted[model][pk] = row or wanted[model].get(pk)
    for model, found in wanted.items():
        missing = [pk for pk, row in found.items() if row is None]
        there = [row for row in found.values() if row is not None]
        there += (
            model._base_manager.filter(pk__in=missing).only("content_id", *_parent_field_names(model))
            if missing
            else []
        )
        for row, place in zip(there, locate_rows(there, known), strict=True):
            known[model, row.pk] = place
    return [
        _locate_under_parent(row, parent and known.get(parent[:2])) for row, parent in zip(rows, parents, strict=True)
    ]


def _locate_under_parent(row: Publishable, parent: Location | None) -> Location:
    """Return the location of a row whose parent has this location; of a row without parent, itself."""
    own = str(row.content_id)
    if parent is None:
        return Location(get_model_type(type(row)), own, own)
    return Location(parent.root_type, parent.root_id, own if parent.part_id == parent.root_id else parent.part_id)


def _find_parent(row: Publishable) -> tuple[type[models.Model], int, Publishable | None] | None:
    """Return (model, pk, row) of what a row hangs under, or None. The row is None unless it is loaded already."""
    model = type(row)
    for key in get_parent_keys(model):
        if (pk := getattr(row, key.attname)) is not None:
            return key.related_model, pk, row._state.fields_cache.get(key.name)
    for key in get_generic_keys(model):
        kind = ContentType.objects.get_for_id(getattr(row, f"{key.ct_field}_id"))
        return kind.model_class(), getattr(row, key.fk_field), None
    return None


@cache
def get_parent_keys(model: type[models.Model]) -> list[models.ForeignKey]:
    """Return the foreign keys by which rows of this model hang under another row: cascading ones. Roots have none."""
    if issubclass(model, Root):
        return []
    keys = [field for field in model._meta.concrete_fields if field.many_to_one]
    return [
        key
        for key in keys
        if key.remote_field.on_delete is models.CASCADE and issubclass(key.related_model, Publishable)
    ]


@cache
def get_generic_keys(model: type[models.Model]) -> list[GenericForeignKey]:
    """Return the generic foreign keys of a model."""
    return [field for field in model._meta.private_fields if isinstance(field, GenericForeignKey)]


def _parent_field_names(model: type[models.Model]) -> list[str]:
    """Return the names of the fields that must be loaded to find the parents of rows of this model."""
    generic = [name for key in get_generic_keys(model) for name in (key.ct_field, key.fk_field)]
    return [key.name for key in get_parent_keys(model)] + generic
