"""Queries for unfinished work across all types: never published, changed since, not translated.

Rows of several models come as one list of values ("label" of the model, "pk", "updated_at"), counted and paginated in
one query.
"""

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from record.documents.canonical_json import ReferenceKey
from record.languages import STALE, get_text_column
from record.models import LIVE, edition_classes

from ..audit import PRIVATE_FIELDS, find_withdrawn, last_read_at
from ..models import Root, WorkingChange
from .registry import models_by_type

TRANSLATED_LANGUAGES = ("zh-hant", "zh-hans")  # the languages whose text may be stale
MAX_RECENT_CHANGES = 5000  # entries of the audit log that are searched for changes not published since
ModelClasses = Iterable[type[models.Model]]


def union_rows(parts: Iterable[QuerySet]) -> QuerySet | list:
    """Return rows of several models as one list of values, the last saved first."""
    told = [
        part.order_by()
        .annotate(label=Value(part.model._meta.label_lower, output_field=models.CharField()))
        .values("label", "pk", "updated_at")
        for part in parts
    ]
    return told[0].union(*told[1:], all=True).order_by("-updated_at", "label", "pk") if told else []


def find_never_published(of: ModelClasses) -> QuerySet | list:
    """Return roots of these models that were never published."""
    wanted = set(of)
    roots = {type: model for type, model in models_by_type().items() if issubclass(model, Root) and model in wanted}
    return union_rows(model.objects.filter(~Exists(_live_editions_of_outer(type))) for type, model in roots.items())


def _live_editions_of_outer(type: str) -> QuerySet:
    """Return live editions of the outer row, tombstones included."""
    return edition_classes()[type].history.filter(LIVE, content_id=OuterRef("content_id"))


def find_saved_since_published(of: ModelClasses) -> list[ReferenceKey]:
    """Return roots that were changed, or whose contents were, after their last publication; last changed first.

    Only the last `MAX_RECENT_CHANGES` entries of the audit log are searched: most changes are published soon. Drafts
    are not compared with what is live, because that is expensive.
    """
    wanted = set(of)
    types = {type for type, model in models_by_type().items() if model in wanted}
    recent = WorkingChange.objects.order_by("-timestamp", "-pk")[:MAX_RECENT_CHANGES]
    saved = {}
    for type, root, at, action, changes in recent.values_list(
        "root_type", "root_content_id", "timestamp", "action", "changes"
    ):
        if action != WorkingChange.Action.UPDATE or changes.keys() - PRIVATE_FIELDS:
            saved.setdefault((type, str(root)), at)
    read_at, withdrawn = last_read_at(saved), find_withdrawn(saved)
    return [
        key
        for key, at in saved.items()
        if key[0] in types and key in read_at and at > read_at[key] and key not in withdrawn
    ]


def find_untranslated(of: ModelClasses) -> QuerySet | list:
    """Return rows of these models with a text that lacks either English or Traditional Chinese, or is stale."""
    return union_rows(model.objects.filter(_needs_translation(model)) for model in of if model.texts)


def _needs_translation(model) -> Q:
    """Return the condition for rows of a model with a missing or stale translation."""
    found = Q()
    for name in model.texts:
        english, chinese = get_text_column(name, "en"), get_text_column(name, "zh-hant")
        found |= Q(**{english: ""}) & ~Q(**{chinese: ""}) | Q(**{chinese: ""}) & ~Q(**{english: ""})
        for language in TRANSLATED_LANGUAGES:
            found |= Q(**{f"text_states__{name}__{language}__state": STALE})
    return found


def find_missing_translation(row) -> tuple[str, str, bool]:
    """Return (text, language, whether it is stale rather than missing) of a row with a missing or stale translation.

    Missing ones come first.
    """
    for name in row.texts:
        english, chinese = getattr(row, get_text_column(name, "en")), getattr(row, get_text_column(name, "zh-hant"))
        if bool(english) != bool(chinese):
            return name, "zh-hant" if english else "en", False
    for name, of_text in row.text_states.items():
        for language, state in of_text.items():
            if state.get("state") == STALE:
                return name, language, True
    return row.name_text, "en", False
