"""Scheduled publications: the list of them, and the cancelling of one."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ...actions.permissions import ActionError
from ...actions.schedule import acknowledge_failure, cancel_schedule
from ...documents.registry import get_row_type, get_working_rows
from ...models import Schedule
from ..diff import labels
from .workflow_views import WorkflowMixin


class ScheduleMixin(WorkflowMixin):
    """Mixin that cancels a scheduled publication, for the admin of a root."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view(require_POST(self.unschedule_view))
        return [path("<int:pk>/unschedule/", view, name=f"{name}_unschedule"), *super().get_urls()]

    def unschedule_view(self, request, pk):
        """Cancel the root's scheduled publication, if there is one, and return to the editor's page."""
        root = self.root_or_404(request, pk, "record.publish")
        waiting = Schedule.objects.waiting().filter(type=get_row_type(root), content_id=root.content_id).first()
        if waiting is None:
            messages.info(request, _("Nothing of it was scheduled."))
        else:
            self._cancel(request, waiting)
        return HttpResponseRedirect(self.way_back(request, root))

    def _cancel(self, request, waiting):
        """Cancel a schedule, and tell the editor whether that was possible."""
        try:
            cancel_schedule(schedule_id=waiting.pk, by=request.user)
        except ActionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The scheduled publication is cancelled."))


class ScheduleChangeList(ChangeList):
    """Change list that loads the working rows of all schedules on the page at once."""

    def get_results(self, request):
        """Set `root` on each schedule: its working row, or None if that was deleted."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        rows = get_working_rows((row.type, str(row.content_id)) for row in self.result_list)
        for row in self.result_list:
            row.root = rows.get((row.type, str(row.content_id)))


@admin.register(Schedule)
class ScheduleAdmin(admin.ModelAdmin):
    """Read-only admin of schedules: what is to be published, what was, and what could not be."""

    list_display = ("thing", "publish_at", "state", "by", "reason", "made_at")
    list_display_links = None
    list_filter = ("state", "by")
    list_select_related = ("by",)
    date_hierarchy = "publish_at"
    ordering = ("-publish_at",)
    list_per_page = 50

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.note_view))
        return [path("<int:pk>/note/", view, name="newsroom_schedule_note"), *super().get_urls()]

    def note_view(self, request, pk):
        """Acknowledge that a schedule failed, which removes it from the dashboard."""
        try:
            acknowledge_failure(schedule_id=pk, by=request.user)
        except ActionError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:index"))

    def get_changelist(self, request, **kwargs):
        return ScheduleChangeList

    @admin.display(description=gettext_lazy("thing"))
    def thing(self, row):
        """Link to the form of the scheduled root; show its content_id if the row was deleted."""
        if row.root is None:
            return row.content_id
        return format_html('<a href="{}">{}</a>', labels.change_form_url(type(row.root), row.root.pk), row.root)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
