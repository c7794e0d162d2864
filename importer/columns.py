"""The columns that a file gives a row: what they should hold, what they hold, and how the audit log calls them.

They are called as a planned object calls them; "name:zh-hant" is whether that language of the name is held back.
"""

from django.db.models import Model

from newsroom.fields import FuzzyDateGroup
from record import languages
from record.dates import FuzzyDate

from .id_map import IdMap
from .mapping.targets import PlannedObject


def get_wanted_values(planned: PlannedObject, id_map: IdMap) -> dict[str, object]:
    """Return {column: value} as the file wants them; of another row the primary key, or content id until it has one."""

    def find(ref):
        return (id_map.pk(ref) or id_map.content_id(ref)) if ref else None

    values = planned.values | {name: find(ref) for name, ref in planned.refs.items()}
    values |= {name: {*map(find, refs)} - {None} for name, refs in planned.many_refs.items()}
    return values | {f"{name}:{language}": True for name, language in planned.held_names}


def read_value(row: Model, column: str) -> object:
    """Return what a column of a row holds, in the same form."""
    if ":" in column:
        name, language = column.split(":")
        return bool(row.text_states.get(name, {}).get(language, {}).get("held_back"))
    if isinstance(getattr(type(row), column, None), FuzzyDateGroup):
        return getattr(row, column)
    field = row._meta.get_field(column)
    if field.many_to_many:
        return {each.pk for each in getattr(row, column).all()}
    return getattr(row, field.attname)


def get_default_value(model: type[Model], column: str) -> object:
    """Return the value of a column that nobody has filled."""
    if ":" in column:
        return False
    if isinstance(getattr(model, column, None), FuzzyDateGroup):
        return FuzzyDate()
    field = model._meta.get_field(column)
    return set() if field.many_to_many else field.get_default()


def holds_values(row: Model, values: dict[str, object]) -> bool:
    """Return True if these columns of a row hold these values."""
    return all(read_value(row, column) == value for column, value in values.items())


def get_logged_fields(model: type[Model], column: str) -> set[str]:
    """Return the fields under which the audit log has changes of a column."""
    if ":" in column:
        return {f"{languages.get_text_column(*column.split(':'))}.held_back"}
    group = getattr(model, column, None)
    return set(group.columns) if isinstance(group, FuzzyDateGroup) else {column}


def is_unreviewed_translation(row: Model, column: str) -> bool:
    """Return True if a column holds a translation that no editor has confirmed: the file's words may replace it."""
    name = column.removesuffix("_zh_hant")
    return name != column and languages.awaits_review(row, name, "zh-hant")
