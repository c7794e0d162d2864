"""Admins and inlines of facts, which are published inside another row's document."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from newsroom.admin.base import FactAdmin
from newsroom.admin.diff.labels import fact_models, key_labels

from ..models import Evidence, Observation, Outcome, Statement, Target
from .citation_forms import CitationInline, CitedInline
from .outcome_inlines import MeasuredFactForm, MeasuredForm

fact_models |= {"statements": Statement, "evidence": Evidence, "targets": Target, "observations": Observation}
key_labels |= {
    "first_promise": _("first promise"),
    "current_promise": _("current promise"),
    "moves": _("times moved"),
    "baseline_date": _("date of the baseline"),
    "phrase_language": _("language of the phrase"),
    "quote_language": _("language of the quote"),
    "words_language": _("language of the words"),
    "outcome": Outcome._meta.verbose_name,
    "versions": _("language versions"),
}

STATEMENT_FIELDS = (("person", "organisation", "claim", "inferred"),)
EVIDENCE_FIELDS = (("supports", "searched", "holds_until"),)
TARGET_FIELDS = (("kind", "value", "due_on"), ("words", "set_by"))
OBSERVATION_FIELDS = (("value", "qualifier", "status", "method_break"),)


class StatementInline(CitedInline):
    model = Statement
    main = STATEMENT_FIELDS
    autocomplete_fields = ("person", "organisation")


class EvidenceInline(CitedInline):
    model = Evidence
    main = EVIDENCE_FIELDS


class TargetInline(CitedInline):
    model = Target
    form = MeasuredFactForm
    main = TARGET_FIELDS


class ObservationInline(CitedInline):
    model = Observation
    form = MeasuredFactForm
    main = OBSERVATION_FIELDS


@admin.register(Statement)
class StatementAdmin(FactAdmin):
    parents = ("milestone", "initiative", "announcement")
    main = (parents, *STATEMENT_FIELDS, "position")
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
    pairs = ("promised_phrase", "stated_phrase")
    search_fields = (*pairs, "milestone__title_en", "milestone__title_zh_hant")
    ordering = ("-pk",)
    date_hierarchy = "stated_latest"

    @admin.display(description=Statement._meta.verbose_name)
    def about(self, row):
        return row.milestone or row.initiative or row.announcement


@admin.register(Evidence)
class EvidenceAdmin(FactAdmin):
    parents = ("milestone",)
    main = ("milestone", *EVIDENCE_FIELDS, "position")
    autocomplete_fields = ("milestone",)
    inlines = (CitationInline,)
    list_display = ("__str__", "milestone", "supports", "dated_latest", "holds_until", "held")
    list_filter = ("supports", "held_back")
    list_select_related = ("milestone",)
    pairs = ("summary_en", "summary_zh_hant", "summary_zh_hans")
    search_fields = (*pairs, "milestone__title_en")
    ordering = ("-pk",)
    date_hierarchy = "dated_latest"


@admin.register(Target)
class TargetAdmin(FactAdmin):
    form = MeasuredForm
    parents = ("outcome",)
    main = ("outcome", *TARGET_FIELDS, "position")
    autocomplete_fields = ("outcome",)
    inlines = (CitationInline,)
    list_display = ("__str__", "outcome", "kind", "due_on", "set_by", "held")
    list_filter = ("kind", "held_back")
    list_select_related = ("outcome",)
    pairs = ("words", "set_by")
    search_fields = (*pairs, "outcome__title_en", "outcome__title_zh_hant")
    ordering = ("-pk",)
    date_hierarchy = "due_on"


@admin.register(Observation)
class ObservationAdmin(FactAdmin):
    form = MeasuredForm
    parents = ("outcome",)
    main = ("outcome", *OBSERVATION_FIELDS, "position")
    autocomplete_fields = ("outcome",)
    inlines = (CitationInline,)
    list_display = ("__str__", "outcome", "value", "status", "observed_latest", "held")
    list_filter = ("status", "method_break", "held_back")
    list_select_related = ("outcome",)
    pairs = ("note_en", "note_zh_hant")
    search_fields = (*pairs, "outcome__title_en", "outcome__title_zh_hant")
    ordering = ("-pk",)
    date_hierarchy = "observed_latest"
