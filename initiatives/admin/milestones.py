from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.admin.base import ChildAdmin

from ..actions.results import check_result, set_result
from ..models import Milestone
from .citation_forms import CitationInline
from .inlines import EvidenceInline, StatementInline
from .owners import OwnerMixin
from .second_person import CheckView, SecondPersonMixin


@admin.register(Milestone)
class MilestoneAdmin(OwnerMixin, SecondPersonMixin, ChildAdmin):
    primary_fields = ("initiative", ("kind", "result", "owner", "position"))
    actions = (*ChildAdmin.actions, "set_owner_of_rows")
    autocomplete_fields = ("initiative",)
    inlines = (StatementInline, EvidenceInline, CitationInline)
    list_display = ("__str__", "initiative", "kind", "result", "actual_latest", "owner", "held")
    list_filter = ("kind", "result", "held_back", "owner")
    list_select_related = ("initiative", "owner")
    bigram_columns = ("title_en", "title_zh_hant", "title_zh_hans")
    search_fields = (*bigram_columns, "initiative__title_en", "initiative__slug")
    ordering = ("-pk",)
    workflow_views = (*ChildAdmin.workflow_views, CheckView)
    check_label = gettext_lazy("Check result")
    setter_field = "result_set_by"

    def save_model(self, request, obj, form, change):
        """Save the result and its date through the action that remembers who set them."""
        result, actual = obj.result, obj.actual
        stored = Milestone.objects.filter(pk=obj.pk).first() or Milestone()
        obj.result, obj.actual = stored.result, stored.actual
        super().save_model(request, obj, form, change)
        if (obj.result, obj.actual) != (result, actual):
            set_result(milestone=obj, result=result, actual=actual, by=request.user)

    def needs_check(self, row):
        return row.needs_check

    def check_row(self, row, *, by):
        check_result(milestone=row, by=by)

    def confirmation_message(self, row):
        return _("The result of “%(name)s” is checked by you.") % {"name": row}

    def status_messages(self, row):
        if row.checked_by:
            return [
                _("Result set by %(one)s, checked by %(other)s.") % {"one": row.result_set_by, "other": row.checked_by}
            ]
        if row.needs_check:
            return [_("Result set by %(one)s. It needs to be checked by somebody else.") % {"one": row.result_set_by}]
        return []
