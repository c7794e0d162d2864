from django.contrib import admin

from initiatives.admin.citation_forms import CitationInline
from newsroom.admin.base import ChildAdmin, RootAdmin, WorkingInline
from newsroom.admin.editing.changelists import PublicStateFilter
from newsroom.admin.status_panel import ChildTable

from ..models import Affiliation, Expert, Forecast


class AffiliationInline(WorkingInline):
    model = Affiliation
    primary_fields = ()
    trailing_fields = ("organisation", "position", "held_back")
    autocomplete_fields = ("organisation",)


@admin.register(Expert)
class ExpertAdmin(RootAdmin):
    primary_fields = (("slug", "unverified"), ("person", "organisation"))
    prepopulated_fields = {"slug": ("name_en",)}
    autocomplete_fields = ("person", "organisation")
    inlines = (AffiliationInline,)
    child_tables = (ChildTable(Forecast, "expert", ("milestone", "probability", "made_on")),)
    list_display = ("__str__", "state", "field_en", "unverified", "slug")
    list_filter = (PublicStateFilter, "unverified")
    search_fields = ("slug", "name_en", "name_zh_hant", "name_zh_hans", "field_en", "field_zh_hant")


@admin.register(Forecast)
class ForecastAdmin(ChildAdmin):
    primary_fields = ("expert", "milestone", ("probability", "made_on", "by_day"))
    autocomplete_fields = ("expert", "milestone")
    inlines = (CitationInline,)
    list_display = ("__str__", "milestone", "made_on", "by_day", "held")
    list_filter = ("held_back",)
    list_select_related = ("expert", "milestone")
    search_fields = ("expert__name_en", "expert__name_zh_hant", "milestone__title_en", "milestone__title_zh_hant")
    date_hierarchy = "made_on"
