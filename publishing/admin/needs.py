"""Worklists of the working copy that concern every kind of content: drafts, unpublished changes, translations."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.contrib import admin
from django.db.models import CASCADE, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..documents import (
    drafts_of,
    key_of,
    models_by_type,
    never_published,
    rows_of,
    saved_since_published,
    type_of,
    untranslated,
)
from ..documents.unfinished import first_wanting
from ..languages import column
from ..models import Publishable
from . import summaries
from .front import Asker, Need, Row, register
from .layout import text_label
from .verbs import verb_url


def listed_rows(found: Iterable[dict]) -> list[Model]:
    """Return the rows of a worklist over several models, in its order, with what they belong to.

    `found`: dicts with “label” (of the model) and “pk”. One query for each model.
    """
    found, wanted = list(found), defaultdict(list)
    for each in found:
        wanted[each["label"]].append(each["pk"])
    rows = {
        (label, row.pk): row
        for label, keys in wanted.items()
        for row in _with_owners(apps.get_model(label)).filter(pk__in=keys)
    }
    return [rows[key] for each in found if (key := (each["label"], each["pk"])) in rows]


def _owners(model) -> list:
    """Return the cascading foreign keys by which a row names what it belongs to."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.many_to_one
        and field.remote_field.on_delete is CASCADE
        and issubclass(field.related_model, Publishable)
    ]


def _with_owners(model):
    """Return the model's rows with what they belong to selected along."""
    return model.objects.select_related(*[field.name for field in _owners(model)])


def belongs_to(row) -> str:
    """Return the name of what a row belongs to; "" for a row that stands alone."""
    return next((str(owner) for field in _owners(type(row)) if (owner := getattr(row, field.name))), "")


def kind_of(row) -> str:
    """Return the verbose name of a row's model, capitalized."""
    return capfirst(str(row._meta.verbose_name))


def field_url(row, field: str) -> str:
    """Return the URL of a field's place in the row's form, or of the row's inline group in its owner's form."""
    if admin.site.is_registered(type(row)):
        return f"{summaries.form_url(type(row), row.pk)}#id_{field}"
    owner = next(field for field in _owners(type(row)) if getattr(row, field.attname))
    url = summaries.form_url(owner.related_model, getattr(row, owner.attname))
    return f"{url}#{owner.remote_field.related_name}-group"


def _drafts(asker: Asker):
    """Return the roots that were never published; None if the user may see no root."""
    seen = asker.may_see(*models_by_type().values())
    return never_published(seen) if seen else None


def _draft_rows(found, asker):
    """Describe drafts with the number of problems that block each."""
    rows = listed_rows(found)
    by_type = defaultdict(list)
    for row in rows:
        by_type[type_of(row)].append(row.content_id)
    drafts = {draft.key: draft for type, ids in by_type.items() for draft in drafts_of(type, ids)}
    return [_draft_row(row, len(drafts[key_of(row)].problems)) for row in rows]


def _draft_row(row, problems: int) -> Row:
    """Describe one draft; it links to the list of its problems, if it has any."""
    url = summaries.form_url(type(row), row.pk)
    if not problems:
        return Row(str(row), url, kind_of(row), (_("ready"),))
    told = ngettext("%(count)d thing stops it", "%(count)d things stop it", problems) % {"count": problems}
    return Row(str(row), f"{url}#completeness", kind_of(row), (told,))


def _changed(asker: Asker):
    """Return the roots saved since they were published."""
    return saved_since_published(asker.may_see(*models_by_type().values()))


def _changed_rows(keys, asker):
    """Describe changed roots; each links to its comparison with what is public."""
    rows = rows_of(keys)
    found = [rows[key] for key in keys if key in rows]
    return [Row(str(row), verb_url(row, "compare"), kind_of(row)) for row in found]


def _untranslated(asker: Asker):
    """Return the rows with missing or stale translations; None if the user may see no texts."""
    publishable = [each for each in apps.get_models() if issubclass(each, Publishable) and each.texts]
    seen = asker.may_see(*publishable)
    return untranslated(seen) if seen else None


def _untranslated_rows(found, asker):
    return [_untranslated_row(row) for row in listed_rows(found)]


def _untranslated_row(row) -> Row:
    """Describe the first missing or stale text of a row; it links to the field."""
    name, language, stale = first_wanting(row)
    label = text_label(row._meta.get_field(column(name, "en")).verbose_name, language)
    told = _("%(text)s: its source text changed") if stale else _("%(text)s is missing")
    return Row(str(row), field_url(row, column(name, language)), kind_of(row), (told % {"text": label},))


register(
    Need(
        "drafts",
        gettext_lazy("Drafts, never published"),
        gettext_lazy("Everything was published once."),
        _drafts,
        _draft_rows,
        order=10,
    )
)
register(
    Need(
        "changed",
        gettext_lazy("Saved since they were published"),
        gettext_lazy("Nothing was saved since it was published."),
        _changed,
        _changed_rows,
        order=15,
    )
)
register(
    Need(
        "translations",
        gettext_lazy("Translations missing or stale"),
        gettext_lazy("Every text is there in English and in Chinese, and up to date."),
        _untranslated,
        _untranslated_rows,
        order=50,
        dear=True,
    )
)
