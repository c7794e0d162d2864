"""Forms of numbers that have a unit."""

from django import forms
from django.utils.translation import gettext as _

from newsroom.admin.editing.amounts import AmountField
from newsroom.admin.editing.forms import PublishableForm
from record.amounts import mentions_scale

from .citation_forms import CitedFactForm


class SingleScaleFormMixin(forms.ModelForm):
    """Refuses “5 million” if the unit counts in millions already. The unit is the row's own or its outcome's."""

    def clean(self):
        cleaned = super().clean()
        unit = cleaned.get("unit", "") if "unit" in self.fields else getattr(cleaned.get("outcome"), "unit", "")
        if mentions_scale(unit):
            told = _("The unit “%(unit)s” has a scale already: write how many of it there are, in digits.")
            for name in self._fields_with_scale():
                self.add_error(name, told % {"unit": unit})
        return cleaned

    def _fields_with_scale(self) -> list[str]:
        numbers = [name for name, field in self.fields.items() if isinstance(field, AmountField) and not field.money]
        return [name for name in numbers if mentions_scale(self.data.get(self.add_prefix(name), ""))]


class MeasuredForm(SingleScaleFormMixin, PublishableForm):
    pass


class MeasuredFactForm(SingleScaleFormMixin, CitedFactForm):
    pass
