from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.admin.base import ChildAdmin

from ..actions.verdicts import check_verdict, rate
from ..choices import RatedBy
from ..models import Verdict
from .citation_forms import CitationInline
from .second_person import CheckView, SecondPersonMixin


@admin.register(Verdict)
class VerdictAdmin(SecondPersonMixin, ChildAdmin):
    primary_fields = (
        ("initiative", "announcement"),
        "target",
        ("rating", "clarity", "confidence"),
        ("rated_by", "monitor", "rated_on"),
    )
    autocomplete_fields = ("initiative", "announcement", "target", "monitor")
    inlines = (CitationInline,)
    list_display = ("about", "rating", "rated_by", "rated_on", "checked_by", "held")
    list_filter = ("rating", "rated_by", "held_back")
    list_select_related = ("initiative", "announcement", "checked_by")
    search_fields = ("reasons_en", "reasons_zh_hant", "initiative__title_en", "announcement__title_en")
    date_hierarchy = "rated_on"
    workflow_views = (*ChildAdmin.workflow_views, CheckView)
    check_label = gettext_lazy("Check verdict")

    @admin.display(description=gettext_lazy("of"))
    def about(self, row):
        return row.initiative or row.announcement

    def save_model(self, request, obj, form, change):
        """Save through the action that remembers who rated."""
        rate(verdict=obj, by=request.user)

    def needs_check(self, row):
        return row.rated_by == RatedBy.US and row.checked_by_id is None

    def check_row(self, row, *, by):
        check_verdict(verdict=row, by=by)

    def confirmation_message(self, row):
        return _("The rating of “%(name)s” is checked by you.") % {"name": self.about(row)}

    def status_messages(self, row):
        if row.checked_by:
            return [_("Rated by %(one)s, checked by %(other)s.") % {"one": row.set_by, "other": row.checked_by}]
        if self.needs_check(row):
            return [_("Rated by %(one)s. It needs to be checked by somebody else.") % {"one": row.set_by}]
        return []
