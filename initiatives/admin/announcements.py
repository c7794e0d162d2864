from django.contrib import admin

from newsroom.admin.base import ChildAdmin, RootAdmin
from newsroom.admin.editing.changelists import PublicStateFilter
from newsroom.admin.status_panel import ChildTable

from ..models import Announcement, Figure, Verdict
from .citation_forms import CitationInline, CitedInline
from .inlines import StatementInline
from .money import HkdAmountMixin
from .outcome_inlines import MeasuredFactForm, MeasuredForm

AMOUNT_FIELDS = (
    ("fiscal_year", "vintage", "as_at", "published_on", "after_bonds"),
    ("qualifier", "amount_hkd", "amount_low_hkd", "amount_high_hkd"),
    ("count", "unit"),
)


class FigureInline(CitedInline):
    model = Figure
    form = MeasuredFactForm
    primary_fields = AMOUNT_FIELDS


@admin.register(Announcement)
class AnnouncementAdmin(RootAdmin):
    primary_fields = (
        ("slug", "kind", "fiscal_year"),
        ("delivered_on", "passed_on"),
        ("delivered_by", "speech"),
        "key_phrase",
    )
    autocomplete_fields = ("delivered_by", "speech")
    inlines = (FigureInline, StatementInline, CitationInline)
    child_tables = (ChildTable(Verdict, "announcement", ("rating", "rated_by", "rated_on")),)
    list_display = ("__str__", "state", "kind", "fiscal_year", "delivered_on", "delivered_by")
    list_filter = (PublicStateFilter, "kind")
    list_select_related = ("delivered_by",)
    search_fields = ("slug", "title_en", "title_zh_hant", "title_zh_hans", "fiscal_year")
    date_hierarchy = "delivered_on"


@admin.register(Figure)
class FigureAdmin(HkdAmountMixin, ChildAdmin):
    form = MeasuredForm
    primary_fields = ("announcement", *AMOUNT_FIELDS, "position")
    autocomplete_fields = ("announcement",)
    inlines = (CitationInline,)
    list_display = ("__str__", "announcement", "fiscal_year", "vintage", "amount", "as_at", "held")
    list_filter = ("vintage", "held_back")
    list_select_related = ("announcement",)
    search_fields = ("title_en", "title_zh_hant", "title_zh_hans", "fiscal_year", "announcement__slug")
    date_hierarchy = "as_at"
