"""The button with which a second person confirms what another editor set."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from newsroom.actions.permissions import ActionError
from newsroom.admin.status_panel import PanelButton


class SecondPersonMixin(admin.ModelAdmin):
    """Adds a check button and its view to an admin.

    Subclasses give `check_label`, `needs_check(row)`, `confirm(row, by)`, which runs one action, `confirmed(row)`, the
    message that says what was certified, and `set_by`, the column of who set what is checked.
    """

    check_label: str
    set_by = "set_by"

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.check_view))
        return [path("<int:pk>/check/", view, name=self._check_name()), *super().get_urls()]

    def _check_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_check"

    def check_view(self, request, pk):
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        try:
            self.confirm(row, by=request.user)
        except ActionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, self.confirmed(row))
        return HttpResponseRedirect(
            reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
        )

    def small_verbs(self, request, row):
        own = getattr(row, self.set_by) == request.user
        if own or not request.user.has_perm("record.review") or not self.needs_check(row):
            return []
        return [PanelButton(self.check_label, reverse(f"admin:{self._check_name()}", args=[row.pk]))]
