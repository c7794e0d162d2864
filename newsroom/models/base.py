"""Abstract base models of everything in the working copy that can be published. `objects` filters nothing out."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from record import languages


class HeldBack(models.Model):
    """A row that is left out of documents until it is released."""

    held_back = models.BooleanField(
        _("held back"), default=False, help_text=_("Left out of what is published until it is released.")
    )

    class Meta:
        abstract = True


class Publishable(models.Model):
    """A row of the working copy. Saving it makes nothing public.

    texts: the names of its texts in three languages. name_text: the one of them by which other rows call this one.
    type_name: the type by which the record calls its rows, if that is not the name of the model.
    """

    texts: tuple[str, ...] = ()  # names of its texts in three languages
    name_text = "title"  # the text by which other rows call this one
    type_name = ""

    content_id = models.UUIDField(_("content id"), unique=True, default=uuid.uuid4, editable=False)
    internal_note = models.TextField(_("internal note"), blank=True, default="", help_text=_("Never public."))
    text_states = models.JSONField(default=dict, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("saved"), auto_now=True)

    class Meta:
        abstract = True

    def __str__(self):
        """Return its name in the language of the current user, else in the first fallback language it has."""
        order = languages.FALLBACK_LANGUAGES.get(get_language(), languages.LANGUAGES)
        names = (getattr(self, languages.get_text_column(self.name_text, each), "") for each in order)
        return next((name for name in names if name), "") or self.unnamed_label()

    def save(self, *args, **kwargs):
        languages.update_text_states(self)
        super().save(*args, **kwargs)

    @classmethod
    def unnamed_label(cls) -> str:
        """Return what to call a row that has no name yet."""
        named = languages.get_text_column(cls.name_text, "en")
        kind = capfirst(str(cls._meta.verbose_name))
        if cls.name_text not in cls.texts:
            return _("%(kind)s without a name") % {"kind": kind}
        return _("%(kind)s without %(what)s") % {"kind": kind, "what": cls._meta.get_field(named).verbose_name}

    def text(self, name: str) -> dict | None:
        """Return a text in the form that documents hold, without what is held back; None if nothing is left."""
        return languages.text_to_document(self, name)


class Root(Publishable):
    """A thing that is published together with its children and has an address of its own."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if not any(getattr(self, column) for column in languages.get_text_columns(self.name_text)):
            raise ValidationError(
                {languages.get_text_column(self.name_text, "en"): _("Give a title in at least one language.")}
            )


class Child(HeldBack, Publishable):
    """A thing that is published with its root, but has editions of its own."""

    class Meta:
        abstract = True
