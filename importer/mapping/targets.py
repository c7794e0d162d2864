"""What a file's row becomes: a planned object, a row of one model with its parts, not yet in the database."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model

from initiatives.models import Citation
from record.dates import FuzzyDate
from record.languages import detect_language, get_text_column

from ..parser import DataFile
from ..schema_fields import UNSTORABLE_CHARACTERS

# The same id in the same section is the same object, whichever file brings it.
CONTENT_ID_NAMESPACE = uuid.UUID("5b7a3f0e-6d0c-5f0b-9c37-1f6c1d0a2f11")
FileRef = tuple[str, str]  # (section, id)


@dataclass(slots=True)
class PlannedObject:
    """A planned row of a model. Its content id is made of `key`; `refs` and `many_refs` name others by section and id.

    initial_values: columns set when the row is created and left alone after. note: lines of the internal note. parent:
    the field by which a part belongs to its object. held_names: (text, language) left out of documents until checked.
    """

    model: type[Model]
    key: str
    values: dict = field(default_factory=dict)
    refs: dict[str, FileRef | None] = field(default_factory=dict)
    many_refs: dict[str, list[FileRef]] = field(default_factory=dict)
    initial_values: dict = field(default_factory=dict)
    held_names: tuple = ()
    note: list[str] = field(default_factory=list)
    parts: list["PlannedObject"] = field(default_factory=list)
    parent: str = ""

    def walk(self) -> Iterator["PlannedObject"]:
        """Yield this object and its parts, with the parts of parts."""
        yield self
        for part in self.parts:
            yield from part.walk()

    @property
    def content_id(self) -> str:
        return make_content_id(self.key)

    @property
    def held_back(self) -> bool:
        return bool(self.values.get("held_back"))


@dataclass(slots=True)
class PlannedRow:
    """A file's row, as it stands there (`raw`) and as what it becomes. `draft`: a root that is not to be published.

    root: the root it is published with. unseen_figures: number of figures that could become no row, kept in the
    internal note.
    """

    section: str
    id: str
    raw: dict
    planned: PlannedObject
    root: FileRef | None = None
    draft: bool = False
    unseen_figures: int = 0

    def count_held_back(self) -> int:
        """Return how many pieces of it are kept from readers: rows, parts and names."""
        pieces = [thing for thing in self.planned.walk() if thing.model is not Citation]
        return self.unseen_figures + sum(thing.held_back + len(thing.held_names) for thing in pieces)


def make_content_id(key: str) -> str:
    """Return the content id of a key. It is always the same for the same key."""
    return str(uuid.uuid5(CONTENT_ID_NAMESPACE, key))


def detect_text_column(name: str, words: str | None) -> dict:
    """Return the column of a text in one language, detected from its characters: {"title_en": …}, or {}."""
    words = (words or "").strip()
    return {get_text_column(name, detect_language(words)): words} if words else {}


def collect_text_columns(name: str, row: dict, key: str) -> dict:
    """Return the columns of a text whose languages have keys of their own: title_en, title_zh_hant, title_zh_hans."""
    given = {language: row.get(get_text_column(key, language)) for language in ("en", "zh-hant", "zh-hans")}
    return {
        get_text_column(name, language): words.strip() for language, words in given.items() if words and words.strip()
    }


def add_citations(thing: PlannedObject, ids, *, record: DataFile) -> None:
    """Give an object a citation of each source id. One of a source that is from memory is held back."""
    for position, id in enumerate(dict.fromkeys(ids)):
        thing.parts.append(
            PlannedObject(
                Citation,
                f"{thing.key}:citation:{id}",
                values={"held_back": _is_recalled_source(record.find("sources", id)), "position": position},
                refs={"source": ("sources", id)},
                parent="cited",
            )
        )


def get_source_date(record: DataFile, id: str) -> FuzzyDate:
    """Return when a source was published; an empty FuzzyDate if the source is not known."""
    value = (record.find("sources", id) or {}).get("date")
    if isinstance(value, str) and len(value) == len("2025-02-26"):  # from an earlier import, stored as JSON
        value = date.fromisoformat(value)
    return FuzzyDate.parse(value)


def _is_recalled_source(source: dict | None) -> bool:
    return (source or {}).get("access") == "recall"


def note_lines(row: dict, *keys: str) -> list[str]:
    """Return lines of the internal note: the values of these keys, which have no public place."""
    return [f"{key}: {format_note_value(row[key])}" for key in keys if row.get(key) is not None]


def format_note_value(value) -> str:
    """Return a value as text, for the internal note."""
    value = strip_unstorable(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def strip_unstorable(value):
    """Return a value without the characters that no database can store."""
    match value:
        case str():
            return UNSTORABLE_CHARACTERS.sub("", value)
        case dict():
            return {strip_unstorable(str(key)): strip_unstorable(each) for key, each in value.items()}
        case list():
            return [strip_unstorable(each) for each in value]
    return value


def join_lines(*groups) -> str:
    """Join texts, or lists of texts, one a line."""
    found = []
    for group in groups:
        found += [group] if isinstance(group, str) else list(group or ())
    return "\n".join(line.strip() for line in found if line and line.strip())
