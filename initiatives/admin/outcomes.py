from django.contrib import admin

from newsroom.admin.base import ChildAdmin

from ..models import Outcome
from .citation_forms import CitationInline
from .inlines import ObservationInline, TargetInline
from .outcome_inlines import MeasuredForm
from .owners import OwnerMixin


@admin.register(Outcome)
class OutcomeAdmin(OwnerMixin, ChildAdmin):
    form = MeasuredForm
    primary_fields = (
        "initiative",
        ("unit", "direction", "aggregation"),
        ("baseline_value", "expected_every", "owner", "position"),
    )
    actions = (*ChildAdmin.actions, "set_owner_of_rows")
    autocomplete_fields = ("initiative",)
    inlines = (TargetInline, ObservationInline, CitationInline)
    list_display = ("__str__", "initiative", "unit", "direction", "owner", "held")
    list_filter = ("direction", "aggregation", "held_back", "owner")
    list_select_related = ("initiative", "owner")
    bigram_columns = ("title_en", "title_zh_hant", "title_zh_hans")
    search_fields = (*bigram_columns, "initiative__title_en", "initiative__slug")
    ordering = ("-pk",)
