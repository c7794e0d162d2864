from django.contrib import admin

from ..models import Page
from .base import RootAdmin


@admin.register(Page)
class PageAdmin(RootAdmin):
    main = (("slug", "position"),)
    list_display = ("__str__", "slug", "position", "state", "updated_at")
    search_fields = ("slug", "title_en", "title_zh_hant", "title_zh_hans")
