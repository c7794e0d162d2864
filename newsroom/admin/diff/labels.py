"""Labels of objects, fields and changes in the editor's language, with links to the forms.

Among them is the summary of what a publication would do.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from record.documents.canonical_json import ReferenceKey, strip_conversions
from record.languages import LANGUAGES, get_text_column, localize
from record.models import edition_classes

from ...documents.changeset import ChangesetEntry
from ...documents.registry import get_model_declaration, get_published_type, get_working_rows


@dataclass(frozen=True)
class SummaryLine:
    """One object that a publication changes.

    `effect`: what happens to it. `fields`: the labels of what changes in it.
    """

    kind: str
    title: str
    url: str
    effect: str
    fields: str = ""


def editor_language() -> str:
    """Return the language of the editor's pages as documents write it; English if documents do not have it."""
    return next((each for each in LANGUAGES if each == get_language()), "en")


def kind_of_type(type: str) -> str:
    """Return the verbose name of a type's model, capitalized."""
    return capfirst(str(get_published_type(type).model._meta.verbose_name))


def localize_title(type: str, title: dict | None) -> str:
    """Return an object's title in the editor's language, or what its model calls objects without a title."""
    return localize(title, editor_language())[0] or get_published_type(type).model.unnamed_label()


def change_form_url(model, pk) -> str:
    """Return the URL of a row's form; "" if its model has none."""
    if not admin.site.is_registered(model):
        return ""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])


def summarize_entries(entries: Iterable[ChangesetEntry]) -> list[SummaryLine]:
    """Summarize the entries of a plan, one line each; one query for each type among them."""
    entries = list(entries)
    rows = get_working_rows((entry.type, entry.content_id) for entry in entries)
    return [_summarize_entry(entry, rows.get((entry.type, entry.content_id))) for entry in entries]


def _summarize_entry(entry: ChangesetEntry, row) -> SummaryLine:
    """Summarize one entry. `row`: its working row, or None."""
    name = edition_classes()[entry.type].slug_and_title(entry.document)["title"] if entry.document else entry.live.title
    model = get_published_type(entry.type).model
    return SummaryLine(
        kind=kind_of_type(entry.type),
        title=localize(name, editor_language())[0] or (str(row) if row else model.unnamed_label()),
        url=change_form_url(model, row.pk) if row else "",
        effect=_describe_effect(entry),
        fields=", ".join(_changed_labels(entry, model)),
    )


def _describe_effect(entry: ChangesetEntry) -> str:
    """Return in words what an entry does to the record."""
    if entry.document is None:
        return _("goes from the record")
    if entry.live is None:
        return _("new")
    if entry.live.tombstone:
        return _("comes back")
    return _("follows: a name or link in it changes") if entry.is_propagation else _("changes")


def _changed_labels(entry: ChangesetEntry, model) -> Iterable[str]:
    """Yield the labels of the keys that change; none for a new, returning, leaving or only following edition."""
    if entry.document is None or entry.live is None or entry.live.tombstone or entry.is_propagation:
        return
    new, old = strip_conversions(entry.document), strip_conversions(entry.live.load_document())
    for key in new:
        if new[key] != old.get(key):
            yield get_key_label(model, key)


def get_key_label(model, key: str) -> str:
    """Return what editors call a key of a document.

    That is the label of its field, the plural name of the rows in it, or as declared with the type.
    """
    field = find_key_field(model, key)
    if field is None:
        return str(get_model_declaration(model).computed_keys.get(key) or key.replace("_", " "))
    if field.is_relation and field.auto_created:
        return str(field.related_model._meta.verbose_name_plural)
    return str(field.verbose_name).split(":")[0]


def find_key_field(model, key: str):
    """Return the field, or the first of several, that holds a document's key; None for a computed key."""
    for name in (key, get_text_column(key, "en"), f"{key}_earliest"):
        try:
            return model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
    return None


def find_fact_model(model, key: str):
    """Return the model of the facts in a list of a document, if they have a form of their own; else None."""
    field = find_key_field(model, key)
    facts = field is not None and field.one_to_many and admin.site.is_registered(field.related_model)
    return field.related_model if facts else None


def summarize_nonpublic(keys: Iterable[ReferenceKey]) -> list[SummaryLine]:
    """Summarize objects that a document names but that were never public."""
    return [
        SummaryLine(kind_of_type(key[0]), str(row), change_form_url(type(row), row.pk), _("not public"))
        for key, row in sorted(get_working_rows(keys).items())
    ]


def field_anchor(model, field: str) -> str:
    """Return the HTML id of a field or group of inlines in a form; that of the panel for what is set by a button."""
    try:
        found = model._meta.get_field(field)
    except FieldDoesNotExist:
        return f"id_{field}"
    if found.one_to_many:
        return f"{field}-group"
    return f"id_{field}" if found.editable else "panel-title"
