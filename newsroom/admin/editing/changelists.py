"""Change lists of the newsroom: the states of the roots on a page, holding rows back and releasing them."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from record.models import LIVE, edition_classes

from ...actions.hold_back import hold_back
from ...choices import RootState
from ...documents.changeset import get_public_states
from ...documents.registry import get_row_type
from ...documents.workflow_state import get_workflow_states


def format_state_badge(state: RootState | None):
    """Return the state of a root as a coloured badge; "" without a state."""
    if state is None:
        return ""
    return format_html('<span class="badge badge-{}">{}</span>', state.value, state.label)


class DeferredJoinPaginator(Paginator):
    """Paginator that reads the keys of a page first, so that the last of 6,000 pages joins as few rows as the first."""

    def _get_page(self, rows, number, paginator):
        """Return the page over the rows with these keys, in one more query."""
        keys = list(rows.values_list("pk", flat=True))
        return super()._get_page(self.object_list.filter(pk__in=keys), number, paginator)


def count_related(model, key: str, *, different: str = "pk"):
    """Return a column with the number of a model's rows whose `key` is this row, counted in a subquery.

    `different`: count the different values of this field instead of the rows. The subquery runs only for the rows
    shown.
    """
    rows = model._base_manager.filter(**{key: OuterRef("pk")}).order_by().values(key)
    return Coalesce(Subquery(rows.annotate(count=Count(different, distinct=different != "pk")).values("count")), 0)


class RootChangeList(ChangeList):
    """Change list that loads the publishing states of all rows on the page at once."""

    def get_results(self, request):
        """Set `publishing_state` on each row of the page, in a fixed number of queries."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        if not self.result_list:
            return
        type, ids = get_row_type(self.model), [row.content_id for row in self.result_list]
        found = get_public_states(type, ids) | get_workflow_states(type, ids)
        for row in self.result_list:
            row.publishing_state = found[str(row.content_id)]


class PublicStateFilter(admin.SimpleListFilter):
    """Filter by what readers have of a root; the badge tells of unpublished changes."""

    title = _("in public")
    parameter_name = "public"

    def lookups(self, request, model_admin):
        return [("never", _("Never published")), ("yes", _("Published")), ("withdrawn", _("Withdrawn"))]

    def queryset(self, request, queryset):
        live = edition_classes()[get_row_type(queryset.model)].history.filter(LIVE)
        match self.value():
            case "never":
                return queryset.exclude(content_id__in=live.values("content_id"))
            case "yes":
                return queryset.filter(content_id__in=live.filter(tombstone=False).values("content_id"))
            case "withdrawn":
                return queryset.filter(content_id__in=live.filter(tombstone=True).values("content_id"))
        return queryset


class HoldBackMixin(admin.ModelAdmin):
    """Mixin with the list actions that hold rows back and release them."""

    actions = ("hold_back_rows", "release_rows")

    @admin.display(description=_("held back"), ordering="held_back")
    def held(self, row):
        """Show a badge on held-back rows only: a tick or a cross would not say which of the two is public."""
        return (
            format_html('<span class="badge badge-held">{}</span>', capfirst(_("held back"))) if row.held_back else ""
        )

    @admin.action(description=_("Hold back the selected rows"), permissions=["change"])
    def hold_back_rows(self, request, queryset):
        self._set_held_back(request, queryset, held=True)

    @admin.action(description=_("Release the selected rows"), permissions=["change"])
    def release_rows(self, request, queryset):
        self._set_held_back(request, queryset, held=False)

    def _set_held_back(self, request, queryset, *, held):
        """Hold the rows back or release them, and tell the editor how many changed."""
        count = hold_back(rows=queryset, held=held, by=request.user)
        told = (
            ngettext("%d row is held back.", "%d rows are held back.", count)
            if held
            else ngettext("%d row is released.", "%d rows are released.", count)
        )
        messages.success(request, told % count)
