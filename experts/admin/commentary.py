from django.contrib import admin

from initiatives.admin.citation_forms import CitationInline
from newsroom.admin.base import RootAdmin, WorkingInline
from newsroom.admin.editing.changelists import PublicStateFilter

from ..models import Commentary, Theme


class ThemeInline(WorkingInline):
    model = Theme
    primary_fields = ()
    trailing_fields = ("kind", "position", "held_back")


@admin.register(Commentary)
class CommentaryAdmin(RootAdmin):
    primary_fields = (("slug", "stance", "unverified"), "expert", "initiatives", "announcements", "quote")
    autocomplete_fields = ("expert", "initiatives", "announcements")
    inlines = (ThemeInline, CitationInline)
    list_display = ("__str__", "state", "expert", "stance", "dated_latest", "unverified")
    list_filter = (PublicStateFilter, "stance", "unverified")
    list_select_related = ("expert",)
    search_fields = ("slug", "title_en", "title_zh_hant", "title_zh_hans", "expert__name_en", "expert__name_zh_hant")
    date_hierarchy = "dated_latest"
