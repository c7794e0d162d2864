"""Writing documents back into rows: the reverse of a builder.

A key of a document belongs to the text, date, field or relation of that name. Exceptions are declared with the type.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum, auto

from django.db import models

from record import languages
from record.dates import FuzzyDate
from record.documents import canonical_json, redaction
from record.documents.canonical_json import documents_differ
from record.models import edition_classes

from ..fields import FuzzyDateGroup
from ..models import Child, Root
from .drafts import KEYS_FROM_RECORD
from .registry import get_model_declaration, get_published_type, get_row_type

COMMON_KEYS = {"type", "content_id", *KEYS_FROM_RECORD}  # of identity, or taken from the record: not written back


class KeyKind(Enum):
    """What holds the value of a key in the working copy."""

    TEXT = auto()  # three columns and their states
    DATE = auto()  # the columns of a fuzzy date
    VALUE = auto()  # a column of its own
    ONE = auto()  # a foreign key to another row
    MANY = auto()  # a many-to-many relation to other rows
    ROWS = auto()  # rows that belong to this one: facts and citations


def get_key_kind(model: type[models.Model], key: str) -> KeyKind:
    """Return what holds a key of a model. Raises FieldDoesNotExist if nothing in the row does."""
    if key in model.texts:
        return KeyKind.TEXT
    if isinstance(getattr(model, key, None), FuzzyDateGroup):
        return KeyKind.DATE
    field = model._meta.get_field(key)
    if field.many_to_many:
        return KeyKind.MANY
    if field.one_to_many:
        return KeyKind.ROWS
    return KeyKind.ONE if field.is_relation else KeyKind.VALUE


def group_by_kind(model: type[models.Model], document: dict) -> dict[KeyKind, dict]:
    """Return {kind: {key: value}} of everything in a document that a row of this model holds."""
    declared = get_model_declaration(model)
    found: dict[KeyKind, dict] = {kind: {} for kind in KeyKind}
    for key, value in declared.deserialize.preprocess(document).items():
        if key not in COMMON_KEYS and key not in declared.computed_keys:
            found[get_key_kind(model, key)][key] = value
    return found


def capture_columns(row: models.Model) -> dict:
    """Return a copy of all column values of the row, to be compared with later ones."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    copied = {name: {**states} for name, states in getattr(row, "text_states", {}).items()}
    return values | {"text_states": copied}


def write_value(row: models.Model, key: str, value) -> list[str]:
    """Set a text, date or plain column to what a document says. The same value again changes nothing.

    Return the languages of a text that are held back now, because the document does not have them.
    """
    match get_key_kind(type(row), key):
        case KeyKind.TEXT if documents_differ({key: row.text(key)}, {key: value}):
            return languages.set_text(row, key, value)
        case KeyKind.DATE if getattr(row, key).to_document() != value:
            setattr(row, key, FuzzyDate.from_document(value))
        case KeyKind.VALUE if not _value_equals(getattr(row, key), value):
            setattr(row, key, _to_column_value(row._meta.get_field(key), value))
    return []


def fill_redacted_value(row: models.Model, key: str, value):
    """Return the value, with the row's present words wherever the value is only a marker of a redaction."""
    kind = get_key_kind(type(row), key)
    if not redaction.is_marker(value):
        return value
    if kind is KeyKind.TEXT:
        return languages.replace_markers(value, row.text(key) or {})
    if kind is KeyKind.DATE:
        return getattr(row, key).to_document()
    return getattr(row, key).splitlines() if isinstance(value, list) else getattr(row, key)


def is_excluded(row: models.Model | None) -> bool:
    """Return whether documents omit references to the row.

    They do if it was never published and would not be published along.
    """
    if not isinstance(row, Root | Child) or (get_published_type(get_row_type(row)).publish_along and row.checked):
        return False
    return not edition_classes()[get_row_type(row)].history.filter(content_id=row.content_id).exists()


def richest_nodes(documents: Iterable[dict]) -> dict[str, dict]:
    """Return {content_id: the dict that says most about it} of everything these documents hold.

    Mere references are left out.
    """
    found: dict[str, dict] = {}
    for node in _iter_nodes(documents):
        if len(node) > len(found.get(node["content_id"], {})):
            found[node["content_id"]] = node
    return found


def find_content_ids(documents: Iterable[dict]) -> set[str]:
    """Return the content_ids of these documents and of the rows inside them, not of what they merely name."""
    documents = list(documents)
    return richest_nodes(documents).keys() | {document["content_id"] for document in documents}


def get_document_name(document: dict, otherwise: str = "") -> str:
    """Return what to call a thing by what a document says of it.

    otherwise: used if the document has no name; else the content_id.
    """
    title = next((document[key] for key in ("title", "name", "summary") if document.get(key)), None)
    return (
        (languages.localize(title, "en")[0] if isinstance(title, dict) else title)
        or otherwise
        or document["content_id"]
    )


def _iter_nodes(node) -> Iterator[dict]:
    """Yield every dict in a document that describes a row, outermost first. References are left out."""
    if isinstance(node, dict):
        if "content_id" in node and not canonical_json.is_reference(node):
            yield node
        node = node.values()
    elif not isinstance(node, list | tuple):
        return
    for each in node:
        yield from _iter_nodes(each)


def _value_equals(held, value) -> bool:
    """Return whether a column holds what the document says."""
    if isinstance(value, list):
        return [line.strip() for line in held.splitlines() if line.strip()] == value
    if isinstance(held, Decimal) and value is not None:
        return float(held) == value
    return held == value


def _to_column_value(field: models.Field, value):
    """Return the value of a document in the form that the column takes."""
    if isinstance(value, list):
        return "\n".join(value)
    if value is None:
        return None if field.null else field.get_default()
    return field.to_python(str(value) if isinstance(value, float) else value)
