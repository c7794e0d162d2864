"""The Chinese translations of a data file's English, read from the file beside it and written: NAME.zh-hant.yaml.

    milestones:
      ms-001:
        title:
          en: Announced in the Budget     # its source: stale if the data file now says something else
          zh-hant: 在財政預算案中公布

Texts are named as in the data file ("title", "summary"), those of a part with its place before
("observation.0.note", "theme.challenge.words").
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db.models import Model

from record.languages import REDACTION_MARKERS, STALE, awaits_review, get_text_column, set_translation

from .id_map import load_rows_by_content_id
from .mapping.targets import PlannedObject, PlannedRow
from .merge_policy import MergePolicy
from .models import LoadedRow
from .parser import FileProblem, read_yaml
from .report import ImportReport
from .schema_fields import text_field

ENGLISH, CHINESE = "en", "zh-hant"
TRANSLATED_BY_EDITOR = "Translated by an editor, and left alone"
STALE_TRANSLATIONS = "Translations made from an English text that is no longer the record's"
ORPHANED_TRANSLATIONS = "Translations of what is no longer in the record"
MAX_LONG_TEXT_LENGTH = 20_000  # characters of a long text
TranslationPlace = tuple[str, str, str]  # section, id, field


@dataclass(frozen=True, slots=True)
class PlannedTranslation:
    """The translation of one text of a planned object, and the English it was made from."""

    place: TranslationPlace
    planned: PlannedObject
    field: str
    english: str
    chinese: str


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
        (row.section, row.id, _get_field_name(row.planned.key, thing.key, name)): (thing, name)
        for row in rows
        for thing in row.planned.walk()
        for name in thing.model.texts
        if thing.values.get(get_text_column(name, ENGLISH))
    }


def _load_known_places() -> set[TranslationPlace]:
    """Return the places of every English text of earlier imports."""
    found = set()
    for section, id, given in LoadedRow.objects.values_list("section", "row_id", "given"):
        whole = min(given, key=len, default="")
        for key, kept in given.items():
            english = (name.removesuffix("_en") for name in kept["columns"] if name.endswith("_en"))
            found |= {(section, id, _get_field_name(whole, key, name)) for name in english}
    return found


def _get_field_name(whole: str, key: str, name: str) -> str:
    """Return "title" for a text of the object itself, "observation.0.note" for one of a part."""
    part = key.removeprefix(whole).strip(":").replace(":", ".")
    return f"{part}.{name}" if part else name


def _has_chinese(thing: PlannedObject, name: str) -> bool:
    return bool(thing.values.get(get_text_column(name, CHINESE)))


def write_translations(
    translations: TranslationFile, *, policy: MergePolicy, overwrite: bool, outcome: ImportReport
) -> None:
    """Write translations into the rows as they now are; each names the English it was made from, whoever wrote it."""
    for place in translations.gone:
        outcome.add_line(ORPHANED_TRANSLATIONS, place)
    by_row = defaultdict(list)
    for each in translations.found:
        by_row[policy.content_id(each.planned)].append(each)
    models = {content_id: found[0].planned.model for content_id, found in by_row.items()}
    rows = load_rows_by_content_id((model, content_id) for content_id, model in models.items())
    for content_id, found in by_row.items():
        if row := rows.get(content_id):
            _write_row_translations(row, found, overwrite=overwrite, outcome=outcome)


def _write_row_translations(
    row: Model, found: list[PlannedTranslation], *, overwrite: bool, outcome: ImportReport
) -> None:
    changed = False
    for each in found:
        writing = _should_write_translation(row, each, overwrite=overwrite, outcome=outcome)
        outcome.count("read", "translations")
        outcome.count("written" if writing else "unchanged", "translations")
        if writing:
            set_translation(row, each.field, CHINESE, each.chinese, of=each.english)
            changed = True
    if changed:
        row.save()


def _should_write_translation(row: Model, each: PlannedTranslation, *, overwrite: bool, outcome: ImportReport) -> bool:
    """Return True if a translation is to be written; report one that is stale or an editor's."""
    english, chinese = (getattr(row, get_text_column(each.field, language)) for language in (ENGLISH, CHINESE))
    if english == REDACTION_MARKERS[ENGLISH] or chinese == REDACTION_MARKERS[CHINESE]:
        return False
    if english != each.english:
        outcome.add_line(STALE_TRANSLATIONS, " ".join(each.place))
    if chinese == each.chinese:
        return _is_up_to_date_again(row, each, english)
    if chinese and not overwrite and not awaits_review(row, each.field, CHINESE):
        outcome.add_line(TRANSLATED_BY_EDITOR, " ".join(each.place))
        return False
    return not chinese or english == each.english


def _is_up_to_date_again(row: Model, each: PlannedTranslation, english: str) -> bool:
    """Return True if the same words, marked stale, are now said to be made from today's English."""
    state = row.text_states.get(each.field, {}).get(CHINESE, {})
    return state.get("state") == STALE and english == each.english
