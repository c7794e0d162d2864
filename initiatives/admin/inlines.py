"""Admins and inlines of facts, which are published inside another row's document."""

from django.contrib import admin

from newsroom.admin.base import FactAdmin

from ..models import Evidence, Observation, Statement, Target
from .citation_forms import CitationInline, CitedInline
from .outcome_inlines import MeasuredFactForm, MeasuredForm

STATEMENT_FIELDS = (("person", "organisation", "claim", "inferred"),)
EVIDENCE_FIELDS = (("supports", "searched", "holds_until"),)
TARGET_FIELDS = (("kind", "value", "due_on"), ("words", "set_by"))
OBSERVATION_FIELDS = (("value", "qualifier", "status", "method_break"),)


class StatementInline(CitedInline):
    model = Statement
    primary_fields = STATEMENT_FIELDS
    autocomplete_fields = ("person", "organisation")


class EvidenceInline(CitedInline):
    model = Evidence
    primary_fields = EVIDENCE_FIELDS


class TargetInline(CitedInline):
    model = Target
    form = MeasuredFactForm
    primary_fields = TARGET_FIELDS


class ObservationInline(CitedInline):
    model = Observation
    form = MeasuredFactForm
    primary_fields = OBSERVATION_FIELDS


@admin.register(Statement)
class StatementAdmin(FactAdmin):
    parent_fields = ("milestone", "initiative", "announcement")
    primary_fields = (parent_fields, *STATEMENT_FIELDS, "position")
    autocomplete_fields = ("milestone", "initiative", "announcement", "person", "organisation")
    inlines = (CitationInline,)
    list_display = (
        "__str__",
        "about",
        "person",
        "organisation",
        "claim",
        "stated_latest",
        "promised_latest",
        "held",
    )
    list_filter = ("claim", "inferred", "held_back")
    list_select_related = ("milestone", "initiative", "announcement", "person", "organisation")
    bigram_columns = ("promised_phrase", "stated_phrase")
    search_fields = (*bigram_columns, "milestone__title_en", "milestone__title_zh_hant")
    ordering = ("-pk",)
    date_hierarchy = "stated_latest"

    @admin.display(description=Statement._meta.verbose_name)
    def about(self, row):
        return row.milestone or row.initiative or row.announcement


@admin.register(Evidence)
class EvidenceAdmin(FactAdmin):
    parent_fields = ("milestone",)
    primary_fields = ("milestone", *EVIDENCE_FIELDS, "position")
    autocomplete_fields = ("milestone",)
    inlines = (CitationInline,)
    list_display = ("__str__", "milestone", "supports", "dated_latest", "holds_until", "held")
    list_filter = ("supports", "held_back")
    list_select_related = ("milestone",)
    bigram_columns = ("summary_en", "summary_zh_hant", "summary_zh_hans")
    search_fields = (*bigram_columns, "milestone__title_en")
    ordering = ("-pk",)
    date_hierarchy = "dated_latest"


@admin.register(Target)
class TargetAdmin(FactAdmin):
    form = MeasuredForm
    parent_fields = ("outcome",)
    primary_fields = ("outcome", *TARGET_FIELDS, "position")
    autocomplete_fields = ("outcome",)
    inlines = (CitationInline,)
    list_display = ("__str__", "outcome", "kind", "due_on", "set_by", "held")
    list_filter = ("kind", "held_back")
    list_select_related = ("outcome",)
    bigram_columns = ("words", "set_by")
    search_fields = (*bigram_columns, "outcome__title_en", "outcome__title_zh_hant")
    ordering = ("-pk",)
    date_hierarchy = "due_on"


@admin.register(Observation)
class ObservationAdmin(FactAdmin):
    form = MeasuredForm
    parent_fields = ("outcome",)
    primary_fields = ("outcome", *OBSERVATION_FIELDS, "position")
    autocomplete_fields = ("outcome",)
    inlines = (CitationInline,)
    list_display = ("__str__", "outcome", "value", "status", "observed_latest", "held")
    list_filter = ("status", "method_break", "held_back")
    list_select_related = ("outcome",)
    bigram_columns = ("note_en", "note_zh_hant")
    search_fields = (*bigram_columns, "outcome__title_en", "outcome__title_zh_hant")
    ordering = ("-pk",)
    date_hierarchy = "observed_latest"
