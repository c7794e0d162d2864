"""Snapshots of a row: the columns that a file gives it, as plain values that can be stored and compared."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Model

from publishing import languages
from publishing.dates import FuzzyDate
from publishing.fields import FuzzyDateGroup

from .planning import Thing
from .registry import Registry

HELD = "recall:"  # "recall:name:zh-hant": the name is held back in that language
State = dict[str, object]


def wanted(thing: Thing, registry: Registry) -> State:
    """Return the state the file wants a row to have."""
    state = {key: plain(value) for key, value in thing.values.items()}
    state |= {key: ref and registry.content_id(ref) for key, ref in thing.refs.items()}
    state |= {key: sorted(filter(None, map(registry.content_id, refs))) for key, refs in thing.many.items()}
    return state | {f"{HELD}{name}:{language}": True for name, language in thing.held_names}


def current(row: Model, keys, registry: Registry) -> State:
    """Return the same columns of a row as it is."""
    return {key: _read(row, key, registry) for key in keys}


def blank(model: type[Model], key: str) -> object:
    """Return the value of a column that nobody has filled."""
    if key.startswith(HELD):
        return False
    if isinstance(getattr(model, key, None), FuzzyDateGroup):
        return plain(FuzzyDate())
    field = model._meta.get_field(key)
    return [] if field.many_to_many else plain(field.get_default())


def plain(value):
    """Return a column's value as JSON data; equal values give equal data."""
    match value:
        case FuzzyDate():
            return {key: plain(part) for key, part in asdict(value).items()}
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
        case UUID():
            return str(value)
    return value


def _read(row: Model, key: str, registry: Registry):
    if key.startswith(HELD):
        _held, name, language = key.split(":")
        return bool(row.text_states.get(name, {}).get(language, {}).get("held_back"))
    if isinstance(getattr(type(row), key, None), FuzzyDateGroup):
        return plain(getattr(row, key))
    field = row._meta.get_field(key)
    if field.many_to_many:
        return sorted(str(each.content_id) for each in getattr(row, key).all())
    if field.is_relation:
        return registry.content_id_of(field.related_model, getattr(row, field.attname))
    return plain(getattr(row, key))


def is_translation(row: Model, key: str) -> bool:
    """Return True if a column holds a translation that no editor has confirmed: the file's words may replace it."""
    name = key.removesuffix("_zh_hant")
    return name != key and languages.awaits_review(row, name, "zh-hant")


def hold_names(row: Model, thing: Thing, before: State) -> None:
    """Hold back the names that the file calls recall, and release those it called so before and no longer does."""
    for key in before:
        if key.startswith(HELD):
            _held, name, language = key.split(":")
            languages.hold_back(row, name, language, held=False)
    for name, language in thing.held_names:
        languages.hold_back(row, name, language)
