"""How forms are laid out: a fieldset a language, a compact row a fuzzy date."""

from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from ..choices import Language
from ..fields import date_groups
from ..languages import LANGUAGES, column, columns

Fieldsets = list[tuple[str | None, dict]]


def language_of_columns(model) -> dict[str, str]:
    """{column: language} of every text of the model."""
    return {column(name, language): language for name in model.texts for language in LANGUAGES}


def language_fieldsets(model) -> Fieldsets:
    """One fieldset a language; a script makes tabs of them where it runs."""
    return [
        (
            Language(language).label,
            {
                "fields": [column(name, language) for name in model.texts],
                "classes": ["language", f"language-{language}"],
            },
        )
        for language in LANGUAGES
        if model.texts
    ]


def form_layout(model, main: tuple, *, extra: Fieldsets = ()) -> Fieldsets:
    """main: rows of the first fieldset. What every row has comes last."""
    held = ("held_back",) if hasattr(model, "held_back") else ()
    return [
        (None, {"fields": [*main, *held]}),
        *language_fieldsets(model),
        *((capfirst(group.label), {"fields": [group.columns], "classes": ["fuzzy"]}) for group in date_groups(model)),
        *extra,
        (_("Internal"), {"fields": ["internal_note"]}),
        *([(_("Texts held back"), {"fields": ["held_texts"], "classes": ["collapse"]})] if model.texts else []),
    ]


def inline_layout(model, main: tuple, *, last: tuple = ()) -> Fieldsets:
    """Everything of a small fact in few rows: texts side by side, dates compact."""
    return [
        (
            None,
            {
                "fields": [
                    *main,
                    *(tuple(columns(name)) for name in model.texts),
                    *(group.columns for group in date_groups(model)),
                    *last,
                ]
            },
        )
    ]


def text_label(label, language: str):
    """A label with its language: “Title (English)”."""
    return format_lazy("{} ({})", label, Language(language).label)
