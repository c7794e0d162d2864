"""What every row of the working copy has that can be published. `objects` hides nothing."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .. import languages


class HeldBack(models.Model):
    """A row that documents leave out until it is released."""

    held_back = models.BooleanField(
        _("held back"), default=False, help_text=_("Left out of what is published until it is released.")
    )

    class Meta:
        abstract = True


class Publishable(models.Model):
    """A row of the working copy. Nothing saved here is public."""

    texts: tuple[str, ...] = ()  # names of its texts in three languages
    name_text = "title"  # the one that others name it by

    content_id = models.UUIDField(_("content id"), unique=True, default=uuid.uuid4, editable=False)
    internal_note = models.TextField(_("internal note"), blank=True, default="", help_text=_("Never public."))
    text_states = models.JSONField(default=dict, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("saved"), auto_now=True)

    class Meta:
        abstract = True

    def __str__(self):
        """In the language of whoever looks, where it has a name in it."""
        order = languages.FALLBACKS.get(get_language(), languages.LANGUAGES)
        names = (getattr(self, languages.column(self.name_text, each), "") for each in order)
        return next((name for name in names if name), "") or self.nameless()

    def save(self, *args, **kwargs):
        languages.refresh(self)
        super().save(*args, **kwargs)

    @classmethod
    def nameless(cls) -> str:
        """What a row is called that has no name yet."""
        named = languages.column(cls.name_text, "en")
        kind = capfirst(str(cls._meta.verbose_name))
        if cls.name_text not in cls.texts:
            return _("%(kind)s without a name") % {"kind": kind}
        return _("%(kind)s without %(what)s") % {"kind": kind, "what": cls._meta.get_field(named).verbose_name}

    def text(self, name: str) -> dict | None:
        """The document's form of one of its texts."""
        return languages.text_of(self, name)


class Root(Publishable):
    """A thing published together with its children, at an address of its own."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if not any(getattr(self, column) for column in languages.columns(self.name_text)):
            raise ValidationError({languages.column(self.name_text, "en"): _("Give a title in at least one language.")})


class Child(HeldBack, Publishable):
    """A thing published with its root, with editions of its own."""

    class Meta:
        abstract = True
