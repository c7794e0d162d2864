from django.contrib import admin

from initiatives.admin.citing import CitationInline
from publishing.admin.base import ChildAdmin, RootAdmin, WorkingInline
from publishing.admin.lists import PublicFilter
from publishing.admin.panels import Listing

from ..models import Affiliation, Expert, Forecast


class AffiliationInline(WorkingInline):
    model = Affiliation
    main = ()
    last = ("organisation", "position", "held_back")
    autocomplete_fields = ("organisation",)


@admin.register(Expert)
class ExpertAdmin(RootAdmin):
    main = (("slug", "unverified"), ("person", "organisation"))
    prepopulated_fields = {"slug": ("name_en",)}
    autocomplete_fields = ("person", "organisation")
    inlines = (AffiliationInline,)
    listed = (Listing(Forecast, "expert", ("milestone", "probability", "made_on")),)
    list_display = ("__str__", "state", "field_en", "unverified", "slug")
    list_filter = (PublicFilter, "unverified")
    search_fields = ("slug", "name_en", "name_zh_hant", "name_zh_hans", "field_en", "field_zh_hant")


@admin.register(Forecast)
class ForecastAdmin(ChildAdmin):
    main = ("expert", "milestone", ("probability", "made_on", "by_day"))
    autocomplete_fields = ("expert", "milestone")
    inlines = (CitationInline,)
    list_display = ("__str__", "milestone", "made_on", "by_day", "held")
    list_filter = ("held_back",)
    list_select_related = ("expert", "milestone")
    search_fields = ("expert__name_en", "expert__name_zh_hant", "milestone__title_en", "milestone__title_zh_hant")
    date_hierarchy = "made_on"
