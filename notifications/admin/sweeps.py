"""The worklist of reminders that cannot be planned: when the last sweep ended, and what it left out."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models import Milestone, Outcome
from newsroom.admin.dashboard.registry import DashboardUser, Worklist, WorklistRow, register_worklist
from newsroom.admin.dashboard.worklists import kind_of_row
from newsroom.admin.diff.labels import change_form_url
from record.formatting import format_moment

from ..models import Reminder, ReminderRule, SweepReport

MAX_MISSED_SWEEPS = 6  # this many missed in a row are no accident
KEY_FIELDS = {Milestone: "content_id", Outcome: "content_id", ReminderRule: "pk"}


def _find_sweep_problems(asker: DashboardUser) -> list | None:
    """Return the report itself if it is too old (None: there is none), then (type, key) of what was left out.

    Return None if the user may not see reminders.
    """
    if not asker.viewable_models(Reminder):
        return None
    report = SweepReport.last()
    if report is None:
        return [None]
    oldest = timezone.now() - MAX_MISSED_SWEEPS * timedelta(seconds=settings.REMINDER_SWEEP_SECONDS)
    return [*([report] if report.ended_at < oldest else []), *map(tuple, report.left_out)]


def _build_problem_rows(found: list, asker: DashboardUser) -> list[WorklistRow]:
    left_out = [each for each in found if isinstance(each, tuple)]
    late = [_build_late_row(each) for each in found if not isinstance(each, tuple)]
    return [*late, *(_build_left_out_row(row) for model in KEY_FIELDS for row in _load_left_out(model, left_out))]


def _build_late_row(report: SweepReport | None) -> WorklistRow:
    title = _("No sweep of the reminders has ever ended well: nobody is reminded of anything.")
    if report:
        since = _("Since %(when)s no sweep of the reminders has ended well: nobody is reminded of anything.")
        title = since % {"when": format_moment(report.ended_at)}
    told = _("Tell whoever runs the site to look at the worker, at beat and at their logs.")
    return WorklistRow(title, reverse("admin:notifications_reminder_changelist"), details=(told,), urgent=True)


def _load_left_out(model, left_out: list[tuple]) -> list:
    keys = [key for type, key in left_out if type == model._meta.model_name]
    return list(model.objects.filter(**{f"{KEY_FIELDS[model]}__in": keys})) if keys else []


def _build_left_out_row(row) -> WorklistRow:
    told = _("no reminder could be planned of it: look at its days and numbers")
    return WorklistRow(str(row), change_form_url(type(row), row.pk), kind_of_row(row), (told,), urgent=True)


def _last_sweep_note() -> str:
    report = SweepReport.last()
    return _("The last sweep that ended well: %(when)s") % {"when": format_moment(report.ended_at)} if report else ""


register_worklist(
    Worklist(
        "reminders",
        gettext_lazy("Reminders that cannot be planned"),
        gettext_lazy("Everything could be planned."),
        _find_sweep_problems,
        _build_problem_rows,
        note=_last_sweep_note,
        order=60,
    )
)
