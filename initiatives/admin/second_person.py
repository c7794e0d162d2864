"""The button with which a second person confirms what another editor set."""

from django.contrib import admin, messages

from newsroom.admin.status_panel import PanelButton
from newsroom.admin.workflow.workflow_views import WorkflowButtonView, workflow_url


class CheckView(WorkflowButtonView):
    """The button of a `SecondPersonMixin`: it runs the action of the row's admin."""

    name = "check"

    def perform(self, form):
        self.model_admin.check_row(self.row, by=self.request.user)
        messages.success(self.request, self.model_admin.confirmation_message(self.row))


class SecondPersonMixin(admin.ModelAdmin):
    """Adds a check button to an admin, which has `CheckView` among its `workflow_views`.

    Subclasses give `check_label`, `needs_check(row)`, `check_row(row, by)`, which runs one action,
    `confirmation_message(row)`, which says what was certified, and `setter_field`, the column of who set what is
    checked.
    """

    check_label: str
    setter_field = "set_by"

    def extra_buttons(self, request, row):
        own = getattr(row, self.setter_field) == request.user
        if own or not request.user.has_perm("record.review") or not self.needs_check(row):
            return []
        return [PanelButton(self.check_label, workflow_url(row, "check"))]
