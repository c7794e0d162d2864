"""Pages of the site that editors write."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import long_text_field, short_text_field
from .base import Root


class Page(Root):
    """A page of the site in Markdown, such as About, Method or Privacy."""

    texts = ("title", "body")
    title = short_text_field(_("title"))
    body = long_text_field(_("body (Markdown)"))
    position = models.PositiveSmallIntegerField(_("position in menus"), default=0)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "slug"]
