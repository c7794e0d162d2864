"""Writes the translations beside a data file; what an editor translated or confirmed is left alone."""

from collections import defaultdict

from django.db.models import Model

from record import languages
from record.languages import REDACTION_MARKERS, get_text_column

from .id_map import load_rows_by_content_id
from .merge_policy import MergePolicy
from .report import ImportReport
from .translations import CHINESE, ENGLISH, PlannedTranslation, TranslationFile

TRANSLATED_BY_EDITOR = "Translated by an editor, and left alone"
STALE_TRANSLATIONS = "Translations made from an English text that is no longer the record's"
ORPHANED_TRANSLATIONS = "Translations of what is no longer in the record"


def write_translations(
    translations: TranslationFile, *, decider: MergePolicy, overwrite: bool, outcome: ImportReport
) -> None:
    """Write translations into the rows as they now are; each names the English it was made from, whoever wrote it."""
    for place in translations.gone:
        outcome.tell(ORPHANED_TRANSLATIONS, place)
    by_row = defaultdict(list)
    for each in translations.found:
        by_row[decider.content_id(each.thing)].append(each)
    models = {content_id: found[0].thing.model for content_id, found in by_row.items()}
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
            languages.set_translation(row, each.text, CHINESE, each.words, of=each.english)
            changed = True
    if changed:
        row.save()


def _should_write_translation(row: Model, each: PlannedTranslation, *, overwrite: bool, outcome: ImportReport) -> bool:
    """Return True if a translation is to be written; report one that is stale or an editor's."""
    english, chinese = (getattr(row, get_text_column(each.text, language)) for language in (ENGLISH, CHINESE))
    if english == REDACTION_MARKERS[ENGLISH] or chinese == REDACTION_MARKERS[CHINESE]:
        return False
    if english != each.english:
        outcome.tell(STALE_TRANSLATIONS, " ".join(each.place))
    if chinese == each.words:
        return _is_up_to_date_again(row, each, english)
    if chinese and not overwrite and not languages.awaits_review(row, each.text, CHINESE):
        outcome.tell(TRANSLATED_BY_EDITOR, " ".join(each.place))
        return False
    return not chinese or english == each.english


def _is_up_to_date_again(row: Model, each: PlannedTranslation, english: str) -> bool:
    """Return True if the same words, marked stale, are now said to be made from today's English."""
    state = row.text_states.get(each.text, {}).get(CHINESE, {})
    return state.get("state") == languages.STALE and english == each.english
