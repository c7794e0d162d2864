"""Writes the translations beside a data file; what an editor translated or confirmed is left alone."""

from collections import defaultdict

from django.db.models import Model

from publishing import languages
from publishing.languages import MARKERS, column

from .decisions import Decider
from .outcome import Outcome
from .registry import rows_by_content_id
from .translations import CHINESE, ENGLISH, Translation, Translations

EDITORS = "Translated by an editor, and left alone"
STALE = "Translations made from an English text that is no longer the record's"
GONE = "Translations of what is no longer in the record"


def write(translations: Translations, *, decider: Decider, overwrite: bool, outcome: Outcome) -> None:
    """Write translations into the rows as they now are; each names the English it was made from, whoever wrote it."""
    for place in translations.gone:
        outcome.tell(GONE, place)
    by_row = defaultdict(list)
    for each in translations.found:
        by_row[decider.content_id(each.thing)].append(each)
    models = {content_id: found[0].thing.model for content_id, found in by_row.items()}
    rows = rows_by_content_id((model, content_id) for content_id, model in models.items())
    for content_id, found in by_row.items():
        if row := rows.get(content_id):
            _write_row(row, found, overwrite=overwrite, outcome=outcome)


def _write_row(row: Model, found: list[Translation], *, overwrite: bool, outcome: Outcome) -> None:
    changed = False
    for each in found:
        writing = _is_to_be_written(row, each, overwrite=overwrite, outcome=outcome)
        outcome.count("read", "translations")
        outcome.count("written" if writing else "unchanged", "translations")
        if writing:
            languages.translate(row, each.text, CHINESE, each.words, of=each.english)
            changed = True
    if changed:
        row.save()


def _is_to_be_written(row: Model, each: Translation, *, overwrite: bool, outcome: Outcome) -> bool:
    """Return True if a translation is to be written; report one that is stale or an editor's."""
    english, chinese = (getattr(row, column(each.text, language)) for language in (ENGLISH, CHINESE))
    if english == MARKERS[ENGLISH] or chinese == MARKERS[CHINESE]:
        return False
    if english != each.english:
        outcome.tell(STALE, " ".join(each.place))
    if chinese == each.words:
        return _is_up_to_date_again(row, each, english)
    if chinese and not overwrite and not languages.awaits_review(row, each.text, CHINESE):
        outcome.tell(EDITORS, " ".join(each.place))
        return False
    return not chinese or english == each.english


def _is_up_to_date_again(row: Model, each: Translation, english: str) -> bool:
    """Return True if the same words, marked stale, are now said to be made from today's English."""
    state = row.text_states.get(each.text, {}).get(CHINESE, {})
    return state.get("state") == languages.STALE and english == each.english
