"""The worklist of outcomes with a number due: a target's day comes, or an observation is expected."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.admin.worklists import owned_or_unowned
from initiatives.models import Outcome
from initiatives.rules.schedule import DUE_SOON_PERIOD
from newsroom.admin.dashboard.registry import DashboardUser, Worklist, WorklistRow, register_worklist
from newsroom.admin.diff.labels import change_form_url
from record.formatting import format_day

from ..actions.due_reminders import find_due_outcomes
from ..choices import ReminderKind


def _find_owned_due_outcomes(asker: DashboardUser):
    rows = owned_or_unowned(Outcome, asker.user)
    owners = dict(rows.values_list("content_id", "owner"))
    found = find_due_outcomes(rows, on=asker.today, until=asker.today + DUE_SOON_PERIOD)
    own = [(owners[content_id] == asker.user.pk, content_id, promise) for content_id, promise in found]
    return sorted(own, key=lambda each: (not each[0], each[2].due_on, each[1]))


def _build_due_outcome_rows(found, asker):
    ids = [content_id for _mine, content_id, _promise in found]
    rows = Outcome.objects.select_related("initiative").in_bulk(ids, field_name="content_id")
    return [
        _build_due_outcome_row(rows[content_id], promise, mine, asker)
        for mine, content_id, promise in found
        if content_id in rows
    ]


def _build_due_outcome_row(row, promise, mine: bool, asker: DashboardUser) -> WorklistRow:
    told = (ReminderKind(promise.kind).label, _("by %(day)s") % {"day": format_day(promise.due_on)})
    told += () if mine else (_("nobody owns it"),)
    url = f"{change_form_url(Outcome, row.pk)}#observations-group"
    return WorklistRow(str(row), url, str(row.initiative), told, urgent=promise.due_on < asker.today)


register_worklist(
    Worklist(
        "outcomes",
        gettext_lazy("Yours or nobody's: outcomes of which a number is due"),
        gettext_lazy("No number is due within 60 days, of your outcomes or nobody's."),
        _find_owned_due_outcomes,
        _build_due_outcome_rows,
        personal=True,
        order=40,
    )
)
