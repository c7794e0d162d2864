"""Citation forms: an inline under every cited row, and fields for the first citation in the inlines of facts."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.contrib.contenttypes.admin import GenericStackedInline
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from newsroom.admin.base import FORMFIELD_OVERRIDES, WorkingInline
from newsroom.admin.editing.forms import InlineForm
from newsroom.admin.editing.formset_choices import BulkChoicesFormSetMixin

from ..models import Citation, Source


class CitationFormSet(BulkChoicesFormSetMixin, BaseGenericInlineFormSet):
    @classmethod
    def get_default_prefix(cls):
        return "citations"


class CitationInline(GenericStackedInline):
    model = Citation
    form = InlineForm
    formset = CitationFormSet
    formfield_overrides = FORMFIELD_OVERRIDES
    fields = (("source", "locator", "quote", "supports", "position", "held_back"),)
    autocomplete_fields = ("source",)
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source")


def build_source_widget():
    """Build an autocomplete widget for sources that can also add one."""
    field = Citation._meta.get_field("source")
    return RelatedFieldWidgetWrapper(
        AutocompleteSelect(field, admin.site), field.remote_field, admin.site, can_add_related=True
    )


class CitedFactForm(InlineForm):
    """The form of a fact together with its first citation; further citations are added in the fact's own form."""

    source = forms.ModelChoiceField(
        label=capfirst(_("source")),
        queryset=Source.objects.all(),
        required=False,
        widget=build_source_widget(),
    )
    locator = forms.CharField(
        label=capfirst(_("locator")), max_length=60, required=False, help_text=_("¶39, p. 12, 04:10")
    )
    quote = forms.CharField(label=capfirst(_("quoted phrase")), max_length=200, required=False)

    CITATION_FIELDS = ("source", "locator", "quote")
    together = (CITATION_FIELDS,)  # merged as one: a locator belongs to its own source

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.first_citation = next(iter(self.instance.citations.all()), None) if self.instance.pk else None
        if self.first_citation:
            self.initial |= {
                "source": self.first_citation.source_id,
                "locator": self.first_citation.locator,
                "quote": self.first_citation.quote,
            }

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("source") and (cleaned.get("locator") or cleaned.get("quote")):
            self.add_error("source", _("Which source does this stand in?"))
        return cleaned

    def save(self, commit=True):
        row = super().save(commit)
        if commit:
            self._save_citation(row)
        return row

    def _save_citation(self, row) -> None:
        if not set(self.CITATION_FIELDS) & set(self.changed_data):
            return
        if self.cleaned_data["source"] is None:
            if self.first_citation:
                self.first_citation.delete()
            return
        citation = self.first_citation or Citation(cited=row)
        for part in self.CITATION_FIELDS:
            setattr(citation, part, self.cleaned_data[part])
        citation.save()


class CitedInline(WorkingInline):
    """An inline of facts, each with its first citation; the link “Change” opens the fact's own form."""

    form = CitedFactForm
    show_change_link = True
    trailing_fields = ("source", "locator", "quote", "position", "held_back")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("citations")
