"""Load the selected related objects of all forms in a formset with one query per field, for display and validation."""

from django.db import models
from django.forms import BaseInlineFormSet, ModelChoiceField
from django.utils.functional import cached_property

MAX_KEY_DIGITS = 18  # digits of a primary key


class PrefetchedChoices(models.QuerySet):
    """A field's choices, some of them loaded already: these are returned without a query."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.prefetched = {}

    @classmethod
    def from_keys(cls, queryset: models.QuerySet, keys: set[str]) -> "PrefetchedChoices":
        """Load the rows with these keys, in one query."""
        known = cls(queryset.model, queryset.query.chain(), queryset._db)
        known.prefetched = {str(key): row for key, row in queryset.in_bulk(list(keys)).items()}
        return known

    def _clone(self):
        """Clone the queryset with what it loaded."""
        clone = super()._clone()
        clone.prefetched = self.prefetched
        return clone

    def get(self, *args, **kwargs):
        """Return a loaded row, or query for it; the field calls this to validate the choice."""
        key = kwargs.get("id", kwargs.get("pk"))
        return self.prefetched.get(str(key)) or super().get(*args, **kwargs)

    def filter(self, *args, **kwargs):
        """Return loaded rows for `id__in`, or query for them; the widget calls this for the name of the choice.

        Invalid keys are dropped.
        """
        keys = {key for key in kwargs.get("id__in", ()) if is_primary_key(key)}
        if "id__in" in kwargs:
            kwargs["id__in"] = keys
        found = super().filter(*args, **kwargs)
        if keys and self.prefetched.keys() >= keys:
            found._result_cache = [self.prefetched[key] for key in keys]
        return found


def is_primary_key(value: str) -> bool:
    """Return True if a database accepts the text as a primary key."""
    return value.isascii() and value.isdecimal() and len(value) <= MAX_KEY_DIGITS


def prefetch_choices(forms: list) -> None:
    """Give all forms the same loaded choices; one query per field, whatever the number of forms."""
    for name, field in forms[0].fields.items() if forms else ():
        if not isinstance(field, ModelChoiceField) or (field.widget.is_hidden and not forms[0].is_bound):
            continue
        keys = {str(field.prepare_value(form[name].value()) or "") for form in forms}
        known = PrefetchedChoices.from_keys(field.queryset, set(filter(is_primary_key, keys)))
        for form in forms:
            form.fields[name].queryset = known


class BulkChoicesFormSetMixin:
    """Mixin for a formset that loads the selected choices of all its forms at once."""

    @cached_property
    def forms(self):
        """Return the forms, with their choices loaded."""
        forms = super().forms
        prefetch_choices(forms)
        return forms


class WorkingFormSet(BulkChoicesFormSetMixin, BaseInlineFormSet):
    """Inline formset of the working copy."""
