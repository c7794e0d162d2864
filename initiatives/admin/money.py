from django.contrib import admin

from publishing.admin.base import ChildAdmin

from ..models import Funding
from .citing import CitationInline


@admin.register(Funding)
class FundingAdmin(ChildAdmin):
    main = (
        "initiative",
        ("stage", "payer", "qualifier", "amount_hkd"),
        ("announcement", "fiscal_year"),
        ("part_of", "restates"),
        "position",
    )
    autocomplete_fields = ("initiative", "announcement", "part_of", "restates")
    inlines = (CitationInline,)
    list_display = ("__str__", "initiative", "stage", "payer", "qualifier", "amount_hkd", "fiscal_year", "held")
    list_filter = ("stage", "payer", "held_back")
    list_select_related = ("initiative",)
    pairs = ("title_en", "title_zh_hant", "title_zh_hans")
    search_fields = (*pairs, "initiative__title_en", "initiative__slug")
    ordering = ("-pk",)
    date_hierarchy = "dated_latest"
