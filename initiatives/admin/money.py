from django.contrib import admin
from django.utils.translation import gettext_lazy

from newsroom.admin.base import ChildAdmin
from record.formatting import format_exact_hkd

from ..models import Funding
from .citation_forms import CitationInline


class HkdAmountMixin(admin.ModelAdmin):
    """Adds a list column with the amount in HKD; empty for rows without one."""

    @admin.display(description=gettext_lazy("amount (HKD)"), ordering="amount_hkd")
    def amount(self, row):
        return None if row.amount_hkd is None else format_exact_hkd(row.amount_hkd)


@admin.register(Funding)
class FundingAdmin(HkdAmountMixin, ChildAdmin):
    primary_fields = (
        "initiative",
        ("stage", "payer", "qualifier", "amount_hkd"),
        ("announcement", "fiscal_year"),
        ("part_of", "restates"),
        "position",
    )
    autocomplete_fields = ("initiative", "announcement", "part_of", "restates")
    inlines = (CitationInline,)
    list_display = ("__str__", "initiative", "stage", "payer", "qualifier", "amount", "fiscal_year", "held")
    list_filter = ("stage", "payer", "held_back")
    list_select_related = ("initiative",)
    bigram_columns = ("title_en", "title_zh_hant", "title_zh_hans")
    search_fields = (*bigram_columns, "initiative__title_en", "initiative__slug")
    ordering = ("-pk",)
    date_hierarchy = "dated_latest"
