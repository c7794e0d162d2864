"""Worklists of the working copy that concern every kind of content: drafts, unpublished changes, translations."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.contrib import admin
from django.db.models import CASCADE, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from record.languages import get_text_column

from ...documents.drafts import build_drafts
from ...documents.registry import get_row_key, get_row_type, get_working_rows, models_by_type
from ...documents.worklist_queries import (
    find_missing_translation,
    find_never_published,
    find_saved_since_published,
    find_untranslated,
)
from ...models import Publishable
from ..diff import labels
from ..editing.fieldsets import format_text_label
from ..workflow.workflow_views import workflow_url
from .registry import DashboardUser, Worklist, WorklistRow, register_worklist


def load_worklist_rows(found: Iterable[dict]) -> list[Model]:
    """Return the rows of a worklist over several models, in its order, with what they belong to.

    `found`: dicts with “label” (of the model) and “pk”. One query for each model.
    """
    found, wanted = list(found), defaultdict(list)
    for each in found:
        wanted[each["label"]].append(each["pk"])
    rows = {
        (label, row.pk): row
        for label, keys in wanted.items()
        for row in _select_owners(apps.get_model(label)).filter(pk__in=keys)
    }
    return [rows[key] for each in found if (key := (each["label"], each["pk"])) in rows]


def _owner_fields(model) -> list:
    """Return the cascading foreign keys by which a row names what it belongs to."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.many_to_one
        and field.remote_field.on_delete is CASCADE
        and issubclass(field.related_model, Publishable)
    ]


def _select_owners(model):
    """Return the model's rows with what they belong to selected along."""
    return model.objects.select_related(*[field.name for field in _owner_fields(model)])


def owner_name(row) -> str:
    """Return the name of what a row belongs to; "" for a row that stands alone."""
    return next((str(owner) for field in _owner_fields(type(row)) if (owner := getattr(row, field.name))), "")


def kind_of_row(row) -> str:
    """Return the verbose name of a row's model, capitalized."""
    return capfirst(str(row._meta.verbose_name))


def field_url(row, field: str) -> str:
    """Return the URL of a field's place in the row's form, or of the row's inline group in its owner's form."""
    if admin.site.is_registered(type(row)):
        return f"{labels.change_form_url(type(row), row.pk)}#id_{field}"
    owner = next(field for field in _owner_fields(type(row)) if getattr(row, field.attname))
    url = labels.change_form_url(owner.related_model, getattr(row, owner.attname))
    return f"{url}#{owner.remote_field.related_name}-group"


def _find_drafts(asker: DashboardUser):
    """Return the roots that were never published; None if the user may see no root."""
    seen = asker.viewable_models(*models_by_type().values())
    return find_never_published(seen) if seen else None


def _build_draft_rows(found, asker):
    """Describe drafts with the number of problems that block each."""
    rows = load_worklist_rows(found)
    by_type = defaultdict(list)
    for row in rows:
        by_type[get_row_type(row)].append(row.content_id)
    drafts = {draft.key: draft for type, ids in by_type.items() for draft in build_drafts(type, ids)}
    return [_build_draft_row(row, len(drafts[get_row_key(row)].problems)) for row in rows]


def _build_draft_row(row, problems: int) -> WorklistRow:
    """Describe one draft; it links to the list of its problems, if it has any."""
    url = labels.change_form_url(type(row), row.pk)
    if not problems:
        return WorklistRow(str(row), url, kind_of_row(row), (_("ready"),))
    told = ngettext("%(count)d thing stops it", "%(count)d things stop it", problems) % {"count": problems}
    return WorklistRow(str(row), f"{url}#completeness", kind_of_row(row), (told,))


def _find_changed(asker: DashboardUser):
    """Return the roots saved since they were published."""
    return find_saved_since_published(asker.viewable_models(*models_by_type().values()))


def _build_changed_rows(keys, asker):
    """Describe changed roots; each links to its comparison with what is public."""
    rows = get_working_rows(keys)
    found = [rows[key] for key in keys if key in rows]
    return [WorklistRow(str(row), workflow_url(row, "compare"), kind_of_row(row)) for row in found]


def _find_untranslated(asker: DashboardUser):
    """Return the rows with missing or stale translations; None if the user may see no texts."""
    publishable = [each for each in apps.get_models() if issubclass(each, Publishable) and each.texts]
    seen = asker.viewable_models(*publishable)
    return find_untranslated(seen) if seen else None


def _build_untranslated_rows(found, asker):
    return [_build_untranslated_row(row) for row in load_worklist_rows(found)]


def _build_untranslated_row(row) -> WorklistRow:
    """Describe the first missing or stale text of a row; it links to the field."""
    name, language, stale = find_missing_translation(row)
    label = format_text_label(row._meta.get_field(get_text_column(name, "en")).verbose_name, language)
    told = _("%(text)s: its source text changed") if stale else _("%(text)s is missing")
    return WorklistRow(
        str(row), field_url(row, get_text_column(name, language)), kind_of_row(row), (told % {"text": label},)
    )


register_worklist(
    Worklist(
        "drafts",
        gettext_lazy("Drafts, never published"),
        gettext_lazy("Everything was published once."),
        _find_drafts,
        _build_draft_rows,
        order=10,
    )
)
register_worklist(
    Worklist(
        "changed",
        gettext_lazy("Saved since they were published"),
        gettext_lazy("Nothing was saved since it was published."),
        _find_changed,
        _build_changed_rows,
        order=15,
    )
)
register_worklist(
    Worklist(
        "translations",
        gettext_lazy("Translations missing or stale"),
        gettext_lazy("Every text is there in English and in Chinese, and up to date."),
        _find_untranslated,
        _build_untranslated_rows,
        order=50,
        expensive_count=True,
    )
)
