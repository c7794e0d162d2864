"""Pages of the site that editors write."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..fields import long_text, title_text
from .base import Root


class Page(Root):
    """A page of the site in Markdown, such as About, Method or Privacy."""

    texts = ("title", "body")
    title = title_text(_("title"))
    body = long_text(_("body (Markdown)"))
    position = models.PositiveSmallIntegerField(_("position in menus"), default=0)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "slug"]
