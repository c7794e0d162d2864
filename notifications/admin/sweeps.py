"""The worklist of reminders that cannot be planned: when the last sweep ended, and what it left out."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models import Milestone, Outcome
from publishing.admin.front import Asker, Need, Row, register
from publishing.admin.needs import kind_of
from publishing.admin.summaries import form_url
from publishing.shapes.wording import moment_in_words

from ..models import Reminder, ReminderRule, SweepReport

SWEEPS_MISSED = 6  # this many missed in a row are no accident
KEYS = {Milestone: "content_id", Outcome: "content_id", ReminderRule: "pk"}


def _trouble(asker: Asker) -> list | None:
    """Return the report itself if it is too old (None: there is none), then (type, key) of what was left out.

    Return None if the user may not see reminders.
    """
    if not asker.may_see(Reminder):
        return None
    report = SweepReport.last()
    if report is None:
        return [None]
    oldest = timezone.now() - SWEEPS_MISSED * timedelta(seconds=settings.REMINDER_SWEEP_SECONDS)
    return [*([report] if report.ended_at < oldest else []), *map(tuple, report.left_out)]


def _rows(found: list, asker: Asker) -> list[Row]:
    left_out = [each for each in found if isinstance(each, tuple)]
    late = [_late(each) for each in found if not isinstance(each, tuple)]
    return [*late, *(_left_out(row) for model in KEYS for row in _named(model, left_out))]


def _late(report: SweepReport | None) -> Row:
    title = _("No sweep of the reminders has ever ended well: nobody is reminded of anything.")
    if report:
        since = _("Since %(when)s no sweep of the reminders has ended well: nobody is reminded of anything.")
        title = since % {"when": moment_in_words(report.ended_at)}
    told = _("Tell whoever runs the site to look at the worker, at beat and at their logs.")
    return Row(title, reverse("admin:notifications_reminder_changelist"), tells=(told,), urgent=True)


def _named(model, left_out: list[tuple]) -> list:
    keys = [key for type, key in left_out if type == model._meta.model_name]
    return list(model.objects.filter(**{f"{KEYS[model]}__in": keys})) if keys else []


def _left_out(row) -> Row:
    told = _("no reminder could be planned of it: look at its days and numbers")
    return Row(str(row), form_url(type(row), row.pk), kind_of(row), (told,), urgent=True)


def _note() -> str:
    report = SweepReport.last()
    return _("The last sweep that ended well: %(when)s") % {"when": moment_in_words(report.ended_at)} if report else ""


register(
    Need(
        "reminders",
        gettext_lazy("Reminders that cannot be planned"),
        gettext_lazy("Everything could be planned."),
        _trouble,
        _rows,
        note=_note,
        order=60,
    )
)
