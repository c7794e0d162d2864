"""Commentary: what an expert said, about which things, and with which stance."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.models import Announcement, Initiative
from initiatives.models.sources import Cited
from newsroom.fields import FuzzyDateGroup, long_text_field, short_text_field
from newsroom.models import HeldBack, Publishable, Root

from ..choices import Stance, ThemeKind
from .experts import Expert


class Commentary(Cited, Root):
    """An expert's words about initiatives or announcements or, where neither is named, about the subject at large."""

    texts = ("title", "summary")
    title = short_text_field(_("title"))
    summary = long_text_field(_("summary"))
    expert = models.ForeignKey(
        Expert, models.PROTECT, null=True, blank=True, related_name="commentary", verbose_name=_("expert")
    )
    initiatives = models.ManyToManyField(
        Initiative, blank=True, related_name="commentary", verbose_name=_("initiatives")
    )
    announcements = models.ManyToManyField(
        Announcement, blank=True, related_name="commentary", verbose_name=_("announcements")
    )
    dated = FuzzyDateGroup(_("date"))
    stance = models.CharField(_("stance"), max_length=10, choices=Stance, default=Stance.NEUTRAL)
    quote = models.CharField(_("quoted phrase"), max_length=200, blank=True, default="")
    unverified = models.BooleanField(
        _("unverified"), default=False, help_text=_("The words could not be traced. Readers are told.")
    )

    class Meta:
        verbose_name = _("commentary")
        verbose_name_plural = _("commentary")
        ordering = ["-dated_latest", "slug"]


class Theme(HeldBack, Publishable):
    """A challenge or an opportunity that the commentary names, in its own words."""

    texts = ("words",)
    name_text = "words"
    words = short_text_field(_("words"))
    commentary = models.ForeignKey(Commentary, models.CASCADE, related_name="themes", verbose_name=_("commentary"))
    kind = models.CharField(_("kind"), max_length=11, choices=ThemeKind)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["position", "pk"]
