"""Snapshots of a row: the columns that a file gives it, as plain values that can be stored and compared."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Model

from newsroom.fields import FuzzyDateGroup
from record import languages
from record.dates import FuzzyDate

from .id_map import IdMap
from .mapping.targets import PlannedObject

HELD_PREFIX = "recall:"  # "recall:name:zh-hant": the name is held back in that language
RowState = dict[str, object]


def desired_state(thing: PlannedObject, registry: IdMap) -> RowState:
    """Return the state the file wants a row to have."""
    state = {key: to_json_value(value) for key, value in thing.values.items()}
    state |= {key: ref and registry.content_id(ref) for key, ref in thing.refs.items()}
    state |= {key: sorted(filter(None, map(registry.content_id, refs))) for key, refs in thing.many.items()}
    return state | {f"{HELD_PREFIX}{name}:{language}": True for name, language in thing.held_names}


def actual_state(row: Model, keys, registry: IdMap) -> RowState:
    """Return the same columns of a row as it is."""
    return {key: _read_column(row, key, registry) for key in keys}


def default_state(model: type[Model], key: str) -> object:
    """Return the value of a column that nobody has filled."""
    if key.startswith(HELD_PREFIX):
        return False
    if isinstance(getattr(model, key, None), FuzzyDateGroup):
        return to_json_value(FuzzyDate())
    field = model._meta.get_field(key)
    return [] if field.many_to_many else to_json_value(field.get_default())


def to_json_value(value):
    """Return a column's value as JSON data; equal values give equal data."""
    match value:
        case FuzzyDate():
            return {key: to_json_value(part) for key, part in asdict(value).items()}
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
        case UUID():
            return str(value)
    return value


def _read_column(row: Model, key: str, registry: IdMap):
    if key.startswith(HELD_PREFIX):
        _held, name, language = key.split(":")
        return bool(row.text_states.get(name, {}).get(language, {}).get("held_back"))
    if isinstance(getattr(type(row), key, None), FuzzyDateGroup):
        return to_json_value(getattr(row, key))
    field = row._meta.get_field(key)
    if field.many_to_many:
        return sorted(str(each.content_id) for each in getattr(row, key).all())
    if field.is_relation:
        return registry.content_id_of(field.related_model, getattr(row, field.attname))
    return to_json_value(getattr(row, key))


def is_unreviewed_translation(row: Model, key: str) -> bool:
    """Return True if a column holds a translation that no editor has confirmed: the file's words may replace it."""
    name = key.removesuffix("_zh_hant")
    return name != key and languages.awaits_review(row, name, "zh-hant")


def hold_back_names(row: Model, thing: PlannedObject, before: RowState) -> None:
    """Hold back the names that the file calls recall, and release those it called so before and no longer does."""
    for key in before:
        if key.startswith(HELD_PREFIX):
            _held, name, language = key.split(":")
            languages.set_held_back(row, name, language, held=False)
    for name, language in thing.held_names:
        languages.set_held_back(row, name, language)
