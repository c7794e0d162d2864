"""Values of a document for display: choices by label, dates in words, referenced objects by name."""

from datetime import date

from django.db import models
from django.utils.translation import gettext as _

from record import formatting
from record.choices import Precision, YearKind
from record.dates import FuzzyDate
from record.documents.canonical_json import is_reference
from record.languages import localize

from .labels import editor_language, find_key_field

TaggedWords = tuple[str, str]  # (words, their language; "" where it is the editor's)


def display_document_value(model, key: str, value) -> TaggedWords:
    """Return (words, their language) of a document's value.

    The language is "" where it is the editor's. Empty values and False give "".
    """
    if isinstance(value, dict):
        return _display_reference(model, key, value) if is_reference(value) else _display_fact(value)
    if value is None or value is False or value in ("", []):
        return "", ""
    if value is True:
        return _("yes"), ""
    field = find_key_field(model, key)
    if field is not None and getattr(field, "flatchoices", None):
        return str(dict(field.flatchoices).get(value, value)), ""
    if isinstance(field, models.DateField) and isinstance(value, str):
        return formatting.format_day(date.fromisoformat(value)), ""
    if isinstance(value, int | float):
        return formatting.format_exact_hkd(value) if key.endswith("_hkd") else formatting.format_number(value), ""
    return str(value), ""


def tag_language(words: str, spoken: str) -> TaggedWords:
    """Return the words with their language; with "" if that is the editor's."""
    return words, "" if spoken == editor_language() else spoken


def _display_reference(model, key: str, reference: dict) -> TaggedWords:
    """Return a referenced object's name, with its relation to this one and whether it was withdrawn."""
    words, spoken = localize(reference.get("title"), editor_language())
    words = words or reference.get("slug") or reference["content_id"]
    related = getattr(find_key_field(model, key), "related_model", None)
    if related is not None and hasattr(related, "get_relation_display"):
        relation = dict(related._meta.get_field("relation").flatchoices).get(reference.get("relation"))
        words = f"{relation}: {words}"
    if reference.get("withdrawn"):
        words = _("%(name)s (withdrawn)") % {"name": words}
    return tag_language(words, spoken)


def _display_fact(value: dict) -> TaggedWords:
    """Return the words of a fuzzy date, or of an embedded fact with a title, such as a source."""
    if "edtf" in value:
        return display_date(value), ""
    publisher = value.get("publisher")
    title = value.get("title") or value.get("url") or ""
    return tag_language(f"{title} ({publisher})" if publisher else title, value.get("language") or editor_language())


def display_date(document: dict, *, closely: bool = False) -> str:
    """Return a date's interval and the words used. `closely`: add its precision and which kind of year is meant."""
    fuzzy = FuzzyDate.from_document(document)
    words = [formatting.format_fuzzy_date(fuzzy), f"“{fuzzy.phrase}”" if fuzzy.phrase else ""]
    if closely:
        words.append(f"({Precision(fuzzy.precision).label}, {YearKind(fuzzy.year_kind).label})")
    return " ".join(filter(None, words))


def display_fact_title(model, fact: dict) -> TaggedWords:
    """Return (words, their language) by which a fact inside a document is recognised.

    That is its name, else its source with the place in it, its words, or its dates and value.
    """
    words, spoken = localize(fact.get(model.name_text) if hasattr(model, "name_text") else None, editor_language())
    if isinstance(words, str) and words:
        return tag_language(words, spoken)
    if source := fact.get("source"):
        title, spoken = _display_fact(source)
        return " ".join(filter(None, (title, fact.get("locator")))), spoken
    if fact.get("words"):
        return fact["words"], ""
    told = [display_date(value) for value in fact.values() if isinstance(value, dict) and "edtf" in value]
    value = fact.get("value")
    return "; ".join([*reversed(told), *([formatting.format_number(value)] if value is not None else [])]), ""
