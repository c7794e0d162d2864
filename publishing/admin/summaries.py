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

from .. import rules
from ..documents import Entry, builder_of, rows_of
from ..editions import edition_classes
from ..languages import LANGUAGES, column, say
from ..rules import Key

# {key of a list in a document: model} of facts that have no editions, but a form of their own.
fact_models: dict = {}
# {key of a document: label} of computed keys, which have no field.
key_labels: dict = {}


@dataclass(frozen=True)
class Line:
    """One object that a publication changes. `what`: what happens to it. `fields`: the labels of what changes in it."""

    kind: str
    title: str
    url: str
    what: str
    fields: str = ""


def language() -> str:
    """Return the language of the editor's pages as documents write it; English if documents do not have it."""
    return next((each for each in LANGUAGES if each == get_language()), "en")


def kind_of(type: str) -> str:
    """Return the verbose name of a type's model, capitalized."""
    return capfirst(str(builder_of(type).model._meta.verbose_name))


def title_of(type: str, title: dict | None) -> str:
    """Return an object's title in the editor's language, or what its model calls objects without a title."""
    return say(title, language())[0] or builder_of(type).model.nameless()


def form_url(model, pk) -> str:
    """Return the URL of a row's form; "" if its model has none."""
    if not admin.site.is_registered(model):
        return ""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])


def lines(entries: Iterable[Entry]) -> list[Line]:
    """Summarize the entries of a plan, one line each; one query for each type among them."""
    entries = list(entries)
    rows = rows_of((entry.type, entry.content_id) for entry in entries)
    return [_line(entry, rows.get((entry.type, entry.content_id))) for entry in entries]


def _line(entry: Entry, row) -> Line:
    """Summarize one entry. `row`: its working row, or None."""
    name = edition_classes()[entry.type].name_of(entry.document)["title"] if entry.document else entry.live.title
    model = builder_of(entry.type).model
    return Line(
        kind=kind_of(entry.type),
        title=say(name, language())[0] or (str(row) if row else model.nameless()),
        url=form_url(model, row.pk) if row else "",
        what=_what(entry),
        fields=", ".join(_changed(entry, model)),
    )


def _what(entry: Entry) -> str:
    """Return in words what an entry does to the record."""
    if entry.document is None:
        return _("goes from the record")
    if entry.live is None:
        return _("new")
    if entry.live.tombstone:
        return _("comes back")
    return _("follows: a name or link in it changes") if entry.follows else _("changes")


def _changed(entry: Entry, model) -> Iterable[str]:
    """Yield the labels of the keys that change; none for a new, returning, leaving or only following edition."""
    if entry.document is None or entry.live is None or entry.live.tombstone or entry.follows:
        return
    new, old = rules.comparable(entry.document), rules.comparable(entry.live.current())
    for key in new:
        if new[key] != old.get(key):
            yield label_of(model, key)


def label_of(model, key: str) -> str:
    """Return what editors call a key of a document.

    That is the label of its field, the plural name of the rows in it, or an entry of `key_labels`.
    """
    field = field_of(model, key)
    if field is None:
        return str(key_labels.get(key) or key.replace("_", " "))
    if field.is_relation and field.auto_created:
        return str(field.related_model._meta.verbose_name_plural)
    return str(field.verbose_name).split(":")[0]


def field_of(model, key: str):
    """Return the field, or the first of several, that holds a document's key; None for a computed key."""
    for name in (key, column(key, "en"), f"{key}_earliest"):
        try:
            return model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
    return None


def named(keys: Iterable[Key]) -> list[Line]:
    """Summarize objects that a document names but that were never public."""
    return [
        Line(kind_of(key[0]), str(row), form_url(type(row), row.pk), _("not public"))
        for key, row in sorted(rows_of(keys).items())
    ]


def anchor(model, field: str) -> str:
    """Return the HTML id of a field or group of inlines in a form; that of the panel for what is set by a button."""
    try:
        found = model._meta.get_field(field)
    except FieldDoesNotExist:
        return f"id_{field}"
    if found.one_to_many:
        return f"{field}-group"
    return f"id_{field}" if found.editable else "panel-title"
