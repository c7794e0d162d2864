"""Read-only admin of the audit log of the whole working copy; deleted rows are restored from here."""

from uuid import UUID

import auditlog.admin  # noqa: F401  it registers an admin of its own, which is unregistered below
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from record.formatting import format_moment

from ...actions.permissions import perm
from ...actions.restore_deleted import undelete
from ...models import Publishable, WorkingChange
from ...models.ownership import get_model_type
from ..read_only import ReadOnlyAdmin
from ..workflow.workflow_views import WorkflowButtonView, WorkflowViewsMixin
from .log_entries import describe_audit_entries

admin.site.unregister(WorkingChange)


class AuditKindFilter(admin.SimpleListFilter):
    """Filter by the model of the changed row."""

    title, parameter_name = gettext_lazy("kind"), "kind"

    def lookups(self, request, model_admin):
        kinds = ContentType.objects.get_for_models(*list_working_models())
        return sorted(
            ((str(kind.pk), capfirst(str(model._meta.verbose_name))) for model, kind in kinds.items()),
            key=lambda each: each[1],
        )

    def queryset(self, request, queryset):
        chosen = self.value()
        return queryset.filter(content_type=chosen) if chosen and chosen.isascii() and chosen.isdigit() else queryset


class AuditRootFilter(admin.SimpleListFilter):
    """Filter for the entries of one root with all that belongs to it; links set it, as “type:content_id”."""

    title, parameter_name = gettext_lazy("record"), "record"

    def lookups(self, request, model_admin):
        chosen = request.GET.get(self.parameter_name)
        return [(chosen, _("the chosen record"))] if chosen else []

    def has_output(self):
        """Return True while a root is chosen, so that the filter can be removed."""
        return bool(self.value())

    def queryset(self, request, queryset):
        type, _colon, content_id = (self.value() or "").partition(":")
        return queryset.of_root(type, content_id) if _is_uuid(content_id) else queryset


def _is_uuid(content_id: str) -> bool:
    """Return True if the text is a UUID."""
    try:
        return bool(UUID(content_id))
    except ValueError:
        return False


class AuditChangeList(ChangeList):
    """Change list that loads what the entries of the page describe, and their roots, at once."""

    def get_results(self, request):
        """Set `told` (the entry for display) and `record_row` (its root, or None) on each entry."""
        super().get_results(request)
        entries = list(self.result_list)
        records = load_entry_roots(entries)
        for entry, each in zip(entries, describe_audit_entries(entries), strict=True):
            entry.told, entry.record_row = each, records.get(entry.root_content_id)
        self.result_list = entries


class UndeleteView(WorkflowButtonView):
    """The button that restores a deleted row with what was deleted with it, and leads to its form."""

    name = "undelete"

    def perform(self, form):
        rows = undelete(entry=self.row, by=self.request.user)
        message = ngettext("%d row is back in the working copy.", "%d rows are back in the working copy.", len(rows))
        messages.success(self.request, message % len(rows))
        return describe_audit_entries([self.row])[0].url or reverse("admin:newsroom_workingchange_changelist")


@admin.register(WorkingChange)
class WorkingChangeAdmin(ReadOnlyAdmin, WorkflowViewsMixin):
    """Admin of the audit log: to look at, and to restore deleted rows."""

    list_display = ("when", "who", "change", "row", "record")
    list_display_links = ("when",)
    list_filter = ("action", AuditKindFilter, "actor", AuditRootFilter)
    list_select_related = ("actor",)
    list_per_page = 50
    date_hierarchy = "timestamp"
    search_fields = ("object_repr", "actor__username", "actor__first_name", "actor__last_name")
    show_full_result_count = False
    fields = ()
    change_form_template = "admin/log_entry.html"
    workflow_views = (UndeleteView,)

    def get_changelist(self, request, **kwargs):
        return AuditChangeList

    @admin.display(description=gettext_lazy("when"), ordering="timestamp")
    def when(self, entry):
        return format_moment(entry.timestamp)

    @admin.display(description=gettext_lazy("who"), ordering="actor")
    def who(self, entry):
        return entry.actor or _("nobody known")

    @admin.display(description=gettext_lazy("change"), ordering="action")
    def change(self, entry):
        return format_html('<span class="badge badge-{}">{}</span>', entry.told.badge, entry.get_action_display())

    @admin.display(description=gettext_lazy("what"))
    def row(self, entry):
        """Show the kind, the name with its link, and for updates the changed fields."""
        name = entry.object_repr[:100]
        link = format_html('<a href="{}">{}</a>', entry.told.url, name) if entry.told.url else name
        fields = entry.told.field_names if entry.action == WorkingChange.Action.UPDATE else ""
        return format_html('{}: {}<br><span class="quiet">{}</span>', entry.told.kind, link, fields)

    @admin.display(description=gettext_lazy("record"))
    def record(self, entry):
        """Link to the history of the entry's root; for a deleted root, to its entries in the log."""
        row = entry.record_row
        if row is None or not admin.site.is_registered(type(row)):
            query = f"?record={entry.root_type}:{entry.root_content_id}"
            return format_html('<a href="{}">{}</a>', query, _("deleted record"))
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_history"
        return format_html('<a href="{}">{}</a>', reverse(name, args=[row.pk]), str(row)[:60])

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        each = describe_audit_entries([obj])[0]
        may = obj.action == WorkingChange.Action.DELETE and request.user.has_perm(perm(obj.model, "add"))
        context |= {"told": each, "title": str(obj), "subtitle": None, "undelete_url": undelete_url(obj) if may else ""}
        return super().render_change_form(request, context, add, change, form_url, obj)


def undelete_url(entry: WorkingChange) -> str:
    """Return the URL to POST to for restoring the deleted row of an entry."""
    return reverse("admin:newsroom_workingchange_undelete", args=[entry.pk])


def list_working_models() -> list:
    """Return the models of the working copy."""
    return [model for model in apps.get_models() if issubclass(model, Publishable)]


def load_entry_roots(entries: list[WorkingChange]) -> dict:
    """Return {content_id: the root as it is now} of these entries; one query for each type among them."""
    models = {get_model_type(model): model for model in list_working_models()}
    found = {}
    for type in {entry.root_type for entry in entries}:
        wanted = {entry.root_content_id for entry in entries if entry.root_type == type}
        found |= {row.content_id: row for row in models[type].objects.filter(content_id__in=wanted)}
    return found
