"""Admin of the site's own pages, such as About; it also registers the app's page previews."""

from django.contrib import admin

from ..models import Page
from ..shapes.pages import PAGES
from .base import RootAdmin
from .preview import pages

pages.update(PAGES)


@admin.register(Page)
class PageAdmin(RootAdmin):
    """Admin of the site's own pages."""

    main = (("slug", "position"),)
    list_display = ("__str__", "state", "slug", "position", "updated_at")
    search_fields = ("slug", "title_en", "title_zh_hant", "title_zh_hans")
