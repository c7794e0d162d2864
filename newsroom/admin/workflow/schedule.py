"""Scheduled publications: the list of them, and the cancelling of one."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...actions.schedule import acknowledge_failure, cancel_schedule
from ...documents.registry import get_row_type, get_working_rows
from ...models import Schedule
from ..diff import labels
from ..read_only import ReadOnlyAdmin
from .workflow_views import WorkflowButtonView, WorkflowViewsMixin


class UnscheduleView(WorkflowButtonView):
    """The button that cancels the root's scheduled publication, if there is one."""

    name = "unschedule"
    permission = "record.publish"

    def perform(self, form):
        waiting = Schedule.objects.waiting().filter(type=get_row_type(self.row), content_id=self.row.content_id).first()
        if waiting is None:
            messages.info(self.request, _("Nothing of it was scheduled."))
        else:
            cancel_schedule(schedule_id=waiting.pk, by=self.request.user)
            messages.success(self.request, _("The scheduled publication is cancelled."))


class AcknowledgeFailureView(WorkflowButtonView):
    """The button that acknowledges that a schedule failed, which removes it from the dashboard."""

    name = "note"

    def perform(self, form):
        acknowledge_failure(schedule_id=self.row.pk, by=self.request.user)

    def get_success_url(self):
        return reverse("admin:index")


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
class ScheduleAdmin(ReadOnlyAdmin, WorkflowViewsMixin):
    """Read-only admin of schedules: what is to be published, what was, and what could not be."""

    list_display = ("thing", "publish_at", "state", "by", "reason", "made_at")
    list_display_links = None
    list_filter = ("state", "by")
    list_select_related = ("by",)
    date_hierarchy = "publish_at"
    ordering = ("-publish_at",)
    list_per_page = 50
    workflow_views = (AcknowledgeFailureView,)

    def get_changelist(self, request, **kwargs):
        return ScheduleChangeList

    @admin.display(description=gettext_lazy("thing"))
    def thing(self, row):
        """Link to the form of the scheduled root; show its content_id if the row was deleted."""
        if row.root is None:
            return row.content_id
        return format_html('<a href="{}">{}</a>', labels.change_form_url(type(row.root), row.root.pk), row.root)
