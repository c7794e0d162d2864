"""Forms of the working copy, and of the verbs."""

from django import forms
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .. import languages
from ..actions import Note
from ..choices import Language
from ..documents import builder_of, type_of
from ..editions import edition_classes
from ..fields import date_groups
from ..languages import CONVERTED, LANGUAGES, STALE, UNREVIEWED, column
from ..models import Child
from .amounts import AmountField
from .layout import text_label
from .widgets import MomentInput, TextArea


class WorkingForm(forms.ModelForm):
    """A row of the working copy: its texts carry their language, and say how they came about."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self._meta.model.texts:
            for language in LANGUAGES:
                self._tell_language(name, language)
        for group in date_groups(self._meta.model):
            for column_name in group.columns[1:]:
                self._shorten_label(column_name)
        for name, field in self.fields.items():
            if isinstance(field, AmountField):
                field.help_text = field.meaning(field.get_bound_field(self, name).value()) or field.help_text

    def _shorten_label(self, column_name: str) -> None:
        """Only the first column of a date shows whose date it is; the others say so to who cannot see the row."""
        if field := self.fields.get(column_name):
            whose, _colon, part = str(field.label).partition(": ")
            field.label = format_html('<span class="visually-hidden">{}: </span>{}', whose, capfirst(part))

    def _tell_language(self, name: str, language: str) -> None:
        field = self.fields.get(column(name, language))
        if field is None:
            return
        field.label = text_label(field.label, language)
        field.widget.attrs["lang"] = language
        state = self.instance.text_states.get(name, {}).get(language, {}).get("state")
        has_words = getattr(self.instance, column(name, language), "")
        if state == CONVERTED and has_words:
            field.help_text = _("Converted from Traditional Chinese. What you write here stays instead.")
        elif state == STALE and has_words:
            field.help_text = _("Stale: the text it was made from has changed since.")
        elif state == UNREVIEWED and has_words:
            field.help_text = _("Translated, not yet reviewed. Confirm it with the button above, or write your own.")


class InlineForm(WorkingForm):
    """Inside another form: what a tick means is told when it is pointed at."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.BooleanField) and field.help_text:
                field.widget.attrs["title"] = field.help_text
                field.help_text = ""

    def _post_clean(self):
        """A row nobody touched is not checked against the database again: there may be a hundred of them."""
        if self.instance.pk is None or self.has_changed():
            super()._post_clean()


class PublishableForm(WorkingForm):
    """A form of its own: also holds back single languages of a text, and keeps a published child with its root."""

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
                (f"{name}:{language}", text_label(self._label(name), language))
                for name in self._meta.model.texts
                for language in LANGUAGES
            ]
            self.initial["held_texts"] = self._held()

    def _label(self, name: str):
        return self._meta.model._meta.get_field(column(name, "en")).verbose_name

    def _held(self) -> list[str]:
        """In the order of the form: PostgreSQL keeps the keys of a JSON column in one of its own."""
        states = self.instance.text_states
        return [
            f"{name}:{language}"
            for name in self._meta.model.texts
            for language in LANGUAGES
            if states.get(name, {}).get(language, {}).get("held_back")
        ]

    def clean(self):
        cleaned = super().clean()
        self._keep_the_root()
        return cleaned

    def _keep_the_root(self) -> None:
        if self.instance.pk is None or not isinstance(self.instance, Child):
            return
        moved = [name for name in builder_of(type_of(self.instance)).parents if name in self.changed_data]
        edition_class = edition_classes()[type_of(self.instance)]
        if moved and edition_class.history.filter(content_id=self.instance.content_id).exists():
            self.add_error(moved[0], _("It was published there, and a published thing keeps its place."))

    def save(self, commit=True):
        if "held_texts" in self.cleaned_data:
            held = set(self.cleaned_data["held_texts"])
            for value in held | set(self._held()):
                languages.hold_back(self.instance, *value.split(":"), held=value in held)
        return super().save(commit)


class VerbForm(forms.Form):
    """What a verb asks. Sent back with mistakes, the cursor stands in the first wrong field."""

    def full_clean(self):
        super().full_clean()
        if wrong := next((name for name in self.fields if name in self.errors), None):
            self.fields[wrong].widget.attrs["autofocus"] = True


class NoteForm(VerbForm):
    """A public text, one field a language; Simplified Chinese is converted where it is left empty."""

    note_en = forms.CharField(label=Language.EN.label, required=False, widget=TextArea({"rows": 2, "lang": "en"}))
    note_zh_hant = forms.CharField(
        label=Language.ZH_HANT.label, required=False, widget=TextArea({"rows": 2, "lang": "zh-hant"})
    )
    note_zh_hans = forms.CharField(
        label=Language.ZH_HANS.label, required=False, widget=TextArea({"rows": 2, "lang": "zh-hans"})
    )

    def text(self) -> dict | None:
        """The note as a document's text; None where nothing was written."""
        words = {language: self.cleaned_data[column("note", language)] for language in LANGUAGES}
        text = {language: each for language, each in words.items() if each}
        if text.get("zh-hant") and not text.get("zh-hans"):
            text |= {"zh-hans": languages.as_simplified(text["zh-hant"]), "state": {"zh-hans": CONVERTED}}
        return text or None


class GoingOutForm(NoteForm):
    """warned: somebody must say why it goes out in spite of the warnings."""

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

    def __init__(self, *args, warned: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.warned = warned

    def clean(self):
        cleaned = super().clean()
        if self.warned and not cleaned.get("overruled"):
            self.add_error("overruled", _("Say why the warnings do not count."))
        return cleaned

    def note(self) -> Note:
        return Note(self.text(), major=self.cleaned_data["update_type"] == "major")


class PublishForm(GoingOutForm):
    publish_at = forms.DateTimeField(
        label=_("At a later moment (Hong Kong time)"),
        help_text=_("Exactly what is shown here goes out then; later edits do not."),
        required=False,
        widget=MomentInput,
    )

    def clean(self):
        cleaned = super().clean()
        if "_schedule" in self.data and not cleaned.get("publish_at") and "publish_at" not in self.errors:
            self.add_error("publish_at", _("Give the moment at which it goes public."))
        if "_schedule" not in self.data and cleaned.get("publish_at"):
            self.add_error("publish_at", _("To publish now, leave this empty; else press “Schedule”."))
        return cleaned


class WithdrawForm(NoteForm):
    def clean(self):
        if not any(self.cleaned_data.get(column("note", language)) for language in LANGUAGES):
            self.add_error("note_en", _("Give a public reason in at least one language."))
        return self.cleaned_data
