"""How a document goes back into its row: the reverse of a builder.

A key of a document is told by the text, date, field or relation of that name. What is otherwise, a `Reverse` says.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto

from django.db import models

from .. import languages, rules
from ..dates import FuzzyDate
from ..editions import edition_classes
from ..fields import FuzzyDateGroup
from ..models import Child, Root
from .builders import builder_of, type_of
from .drafts import FROM_THE_RECORD

# Worked out from other keys, or taken from the record: no column holds them.
COMPUTED = {"type", "content_id", "quote_language", "phrase_language", "words_language", *FROM_THE_RECORD}


class Kind(Enum):
    """What holds a key's value in the working copy."""

    TEXT = auto()  # three columns and their states
    DATE = auto()  # the columns of a fuzzy date
    VALUE = auto()  # a column of its own
    ONE = auto()  # a key to another row
    MANY = auto()  # keys to other rows
    ROWS = auto()  # rows that belong to this one, facts and citations


@dataclass(frozen=True)
class Reverse:
    """computed: keys without a column. unfolded: the document with the keys the columns have; within: where in the
    document those stand that it does not have itself ("baseline/note").

    ordered: how documents order rows of this model that are given by position. embedded: documents hold it whole, and
    it can be made from what they say; completed (row, its document, find) then gives the neighbours that were linked
    to it. rewritten (row, changed columns, by): what else changes with them, before the row is saved.
    """

    computed: tuple[str, ...] = ()
    unfolded: Callable[[dict], dict] = lambda document: document
    within: Mapping[str, str] = field(default_factory=dict)
    ordered: Callable[[list], list] = lambda rows: rows
    embedded: bool = False
    completed: Callable[[models.Model, dict, Callable], Iterable[models.Model]] = lambda row, document, find: ()
    rewritten: Callable[[models.Model, set[str], object], None] = lambda row, changed, by: None


_reverses: dict[type[models.Model], Reverse] = {}


def goes_back(model: type[models.Model], **reverse) -> None:
    """Say in what a model's documents differ from its columns."""
    _reverses[model] = Reverse(**reverse)


def reverse_of(model: type[models.Model]) -> Reverse:
    return _reverses.get(model, Reverse())


def kind_of(model: type[models.Model], key: str) -> Kind:
    """Raises FieldDoesNotExist for a key that nothing in the row tells."""
    if key in model.texts:
        return Kind.TEXT
    if isinstance(getattr(model, key, None), FuzzyDateGroup):
        return Kind.DATE
    field = model._meta.get_field(key)
    if field.many_to_many:
        return Kind.MANY
    if field.one_to_many:
        return Kind.ROWS
    return Kind.ONE if field.is_relation else Kind.VALUE


def told(model: type[models.Model], document: dict) -> dict[Kind, dict]:
    """{kind: {key: value}} of everything in a document that the row of this model holds."""
    reverse = reverse_of(model)
    found: dict[Kind, dict] = {kind: {} for kind in Kind}
    for key, value in reverse.unfolded(document).items():
        if key not in COMPUTED and key not in reverse.computed:
            found[kind_of(model, key)][key] = value
    return found


def columns(row: models.Model) -> dict:
    """The row's columns as they stand, to be compared later."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    copied = {name: {**states} for name, states in getattr(row, "text_states", {}).items()}
    return values | {"text_states": copied}


def put(row: models.Model, key: str, value) -> list[str]:
    """Make a text, date or plain column say what a document says; the same again changes nothing.

    Returns the languages of a text that are held back now, since the document does not have them.
    """
    match kind_of(type(row), key):
        case Kind.TEXT if rules.differs({key: row.text(key)}, {key: value}):
            return languages.put(row, key, value)
        case Kind.DATE if getattr(row, key).as_document() != value:
            setattr(row, key, FuzzyDate.from_document(value))
        case Kind.VALUE if not _says(getattr(row, key), value):
            setattr(row, key, _column(row._meta.get_field(key), value))
    return []


def unredacted(row: models.Model, key: str, value):
    """The value, with what the row says today wherever it is only a marker that words were redacted."""
    kind = kind_of(type(row), key)
    if not rules.is_marker(value):
        return value
    if kind is Kind.TEXT:
        return languages.unredacted(value, row.text(key) or {})
    if kind is Kind.DATE:
        return getattr(row, key).as_document()
    return getattr(row, key).splitlines() if isinstance(value, list) else getattr(row, key)


def stays_out(row: models.Model | None) -> bool:
    """Whether documents leave it out wherever it is named: it was never public, and is not published along."""
    if not isinstance(row, Root | Child) or (builder_of(type_of(row)).along and row.checked):
        return False
    return not edition_classes()[type_of(row)].history.filter(content_id=row.content_id).exists()


def fullest(documents: Iterable[dict]) -> dict[str, dict]:
    """{content_id: the dict that says most of it}, of everything these documents hold that is not a mere reference."""
    found: dict[str, dict] = {}
    for node in _nodes(documents):
        if len(node) > len(found.get(node["content_id"], {})):
            found[node["content_id"]] = node
    return found


def name_of(document: dict, otherwise: str = "") -> str:
    """What to call something by what a document says of it."""
    title = next((document[key] for key in ("title", "name", "summary") if document.get(key)), None)
    return (languages.say(title, "en")[0] if isinstance(title, dict) else title) or otherwise or document["content_id"]


def _nodes(node) -> Iterator[dict]:
    if isinstance(node, dict):
        if "content_id" in node and not rules.is_reference(node):
            yield node
        node = node.values()
    elif not isinstance(node, list | tuple):
        return
    for each in node:
        yield from _nodes(each)


def _says(held, value) -> bool:
    if isinstance(value, list):
        return [line.strip() for line in held.splitlines() if line.strip()] == value
    if isinstance(held, Decimal) and value is not None:
        return float(held) == value
    return held == value


def _column(field: models.Field, value):
    if isinstance(value, list):
        return "\n".join(value)
    if value is None:
        return None if field.null else field.get_default()
    return field.to_python(str(value) if isinstance(value, float) else value)
