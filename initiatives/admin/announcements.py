from django.contrib import admin

from publishing.admin.base import ChildAdmin, RootAdmin
from publishing.admin.lists import PublicFilter
from publishing.admin.panels import Listing

from ..models import Announcement, Figure, Verdict
from .citing import CitationInline, CitedInline
from .facts import StatementInline
from .measuring import MeasuredFactForm, MeasuredForm
from .money import InHkd

AMOUNT = (
    ("fiscal_year", "vintage", "as_at", "published_on", "after_bonds"),
    ("qualifier", "amount_hkd", "amount_low_hkd", "amount_high_hkd"),
    ("count", "unit"),
)


class FigureInline(CitedInline):
    model = Figure
    form = MeasuredFactForm
    main = AMOUNT


@admin.register(Announcement)
class AnnouncementAdmin(RootAdmin):
    main = (
        ("slug", "kind", "fiscal_year"),
        ("delivered_on", "passed_on"),
        ("delivered_by", "speech"),
        "key_phrase",
    )
    autocomplete_fields = ("delivered_by", "speech")
    inlines = (FigureInline, StatementInline, CitationInline)
    listed = (Listing(Verdict, "announcement", ("rating", "rated_by", "rated_on")),)
    list_display = ("__str__", "state", "kind", "fiscal_year", "delivered_on", "delivered_by")
    list_filter = (PublicFilter, "kind")
    list_select_related = ("delivered_by",)
    search_fields = ("slug", "title_en", "title_zh_hant", "title_zh_hans", "fiscal_year")
    date_hierarchy = "delivered_on"


@admin.register(Figure)
class FigureAdmin(InHkd, ChildAdmin):
    form = MeasuredForm
    main = ("announcement", *AMOUNT, "position")
    autocomplete_fields = ("announcement",)
    inlines = (CitationInline,)
    list_display = ("__str__", "announcement", "fiscal_year", "vintage", "amount", "as_at", "held")
    list_filter = ("vintage", "held_back")
    list_select_related = ("announcement",)
    search_fields = ("title_en", "title_zh_hant", "title_zh_hans", "fiscal_year", "announcement__slug")
    date_hierarchy = "as_at"
