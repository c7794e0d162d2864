"""The Chinese translations of a data file's English, from the file beside it: NAME.zh-hant.yaml.

    milestones:
      ms-001:
        title:
          en: Announced in the Budget     # its source: stale if the data file now says something else
          zh-hant: 在財政預算案中公布

Texts are named as in the data file ("title", "summary"), those of a part with its place before
("observation.0.note", "theme.challenge.words").
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from record.languages import get_text_column

from .mapping.targets import PlannedObject, PlannedRow
from .models import LoadedRow
from .parser import FileProblem, read_yaml
from .schema_fields import text_field

ENGLISH, CHINESE = "en", "zh-hant"
MAX_LONG_TEXT_LENGTH = 20_000  # characters of a long text
TranslationPlace = tuple[str, str, str]  # section, id, field


@dataclass(frozen=True, slots=True)
class PlannedTranslation:
    """The translation of one text of a planned object, and the English it was made from."""

    place: TranslationPlace
    thing: PlannedObject
    text: str
    english: str
    words: str


@dataclass(slots=True)
class TranslationFile:
    """The translations that can be written; `gone` names those whose row, part or text no longer exists in the file."""

    found: list[PlannedTranslation] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def translation_path(path) -> Path:
    """Return the path of the translations of a data file."""
    path = Path(path)
    return path.with_name(f"{path.stem}.{CHINESE}.yaml")


def read_translations(path, rows: list[PlannedRow]) -> tuple[TranslationFile, list[FileProblem]]:
    """Return the translations for the planned rows, and problems. Without a file of translations both are empty."""
    path, translations = translation_path(path), TranslationFile()
    if not path.exists():
        return translations, []
    content, _digest, problems = read_yaml(path)
    places, before = _collect_places(rows), _load_known_places()
    for place, value in [] if problems else _iterate_entries(content):
        if message := _find_entry_error(place, value, places, before):
            shown = None if isinstance(value, dict) else value
            problems.append(FileProblem(*place, shown, message, file=path.name))
        elif place in places:
            english, words = value[ENGLISH].strip(), value[CHINESE].strip()
            translations.found.append(PlannedTranslation(place, *places[place], english, words))
        else:
            translations.gone.append(" ".join(place))
    return translations, problems


def _iterate_entries(content) -> Iterator[tuple[TranslationPlace, object]]:
    """Yield ((section, id, field), value). What is no mapping is yielded with the place where it was found."""
    if not isinstance(content, dict):
        yield ("", "", ""), content
        return
    for section, rows in content.items():
        if not isinstance(rows, dict):
            yield (str(section), "", ""), rows
            continue
        for id, texts in rows.items():
            if not isinstance(texts, dict):
                yield (str(section), str(id), ""), texts
                continue
            for name, value in texts.items():
                yield (str(section), str(id), str(name)), value


def _find_entry_error(place: TranslationPlace, value, places, before) -> str:
    """Return what is wrong with one entry, "" if nothing is."""
    if not place[2]:
        return "must be a mapping: texts stand by section, id and field"
    if not isinstance(value, dict) or set(value) != {ENGLISH, CHINESE}:
        return f"must be a mapping of {ENGLISH} and {CHINESE}"
    if place not in places:
        return "" if place in before else "is no English text of the record"
    thing, name = places[place]
    if _has_chinese(thing, name):
        return "is given in Chinese by the record itself"
    longest = thing.model._meta.get_field(get_text_column(name, CHINESE)).max_length or MAX_LONG_TEXT_LENGTH
    check = text_field(longest=longest, required=True).check
    return next((f"{language} {wrong}" for language, words in value.items() if (wrong := check(words))), "")


def _collect_places(rows: list[PlannedRow]) -> dict[TranslationPlace, tuple[PlannedObject, str]]:
    """Return {(section, id, field): (object, text)} of every English text in the planned rows."""
    return {
        (row.section, row.id, _get_field_name(row.thing.key, thing.key, name)): (thing, name)
        for row in rows
        for thing in row.thing.whole()
        for name in thing.model.texts
        if thing.values.get(get_text_column(name, ENGLISH))
    }


def _load_known_places() -> set[TranslationPlace]:
    """Return the places of every English text of earlier imports."""
    found = set()
    for section, id, written in LoadedRow.objects.values_list("section", "row_id", "written"):
        whole = min(written, key=len, default="")
        for key, kept in written.items():
            english = (name.removesuffix("_en") for name in kept["state"] if name.endswith("_en"))
            found |= {(section, id, _get_field_name(whole, key, name)) for name in english}
    return found


def _get_field_name(whole: str, key: str, name: str) -> str:
    """Return "title" for a text of the object itself, "observation.0.note" for one of a part."""
    part = key.removeprefix(whole).strip(":").replace(":", ".")
    return f"{part}.{name}" if part else name


def _has_chinese(thing: PlannedObject, name: str) -> bool:
    return bool(thing.values.get(get_text_column(name, CHINESE)))
