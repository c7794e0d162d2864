"""What the rows of a formset have chosen is read for all of them at once, to be shown and to be checked."""

from django.db import models
from django.forms import BaseInlineFormSet, ModelChoiceField
from django.utils.functional import cached_property

LONGEST = 18  # digits of a key


class Known(models.QuerySet):
    """A field's choices, of which some were read already: these are found without asking the database again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.read = {}

    @classmethod
    def of(cls, queryset: models.QuerySet, keys: set[str]) -> "Known":
        known = cls(queryset.model, queryset.query.chain(), queryset._db)
        known.read = {str(key): row for key, row in queryset.in_bulk(list(keys)).items()}
        return known

    def _clone(self):
        clone = super()._clone()
        clone.read = self.read
        return clone

    def get(self, *args, **kwargs):
        """Asked by the field, to check what was chosen."""
        key = kwargs.get("id", kwargs.get("pk"))
        return self.read.get(str(key)) or super().get(*args, **kwargs)

    def filter(self, *args, **kwargs):
        """Asked by the widget, for the name of what is chosen."""
        keys = {key for key in kwargs.get("id__in", ()) if is_key(key)}
        if "id__in" in kwargs:
            kwargs["id__in"] = keys
        found = super().filter(*args, **kwargs)
        if keys and self.read.keys() >= keys:
            found._result_cache = [self.read[key] for key in keys]
        return found


def is_key(value: str) -> bool:
    """Whether a database takes it."""
    return value.isascii() and value.isdecimal() and len(value) <= LONGEST


def read_together(forms: list) -> None:
    """One query a field, whatever the number of forms."""
    for name, field in forms[0].fields.items() if forms else ():
        if not isinstance(field, ModelChoiceField) or (field.widget.is_hidden and not forms[0].is_bound):
            continue
        keys = {str(field.prepare_value(form[name].value()) or "") for form in forms}
        known = Known.of(field.queryset, set(filter(is_key, keys)))
        for form in forms:
            form.fields[name].queryset = known


class ReadTogether:
    """Of a formset."""

    @cached_property
    def forms(self):
        forms = super().forms
        read_together(forms)
        return forms


class WorkingFormSet(ReadTogether, BaseInlineFormSet):
    pass
