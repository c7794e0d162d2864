"""Context: a fact that helps to read the record, or a known conflict between sources."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.fields import long_text_field
from newsroom.models import Root

from ..choices import ContextKind
from .announcements import Announcement
from .initiatives import Initiative
from .sources import Cited


class Context(Cited, Root):
    """A text about an initiative, an announcement or, where neither is named, the whole record."""

    texts = ("body",)
    name_text = "body"
    body = long_text_field(_("text"))
    kind = models.CharField(_("kind"), max_length=8, choices=ContextKind, default=ContextKind.FACT)
    initiative = models.ForeignKey(
        Initiative,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="contexts",
        verbose_name=_("about the initiative"),
    )
    announcement = models.ForeignKey(
        Announcement,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="contexts",
        verbose_name=_("about the announcement"),
    )

    class Meta:
        verbose_name = _("context")
        verbose_name_plural = _("context")
        ordering = ["slug"]
