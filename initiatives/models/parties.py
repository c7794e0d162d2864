"""Actors: organisations, people and their posts; and the policy areas in which they act."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.fields import FuzzyDateGroup, long_text_field, short_text_field
from newsroom.models import HeldBack, Publishable, Root

from .sources import Cited

ONE_PER_LINE_HELP = _("One a line.")


class SmallRoot(Root):
    """A root that is published along with the first thing that names it, once checked."""

    checked = models.BooleanField(
        _("checked"), default=True, help_text=_("May be published along with the first thing that names it.")
    )

    class Meta:
        abstract = True


class PolicyArea(SmallRoot):
    texts = ("title",)
    type_name = "area"
    title = short_text_field(_("title"))

    class Meta:
        verbose_name = _("policy area")
        verbose_name_plural = _("policy areas")
        ordering = ["slug"]


class Organisation(Cited, SmallRoot):
    texts = ("name", "summary")
    name_text = "name"
    name = short_text_field(_("name"))
    aliases = models.TextField(_("aliases"), blank=True, default="", help_text=ONE_PER_LINE_HELP)
    former_names = models.TextField(_("former names"), blank=True, default="", help_text=ONE_PER_LINE_HELP)
    summary = long_text_field(_("summary"))
    kind = models.CharField(_("kind"), max_length=80, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("parent")
    )
    founded = FuzzyDateGroup(_("founded"))

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["slug"]


class Person(Cited, SmallRoot):
    texts = ("name", "summary")
    name_text = "name"
    name = short_text_field(_("name"))
    honorific = models.CharField(_("honorific"), max_length=40, blank=True, default="")
    aliases = models.TextField(_("aliases"), blank=True, default="", help_text=ONE_PER_LINE_HELP)
    summary = long_text_field(_("summary"))
    kind = models.CharField(_("kind"), max_length=80, blank=True, default="")

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["slug"]


class Post(HeldBack, Publishable):
    """An office that a person held for a time."""

    texts = ("title",)
    title = short_text_field(_("title"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="posts", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="posts", verbose_name=_("organisation")
    )
    began = FuzzyDateGroup(_("began"))
    ended = FuzzyDateGroup(_("ended"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["position", "pk"]
