"""Values of a document for display: choices by label, dates in words, referenced objects by name."""

from datetime import date

from django.db import models
from django.utils.translation import gettext as _

from ..choices import Precision, YearKind
from ..dates import FuzzyDate
from ..languages import say
from ..rules import is_reference
from ..shapes import wording
from .summaries import field_of, language

Said = tuple[str, str]  # (words, their language; "" where it is the editor's)


def in_words(model, key: str, value) -> Said:
    """Return (words, their language) of a document's value.

    The language is "" where it is the editor's. Empty values and False give "".
    """
    if isinstance(value, dict):
        return _named(model, key, value) if is_reference(value) else _told(value)
    if value is None or value is False or value in ("", []):
        return "", ""
    if value is True:
        return _("yes"), ""
    field = field_of(model, key)
    if field is not None and getattr(field, "flatchoices", None):
        return str(dict(field.flatchoices).get(value, value)), ""
    if isinstance(field, models.DateField) and isinstance(value, str):
        return wording.day_in_words(date.fromisoformat(value)), ""
    if isinstance(value, int | float):
        return wording.exact_sum(value) if key.endswith("_hkd") else wording.number_in_words(value), ""
    return str(value), ""


def foreign(words: str, spoken: str) -> Said:
    """Return the words with their language; with "" if that is the editor's."""
    return words, "" if spoken == language() else spoken


def _named(model, key: str, reference: dict) -> Said:
    """Return a referenced object's name, with its relation to this one and whether it was withdrawn."""
    words, spoken = say(reference.get("title"), language())
    words = words or reference.get("slug") or reference["content_id"]
    related = getattr(field_of(model, key), "related_model", None)
    if related is not None and hasattr(related, "get_relation_display"):
        relation = dict(related._meta.get_field("relation").flatchoices).get(reference.get("relation"))
        words = f"{relation}: {words}"
    if reference.get("withdrawn"):
        words = _("%(name)s (withdrawn)") % {"name": words}
    return foreign(words, spoken)


def _told(value: dict) -> Said:
    """Return the words of a fuzzy date, or of an embedded fact with a title, such as a source."""
    if "edtf" in value:
        return date_told(value), ""
    publisher = value.get("publisher")
    title = value.get("title") or value.get("url") or ""
    return foreign(f"{title} ({publisher})" if publisher else title, value.get("language") or language())


def date_told(document: dict, *, closely: bool = False) -> str:
    """Return a date's interval and the words used. `closely`: add its precision and which kind of year is meant."""
    fuzzy = FuzzyDate.from_document(document)
    words = [wording.date_in_words(fuzzy), f"“{fuzzy.phrase}”" if fuzzy.phrase else ""]
    if closely:
        words.append(f"({Precision(fuzzy.precision).label}, {YearKind(fuzzy.year_kind).label})")
    return " ".join(filter(None, words))


def title_of(model, fact: dict) -> Said:
    """Return (words, their language) by which a fact inside a document is recognised.

    That is its name, else its source with the place in it, its words, or its dates and value.
    """
    words, spoken = say(fact.get(model.name_text) if hasattr(model, "name_text") else None, language())
    if isinstance(words, str) and words:
        return foreign(words, spoken)
    if source := fact.get("source"):
        title, spoken = _told(source)
        return " ".join(filter(None, (title, fact.get("locator")))), spoken
    if fact.get("words"):
        return fact["words"], ""
    told = [date_told(value) for value in fact.values() if isinstance(value, dict) and "edtf" in value]
    value = fact.get("value")
    return "; ".join([*reversed(told), *([wording.number_in_words(value)] if value is not None else [])]), ""
