"""Fieldsets of the newsroom's forms: one fieldset for each language, one compact row for each fuzzy date."""

from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from record.choices import Language
from record.languages import LANGUAGES, get_text_column, get_text_columns

from ...fields import get_date_groups

Fieldsets = list[tuple[str | None, dict]]


def map_column_languages(model) -> dict[str, str]:
    """Return {column: language} of every text of the model."""
    return {get_text_column(name, language): language for name in model.texts for language in LANGUAGES}


def build_language_fieldsets(model) -> Fieldsets:
    """Return one fieldset for each language; a script turns them into tabs where it runs."""
    return [
        (
            Language(language).label,
            {
                "fields": [get_text_column(name, language) for name in model.texts],
                "classes": ["language", f"language-{language}"],
            },
        )
        for language in LANGUAGES
        if model.texts
    ]


def build_form_fieldsets(model, main: tuple, *, extra: Fieldsets = ()) -> Fieldsets:
    """Return the fieldsets of a form page.

    `primary_fields`: rows of the first fieldset. `extra`: fieldsets before those that every row has, which come last.
    """
    held = ("held_back",) if hasattr(model, "held_back") else ()
    return [
        (None, {"fields": [*main, *held]}),
        *build_language_fieldsets(model),
        *(
            (capfirst(group.label), {"fields": [group.columns], "classes": ["fuzzy"]})
            for group in get_date_groups(model)
        ),
        *extra,
        (_("Internal"), {"fields": ["internal_note"]}),
        *([(_("Texts held back"), {"fields": ["held_texts"], "classes": ["collapse"]})] if model.texts else []),
    ]


def build_inline_fieldsets(model, main: tuple, *, last: tuple = ()) -> Fieldsets:
    """Return the one fieldset of a small fact, in few rows: the languages of a text side by side, dates compact."""
    return [
        (
            None,
            {
                "fields": [
                    *main,
                    *(tuple(get_text_columns(name)) for name in model.texts),
                    *(group.columns for group in get_date_groups(model)),
                    *last,
                ]
            },
        )
    ]


def format_text_label(label, language: str):
    """Return a label with its language, such as “Title (English)”; lazily translated."""
    return format_lazy("{} ({})", label, Language(language).label)
