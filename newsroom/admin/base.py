"""Base admin classes of the newsroom; their subclasses in the apps are declarations only."""

from django.contrib import admin
from django.db import models
from django.http import HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from ..documents.registry import get_root
from .editing.amounts import AmountField, AmountInput, CountInput
from .editing.changelists import (
    DeferredJoinPaginator,
    HoldBackMixin,
    PublicStateFilter,
    RootChangeList,
    format_state_badge,
)
from .editing.deletion import SafeDeleteMixin
from .editing.edit_conflicts import EditConflictMixin
from .editing.fieldsets import build_form_fieldsets, build_inline_fieldsets
from .editing.forms import InlineForm, PublishableForm
from .editing.formset_choices import WorkingFormSet
from .editing.restored_posts import RestoredPostMixin
from .editing.search import IndexedSearchMixin
from .editing.widgets import DayInput, TextArea
from .history.history import AuditHistoryMixin
from .status_panel import ChildTable, build_status_panel
from .workflow.bulk import BulkPublishMixin
from .workflow.compare import CompareView, EditionsView
from .workflow.confirm import ConfirmView, TranslationReviewMixin
from .workflow.preview import PreviewView
from .workflow.preview_links import PreviewLinksView
from .workflow.publish import PublishView
from .workflow.redact import RedactionView, RedactView
from .workflow.restore import RestoreView
from .workflow.review import ReviewView
from .workflow.schedule import UnscheduleView
from .workflow.withdraw import WithdrawView
from .workflow.workflow_views import WorkflowViewsMixin, get_next_url, workflow_url

FORMFIELD_OVERRIDES = {
    models.DateField: {"widget": DayInput},
    models.TextField: {"widget": TextArea},
    models.URLField: {"assume_scheme": "https"},
    models.IntegerField: {"widget": CountInput},
    models.DecimalField: {"form_class": AmountField},
    models.BigIntegerField: {"form_class": AmountField, "widget": AmountInput, "money": True},
}


class WorkingAdmin(
    RestoredPostMixin, IndexedSearchMixin, EditConflictMixin, AuditHistoryMixin, SafeDeleteMixin, WorkflowViewsMixin
):
    """Admin of a model of the working copy.

    The order of the mixins counts: `RestoredPostMixin` makes a POST of a GET, which `EditConflictMixin` then merges.
    `primary_fields`: rows of the first fieldset. `child_tables`: child models shown as tables below the form.
    """

    form = PublishableForm
    formfield_overrides = FORMFIELD_OVERRIDES
    list_per_page = 50
    paginator = DeferredJoinPaginator
    show_full_result_count = False
    primary_fields: tuple = ()
    child_tables: tuple[ChildTable, ...] = ()

    def get_fieldsets(self, request, obj=None):
        return build_form_fieldsets(self.model, self.primary_fields)

    def get_root(self, row):
        """Return the root with which the row is published; None if it is not published with one root alone."""
        return get_root(row)

    def extra_buttons(self, request, row) -> list:
        """Return extra `PanelButton`s for the status panel, beside those of publishing."""
        return []

    def status_messages(self, row) -> list[str]:
        """Return sentences to show in the status panel on top of the form."""
        return []

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.pk:
            context |= self._panel_context(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _panel_context(self, request, row) -> dict:
        """Return the context of the status panel and the child tables; {} for a row without a root.

        They describe the stored row, also when a refused form with other values is shown.
        """
        stored = self.get_object(request, str(row.pk)) if request.method == "POST" else row
        root = self.get_root(stored)
        if root is None:
            return {}
        buttons, notes = self.extra_buttons(request, stored), self.status_messages(stored)
        return {
            "panel": build_status_panel(request, stored, root, buttons=buttons, notes=notes),
            "tables": [listing.table(request, stored, self._may_add) for listing in self.child_tables],
        }

    def _may_add(self, request, model) -> bool:
        """Return True if the user may add rows of this model."""
        return self.admin_site.get_model_admin(model).has_add_permission(request)

    def response_add(self, request, obj, post_url_continue=None):
        return self._workflow_response(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._workflow_response(request, obj) or super().response_change(request, obj)

    def response_post_save_add(self, request, obj):
        return self._next_response(request) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        return self._next_response(request) or super().response_post_save_change(request, obj)

    def _next_response(self, request):
        """Return a redirect to the page that asked, by `next`, to be returned to after Save; None without one."""
        back = get_next_url(request)
        return HttpResponseRedirect(back) if back else None

    def _workflow_response(self, request, row):
        """Return a redirect to the page of publishing or previewing, if its button saved the form; else None.

        The buttons are “Save and publish…” and “Save and preview”.
        """
        for verb, arguments in (("publish", []), ("preview", ["en"])):
            if f"_{verb}" in request.POST and (root := self.get_root(row)) is not None:
                back = get_next_url(request)
                query = f"?{urlencode({'next': back})}" if back else ""
                return HttpResponseRedirect(workflow_url(root, verb, *arguments) + query)
        return None


class RootAdmin(TranslationReviewMixin, BulkPublishMixin, WorkingAdmin):
    """Admin of a root: an object published at an address of its own."""

    list_filter = (PublicStateFilter,)
    prepopulated_fields = {"slug": ("title_en",)}
    workflow_views = (
        PublishView,
        UnscheduleView,
        WithdrawView,
        PreviewView,
        PreviewLinksView,
        ReviewView,
        CompareView,
        EditionsView,
        RestoreView,
        RedactView,
        RedactionView,
        ConfirmView,
    )

    def get_changelist(self, request, **kwargs):
        return RootChangeList

    @admin.display(description=_("state"))
    def state(self, row):
        """Show the publishing state that `RootChangeList` loaded for the rows of the page."""
        return format_state_badge(getattr(row, "publishing_state", None))


class ChildAdmin(TranslationReviewMixin, HoldBackMixin, WorkingAdmin):
    """Admin of a child: published with its root, with editions of its own."""

    workflow_views = (ConfirmView,)


class FactAdmin(HoldBackMixin, WorkingAdmin):
    """Admin of a fact: part of the document of a root or child, without editions of its own.

    `parent_fields`: names of its foreign keys to what it is about, of which exactly one is set.
    """

    parent_fields: tuple[str, ...] = ()

    def get_root(self, row):
        """Return the root of the row that the fact is about; None if it is about none."""
        parent = next((getattr(row, name) for name in self.parent_fields if getattr(row, f"{name}_id")), None)
        return parent and get_root(parent)


class WorkingInline(admin.StackedInline):
    """Inline for facts entered in the form of the row they are about.

    `primary_fields`: the first rows of its fieldset. `trailing_fields`: the fields of the last row.
    """

    form = InlineForm
    formset = WorkingFormSet
    formfield_overrides = FORMFIELD_OVERRIDES
    primary_fields: tuple = ()
    trailing_fields: tuple = ("position", "held_back")

    def get_fieldsets(self, request, obj=None):
        return build_inline_fieldsets(self.model, self.primary_fields, last=(self.trailing_fields,))

    def get_extra(self, request, obj=None, **kwargs):
        return 0
