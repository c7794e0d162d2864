"""What of a thing can be redacted: words, dates and numbers of its own, and of the facts and sources in it.

A field is named by a path: the model of the row that holds it, the row's content_id, the key, and a part if only that
is meant ("statement/<content_id>/promised/phrase", "initiative/<content_id>/title/zh-hant").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import models

from record.documents import canonical_json, redaction
from record.documents.redaction import RedactionField, languages_to_redact
from record.languages import CONVERTED, LANGUAGES, get_text_columns, is_text
from record.models import Edition, edition_classes, get_child_editions

from ..models import Publishable
from .deserialize import KeyKind, get_key_kind, group_by_kind
from .registry import get_model_declaration, get_published_type

CHANGE_NOTES = "change_notes"  # stands for the change notes of all publications of a root
MIN_MARKER_LENGTH = 12  # characters
DATE_CONTENT_PARTS = (
    "earliest",
    "latest",
    "phrase",
)  # columns of a date with content of their own; the others qualify it


@dataclass(frozen=True)
class RedactablePath:
    """A parsed path to a field that can be redacted. field: where documents hold it."""

    model: type[Publishable]
    key: str
    field: RedactionField

    @property
    def kind(self) -> KeyKind:
        """Return what holds the field in the working copy."""
        return get_key_kind(self.model, self.key)

    def columns(self, row) -> list[str]:
        """Return the columns of the working row that hold its words, days and numbers.

        Of a text, only those of the languages that are redacted.
        """
        if self.kind is KeyKind.DATE:
            return [f"{self.key}_phrase"] if self.field.part else [f"{self.key}_{part}" for part in DATE_CONTENT_PARTS]
        if self.kind is KeyKind.TEXT:
            names = dict(zip(LANGUAGES, get_text_columns(self.key), strict=True))
            return [names[language] for language in self.languages(row)]
        return [self.key]

    def languages(self, row) -> tuple[str, ...]:
        """Return the languages of a text that are redacted.

        Both Chinese scripts belong together if one was converted from the other.
        """
        converted = row.text_states.get(self.key, {}).get("zh-hans", {}).get("state") == "converted"
        return languages_to_redact(self.field.part, converted=converted)


@cache
def _models_by_name() -> dict[str, type[Publishable]]:
    """Return {model name: model} of everything that can be published."""
    return {model._meta.model_name: model for model in apps.get_models() if issubclass(model, Publishable)}


def parse_redactable_path(path: str) -> RedactablePath:
    """Parse the path of a field.

    Raises KeyError, ValueError or FieldDoesNotExist if it names nothing that can be redacted.
    """
    model_name, content_id, key, *part = path.split("/")
    model = _models_by_name()[model_name]
    if not can_be_redacted(model, key):
        raise ValueError(f"{path}: it holds no words, dates or numbers")
    where = tuple(get_model_declaration(model).deserialize.json_path.get(key, key).split("/"))
    names = key == model.name_text
    return RedactablePath(model, key, RedactionField(content_id, where, "".join(part), _is_emptied(model, key), names))


def can_be_redacted(model: type[Publishable], key: str) -> bool:
    """Return whether a key holds words, dates or numbers that can be removed.

    Choices, positions and booleans reveal nothing about anybody. A number that the row's constraints require must stay.
    """
    kind = get_key_kind(model, key)
    if kind is not KeyKind.VALUE:
        return kind in (KeyKind.TEXT, KeyKind.DATE)
    column = model._meta.get_field(key)
    if isinstance(column, models.BooleanField) or column.choices:
        return False
    if isinstance(column, models.CharField | models.TextField):
        return not column.max_length or column.max_length >= MIN_MARKER_LENGTH
    checks = [each.condition for each in model._meta.constraints if isinstance(each, models.CheckConstraint)]
    return column.null and not any((f"{key}__isnull", False) in _iter_lookups(condition) for condition in checks)


def _iter_lookups(condition: models.Q) -> Iterator[tuple]:
    """Yield the (lookup, value) pairs of a condition, nested ones included."""
    for each in condition.children:
        if isinstance(each, models.Q):
            yield from _iter_lookups(each)
        else:
            yield each


def _is_emptied(model: type[Publishable], key: str) -> bool:
    """Return whether redacting leaves the value empty, as URLs and numbers cannot hold a marker."""
    if get_key_kind(model, key) is not KeyKind.VALUE:
        return False
    column = model._meta.get_field(key)
    return isinstance(column, models.URLField) or not isinstance(column, models.CharField | models.TextField)


def iter_parts(model: type[Publishable], document: dict) -> Iterator[tuple[type[Publishable], dict]]:
    """Yield (model, what the document says of a row of it).

    The thing itself comes first, then the facts, citations and sources in it.
    """
    yield model, document
    values = group_by_kind(model, document)
    inside = [(key, each) for key, rows in values[KeyKind.ROWS].items() for each in rows]
    inside += [
        (key, each) for key, each in values[KeyKind.ONE].items() if each and not canonical_json.is_reference(each)
    ]
    for key, each in inside:
        yield from iter_parts(model._meta.get_field(key).related_model, each)


@dataclass
class RedactablePart:
    """A row as all editions ever described it.

    name: what to call it. values: {path: the values it had, latest first, without duplicates}. other_script_paths:
    {path: that of the other Chinese script}, where both are redacted together because one was converted from the other.
    """

    model: type[Publishable]
    content_id: str
    name: str
    values: dict[str, list]
    other_script_paths: dict[str, str]


def list_redactable_parts(root_type: str, content_id) -> list[RedactablePart]:
    """Return everything that the editions of a root and its children ever said, the root first."""
    found: dict[str, RedactablePart] = {}
    for edition_class in (edition_classes()[root_type], *get_child_editions(root_type)):
        model = get_published_type(edition_class.type).model
        for row in _root_editions(edition_class, content_id):
            for its_model, node in iter_parts(model, row.load_document()):
                part = found.setdefault(node["content_id"], RedactablePart(its_model, node["content_id"], "", {}, {}))
                _collect_values(part, node)
    return list(found.values())


def _root_editions(edition_class: type[Edition], root_content_id) -> Iterable[Edition]:
    """Return the editions of one type ever published under a root, latest first, without tombstones."""
    return edition_class.history.filter(root_content_id=root_content_id, tombstone=False).order_by("-pk")


def _collect_values(part: RedactablePart, node: dict) -> None:
    """Add what one edition says of a row to the values of the part."""
    values = group_by_kind(part.model, node)
    for key, value in (values[KeyKind.TEXT] | values[KeyKind.DATE] | values[KeyKind.VALUE]).items():
        if not can_be_redacted(part.model, key) or (not value and value != 0):
            continue
        if isinstance(value, dict) and value.get("state", {}).get("zh-hans") == CONVERTED:
            scripts = [_join_path(part, key, script) for script in ("zh-hant", "zh-hans")]
            part.other_script_paths |= dict(zip(scripts, reversed(scripts), strict=True))
        for name, said in _split_value(value):
            path = _join_path(part, key, name)
            gone = redaction.is_marker(said) or said == f"redacted-{part.content_id}"
            if not gone and said not in part.values.get(path, ()):
                part.values.setdefault(path, []).append(said)
    part.name = part.name or _find_node_name(part.model, node)


def _join_path(part: RedactablePart, key: str, name: str) -> str:
    """Return the path of a field. name: the part of it, "" for all."""
    return "/".join(filter(None, (part.model._meta.model_name, part.content_id, key, name)))


def _split_value(value) -> Iterator[tuple[str, object]]:
    """Yield (part, value): a text by language, a date as a whole and its phrase, anything else as a whole."""
    if isinstance(value, dict) and is_text(value):
        yield from ((language, value[language]) for language in LANGUAGES if language in value)
    elif isinstance(value, dict):
        yield "", value
        if value["phrase"]:
            yield "phrase", value["phrase"]
    else:
        yield "", value


def _find_node_name(model: type[Publishable], node: dict) -> str:
    """Return what to call a row by what a document says of it: its name, or else its first words."""
    values = group_by_kind(model, node)
    words = values[KeyKind.TEXT].get(model.name_text) or next(filter(None, values[KeyKind.TEXT].values()), None)
    if words:
        return next(words[language] for language in LANGUAGES if language in words)
    plain = [values[KeyKind.VALUE].get(key) for key in (model.name_text, "quote", "locator", "words")]
    phrases = [each["phrase"] for each in values[KeyKind.DATE].values() if each and each["phrase"]]
    return next(filter(None, [*phrases, *plain]), "")
