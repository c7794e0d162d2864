"""Forms of the working copy and of the workflow."""

from django import forms
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from record import languages
from record.choices import Language
from record.languages import CONVERTED, LANGUAGES, STALE, UNREVIEWED, get_text_column
from record.models import edition_classes

from ...actions.append import ChangeNote
from ...documents.registry import get_row_type
from ...fields import get_date_groups
from ...models import Child
from .amounts import AmountField
from .fieldsets import format_text_label
from .widgets import MomentInput, TextArea


class WorkingForm(forms.ModelForm):
    """Form of a row of the working copy: each text carries its language and says how it came about."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self._meta.model.texts:
            for language in LANGUAGES:
                self._describe_language(name, language)
        for group in get_date_groups(self._meta.model):
            for column_name in group.columns[1:]:
                self._shorten_label(column_name)
        for name, field in self.fields.items():
            if isinstance(field, AmountField):
                field.help_text = field.explain_value(field.get_bound_field(self, name).value()) or field.help_text

    def _shorten_label(self, column_name: str) -> None:
        """Show the date's name only at its first column; in the others only screen readers read it."""
        if field := self.fields.get(column_name):
            whose, _colon, part = str(field.label).partition(": ")
            field.label = format_html('<span class="visually-hidden">{}: </span>{}', whose, capfirst(part))

    def _describe_language(self, name: str, language: str) -> None:
        """Put the language into the label of a text, and its translation state into the help text."""
        field = self.fields.get(get_text_column(name, language))
        if field is None:
            return
        field.label = format_text_label(field.label, language)
        field.widget.attrs["lang"] = language
        state = self.instance.text_states.get(name, {}).get(language, {}).get("state")
        has_words = getattr(self.instance, get_text_column(name, language), "")
        if state == CONVERTED and has_words:
            field.help_text = _("Converted from Traditional Chinese. What you write here stays instead.")
        elif state == STALE and has_words:
            field.help_text = _("Stale: the text it was made from has changed since.")
        elif state == UNREVIEWED and has_words:
            field.help_text = _("Translated, not yet reviewed. Confirm it with the button above, or write your own.")


class InlineForm(WorkingForm):
    """Form inside another form: the help texts of checkboxes become tooltips."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.BooleanField) and field.help_text:
                field.widget.attrs["title"] = field.help_text
                field.help_text = ""

    def _post_clean(self):
        """Skip the model's validation for unchanged rows: it costs queries, and there may be a hundred rows."""
        if self.instance.pk is None or self.has_changed():
            super()._post_clean()


class PublishableForm(WorkingForm):
    """Form of a row on its own page.

    It can hold back single languages of a text, and keeps a published child with its root.
    """

    held_texts = forms.MultipleChoiceField(
        label=_("Texts held back"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ticked texts are left out of what is published until they were checked."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "held_texts" in self.fields:
            self.fields["held_texts"].choices = [
                (f"{name}:{language}", format_text_label(self._label(name), language))
                for name in self._meta.model.texts
                for language in LANGUAGES
            ]
            self.initial["held_texts"] = self._held_text_keys()

    def _label(self, name: str):
        """Return the label of a text, without its language."""
        return self._meta.model._meta.get_field(get_text_column(name, "en")).verbose_name

    def _held_text_keys(self) -> list[str]:
        """Return the held-back texts as “name:language”, in the order of the form.

        PostgreSQL does not keep the order of keys in a JSON column.
        """
        states = self.instance.text_states
        return [
            f"{name}:{language}"
            for name in self._meta.model.texts
            for language in LANGUAGES
            if states.get(name, {}).get(language, {}).get("held_back")
        ]

    def clean(self):
        cleaned = super().clean()
        self._forbid_reparenting()
        return cleaned

    def _forbid_reparenting(self) -> None:
        """Add an error if a published child is given another parent."""
        if self.instance.pk is None or not isinstance(self.instance, Child):
            return
        edition_class = edition_classes()[get_row_type(self.instance)]
        moved = [name for name in edition_class.parents if name in self.changed_data]
        if moved and edition_class.history.filter(content_id=self.instance.content_id).exists():
            self.add_error(moved[0], _("It was published there, and a published thing keeps its place."))

    def save(self, commit=True):
        """Save the row with the chosen texts held back."""
        if "held_texts" in self.cleaned_data:
            held = set(self.cleaned_data["held_texts"])
            for value in held | set(self._held_text_keys()):
                languages.set_held_back(self.instance, *value.split(":"), held=value in held)
        return super().save(commit)


class WorkflowForm(forms.Form):
    """Base of the workflow's forms: sent back with errors, it focuses the first wrong field."""

    def full_clean(self):
        super().full_clean()
        if wrong := next((name for name in self.fields if name in self.errors), None):
            self.fields[wrong].widget.attrs["autofocus"] = True


class PublicNoteForm(WorkflowForm):
    """Form of a public note in three languages; an empty Simplified Chinese is converted from Traditional."""

    note_en = forms.CharField(label=Language.EN.label, required=False, widget=TextArea({"rows": 2, "lang": "en"}))
    note_zh_hant = forms.CharField(
        label=Language.ZH_HANT.label, required=False, widget=TextArea({"rows": 2, "lang": "zh-hant"})
    )
    note_zh_hans = forms.CharField(
        label=Language.ZH_HANS.label, required=False, widget=TextArea({"rows": 2, "lang": "zh-hans"})
    )

    def to_document(self) -> dict | None:
        """Return the note as a document's text, {language: words}; None if nothing was written."""
        words = {language: self.cleaned_data[get_text_column("note", language)] for language in LANGUAGES}
        text = {language: each for language, each in words.items() if each}
        if text.get("zh-hant") and not text.get("zh-hans"):
            text |= {"zh-hans": languages.convert_to_simplified(text["zh-hant"]), "state": {"zh-hans": CONVERTED}}
        return text or None


class BasePublishForm(PublicNoteForm):
    """Base of the forms that publish: change note, update type, and a reason to override warnings.

    `needs_reason`: there are warnings, so the reason is required.
    """

    update_type = forms.ChoiceField(
        label=_("Update type"),
        choices=[
            ("minor", _("Minor: listed in What changed")),
            ("major", _("Major: listed there, and marked as major")),
        ],
        widget=forms.RadioSelect,
        initial="minor",
    )
    overruled = forms.CharField(
        label=_("Why it goes out in spite of the warnings"),
        help_text=_("Kept with the publication, for the newsroom only."),
        required=False,
        widget=TextArea({"rows": 2}),
    )

    def __init__(self, *args, needs_reason: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.needs_reason = needs_reason

    def clean(self):
        """Require a reason if there are warnings."""
        cleaned = super().clean()
        if self.needs_reason and not cleaned.get("overruled"):
            self.add_error("overruled", _("Say why the warnings do not count."))
        return cleaned

    def to_note(self) -> ChangeNote:
        """Return the change note for the publish action."""
        return ChangeNote(self.to_document(), major=self.cleaned_data["update_type"] == "major")


class PublishForm(BasePublishForm):
    """Form for publishing one root, now or at a later moment."""

    publish_at = forms.DateTimeField(
        label=_("At a later moment (Hong Kong time)"),
        help_text=_("Exactly what is shown here goes out then; later edits do not."),
        required=False,
        widget=MomentInput,
    )

    def clean(self):
        """Require a moment for scheduling, and refuse one for publishing now."""
        cleaned = super().clean()
        if "_schedule" in self.data and not cleaned.get("publish_at") and "publish_at" not in self.errors:
            self.add_error("publish_at", _("Give the moment at which it goes public."))
        if "_schedule" not in self.data and cleaned.get("publish_at"):
            self.add_error("publish_at", _("To publish now, leave this empty; else press “Schedule”."))
        return cleaned


class WithdrawForm(PublicNoteForm):
    """Form with a public reason, for withdrawing and for redacting."""

    def clean(self):
        """Require the reason in at least one language."""
        if not any(self.cleaned_data.get(get_text_column("note", language)) for language in LANGUAGES):
            self.add_error("note_en", _("Give a public reason in at least one language."))
        return self.cleaned_data
