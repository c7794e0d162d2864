"""The newsroom's base: what every row that can be published has. `objects` hides nothing."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import languages
from .choices import Language
from .editions import Change, Link, PageEdition, Publication, Record, Slug
from .fields import long_text, title_text

__all__ = [
    "Change",
    "Child",
    "EditorSettings",
    "HeldBack",
    "Link",
    "Page",
    "PageEdition",
    "Publication",
    "Publishable",
    "Record",
    "Root",
    "Slug",
]


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
        names = (getattr(self, column, "") for column in languages.columns(self.name_text))
        return next((name for name in names if name), str(self.content_id))

    def save(self, *args, **kwargs):
        languages.refresh(self)
        super().save(*args, **kwargs)

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


class Page(Root):
    """About, method, privacy: a page of the site, in Markdown."""

    texts = ("title", "body")
    title = title_text(_("title"))
    body = long_text(_("body (Markdown)"))
    position = models.PositiveSmallIntegerField(_("position in menus"), default=0)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "slug"]


class EditorSettings(models.Model):
    """What an editor chose for themselves."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="editor_settings", verbose_name=_("editor")
    )
    language = models.CharField(
        _("language"),
        max_length=7,
        choices=Language,
        default=Language.EN,
        help_text=_("Of the newsroom, and of mail to this person."),
    )

    class Meta:
        verbose_name = _("editor's settings")
        verbose_name_plural = _("editors' settings")

    def __str__(self):
        return f"{self.user}: {self.language}"

    @classmethod
    def language_of(cls, user) -> str:
        """The language this person chose; English where they chose none."""
        return cls.objects.filter(user=user).values_list("language", flat=True).first() or Language.EN
