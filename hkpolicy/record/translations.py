"""The Chinese of a record file's English, from the file beside it: NAME.zh-hant.yaml.

    milestones:
      ms-001:
        title:
          en: Announced in the Budget     # what it was made from: where the record says something else now, it is stale
          zh-hant: 在財政預算案中公布

Texts are called as the record calls them ("title", "summary"), those of a part with its place before
("observation.0.note", "theme.challenge.words").
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from publishing.languages import column

from ..models import LoadedRow
from .fields import text
from .planning import Row, Thing
from .reading import Problem, read_yaml

ENGLISH, CHINESE = "en", "zh-hant"
LONGEST = 20_000  # characters of a long text
Place = tuple[str, str, str]  # section, id, field


@dataclass(frozen=True, slots=True)
class Translation:
    """Words for one text of a thing, and the English they were made from."""

    place: Place
    thing: Thing
    text: str
    english: str
    words: str


@dataclass(slots=True)
class Translations:
    """Those that can be written; `gone` names those whose row, part or text the record has no more."""

    found: list[Translation] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def beside(path) -> Path:
    path = Path(path)
    return path.with_name(f"{path.stem}.{CHINESE}.yaml")


def read(path, rows: list[Row]) -> tuple[Translations, list[Problem]]:
    """The translations beside a record file, for the rows that the record becomes. Without such a file, none."""
    path, translations = beside(path), Translations()
    if not path.exists():
        return translations, []
    content, _digest, problems = read_yaml(path)
    places, before = _places(rows), _loaded_before()
    for place, value in [] if problems else _entries(content):
        if message := _wrong(place, value, places, before):
            shown = None if isinstance(value, dict) else value
            problems.append(Problem(*place, shown, message, file=path.name))
        elif place in places:
            english, words = value[ENGLISH].strip(), value[CHINESE].strip()
            translations.found.append(Translation(place, *places[place], english, words))
        else:
            translations.gone.append(" ".join(place))
    return translations, problems


def _entries(content) -> Iterator[tuple[Place, object]]:
    """((section, id, field), what stands there). What is no mapping stands where it was found."""
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


def _wrong(place: Place, value, places, before) -> str:
    """What is wrong with one entry; "" where nothing is."""
    if not place[2]:
        return "must be a mapping: texts stand by section, id and field"
    if not isinstance(value, dict) or set(value) != {ENGLISH, CHINESE}:
        return f"must be a mapping of {ENGLISH} and {CHINESE}"
    if place not in places:
        return "" if place in before else "is no English text of the record"
    thing, name = places[place]
    if _is_given(thing, name):
        return "is given in Chinese by the record itself"
    longest = thing.model._meta.get_field(column(name, CHINESE)).max_length or LONGEST
    check = text(longest=longest, required=True).check
    return next((f"{language} {wrong}" for language, words in value.items() if (wrong := check(words))), "")


def _places(rows: list[Row]) -> dict[Place, tuple[Thing, str]]:
    """{(section, id, field): (thing, text)} of every English text the rows become."""
    return {
        (row.section, row.id, _field(row.thing.key, thing.key, name)): (thing, name)
        for row in rows
        for thing in row.thing.whole()
        for name in thing.model.texts
        if thing.values.get(column(name, ENGLISH))
    }


def _loaded_before() -> set[Place]:
    found = set()
    for section, id, written in LoadedRow.objects.values_list("section", "row_id", "written"):
        whole = min(written, key=len, default="")
        for key, kept in written.items():
            english = (name.removesuffix("_en") for name in kept["state"] if name.endswith("_en"))
            found |= {(section, id, _field(whole, key, name)) for name in english}
    return found


def _field(whole: str, key: str, name: str) -> str:
    """ "title" of the thing itself, "observation.0.note" of a part of it."""
    part = key.removeprefix(whole).strip(":").replace(":", ".")
    return f"{part}.{name}" if part else name


def _is_given(thing: Thing, name: str) -> bool:
    return bool(thing.values.get(column(name, CHINESE)))
