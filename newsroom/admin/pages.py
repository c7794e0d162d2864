"""Admin of the site's own pages, such as About."""

from django.contrib import admin

from ..models import Page
from .base import RootAdmin


@admin.register(Page)
class PageAdmin(RootAdmin):
    """Admin of the site's own pages."""

    primary_fields = (("slug", "position"),)
    list_display = ("__str__", "state", "slug", "position", "updated_at")
    search_fields = ("slug", "title_en", "title_zh_hant", "title_zh_hans")
