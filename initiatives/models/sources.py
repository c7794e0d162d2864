"""Sources, and the citations that tie every stated fact to them."""

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.fields import FuzzyDateGroup, day_field
from newsroom.models import HeldBack, Publishable
from record.choices import Language

from ..choices import Tier


class Source(Publishable):
    """One document in one language. Language versions of a work point at the first of them."""

    url = models.URLField(_("address"), max_length=2000, blank=True, default="")
    title = models.CharField(_("title"), max_length=500)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True, default="")
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier, default=Tier.PRESS)
    language = models.CharField(_("language"), max_length=7, choices=Language, default=Language.EN)
    published = FuzzyDateGroup(_("published"))
    accessed_on = day_field(_("accessed on"))
    derived_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="derived", verbose_name=_("derived from")
    )
    translation_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name=_("language version of"),
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["-published_latest", "title"]

    def __str__(self):
        return f"{self.title} ({self.publisher})" if self.publisher else self.title


class Citation(HeldBack, Publishable):
    """One source of one fact: where it stands in the source, and a short quoted phrase."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    cited = GenericForeignKey("content_type", "object_id")
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations", verbose_name=_("source"))
    locator = models.CharField(
        _("locator"), max_length=60, blank=True, default="", help_text=_("Where in it: ¶39, p. 12, 04:10")
    )
    quote = models.CharField(_("quoted phrase"), max_length=200, blank=True, default="")
    supports = models.CharField(_("what it supports"), max_length=200, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="citations_of_a_row")]

    def __str__(self):
        return f"{self.source} {self.locator}".strip()


class Cited(models.Model):
    """A row that states a fact and cites sources for it."""

    citations = GenericRelation(Citation, verbose_name=_("citations"))

    class Meta:
        abstract = True
