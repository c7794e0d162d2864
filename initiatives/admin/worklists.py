"""Dashboard worklists of promises: milestones due, facts ready to be released, initiatives not attested for long."""

from datetime import timedelta

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.actions.permissions import perm
from newsroom.admin.dashboard.registry import DashboardUser, Worklist, WorklistRow, register_worklist
from newsroom.admin.dashboard.worklists import field_url, kind_of_row, load_worklist_rows, owner_name
from newsroom.admin.diff.labels import change_form_url
from newsroom.documents.worklist_queries import union_rows
from newsroom.models import HeldBack
from record.formatting import format_day

from ..choices import MilestoneSchedule
from ..editions import InitiativeEdition, MilestoneEdition
from ..models import Citation, Initiative, Milestone
from ..models.sources import Cited
from ..queries.calendar import closing_condition, still_asked_condition
from ..rules.schedule import DUE_SOON_PERIOD, compute_schedule

ATTESTATION_PERIOD = timedelta(days=90)
LATE_SCHEDULES = (MilestoneSchedule.OVERDUE, MilestoneSchedule.UNKNOWN)


def owned_or_unowned(model, user):
    """Return the rows, none held back, that the user owns, and those without an owner if the user may change them."""
    may = user.has_perm(perm(model, "change"))
    return model.objects.filter(Q(owner=user) | Q(owner=None) if may else Q(owner=user), held_back=False)


def _find_due(asker: DashboardUser):
    theirs = owned_or_unowned(Milestone, asker.user)
    due = closing_condition(asker.today + DUE_SOON_PERIOD) & still_asked_condition(asker.today)
    live = MilestoneEdition.objects.filter(due, content_id__in=theirs.values("content_id"))
    mine = Milestone.objects.filter(content_id=OuterRef("content_id"), owner=asker.user)
    return live.annotate(mine=Exists(mine)).order_by("-mine", "due_by", "pk")


def _build_due_rows(editions, asker):
    rows = Milestone.objects.select_related("initiative").in_bulk(
        [each.content_id for each in editions], field_name="content_id"
    )
    return [_build_due_row(each, rows[each.content_id], asker) for each in editions if each.content_id in rows]


def _build_due_row(edition, row, asker: DashboardUser) -> WorklistRow:
    calendar = MilestoneSchedule(compute_schedule(edition, on=asker.today))
    told = (calendar.label, _("by %(day)s") % {"day": format_day(edition.due_until)})
    told += () if edition.mine else (_("nobody owns it"),)
    url = f"{change_form_url(Milestone, row.pk)}#id_result"
    return WorklistRow(str(row), url, str(row.initiative), told, urgent=calendar in LATE_SCHEDULES)


def _find_releasable(asker: DashboardUser):
    models = [each for each in apps.get_models() if issubclass(each, HeldBack) and issubclass(each, Cited)]
    seen = asker.viewable_models(*models)
    return union_rows(_filter_cited(model.objects.filter(held_back=True)) for model in seen) if seen else None


def _filter_cited(rows):
    kind = ContentType.objects.get_for_model(rows.model)
    return rows.filter(Exists(Citation.objects.filter(content_type=kind, object_id=OuterRef("pk"), held_back=False)))


def _build_releasable_rows(found, asker):
    return [
        WorklistRow(str(row), field_url(row, "held_back"), kind_of_row(row), (owner_name(row),))
        for row in load_worklist_rows(found)
    ]


def _find_unattested(asker: DashboardUser):
    if not asker.viewable_models(Initiative):
        return None
    long_ago = Q(attested_on=None) | Q(attested_on__lt=asker.today - ATTESTATION_PERIOD)
    return InitiativeEdition.objects.filter(long_ago).order_by(F("attested_on").asc(nulls_first=True), "slug", "pk")


def _build_unattested_rows(editions, asker):
    rows = Initiative.objects.in_bulk([each.content_id for each in editions], field_name="content_id")
    return [_build_unattested_row(each, rows[each.content_id]) for each in editions if each.content_id in rows]


def _build_unattested_row(edition, row) -> WorklistRow:
    told = _("last on %(day)s") % {"day": format_day(edition.attested_on)} if edition.attested_on else _("never yet")
    return WorklistRow(str(row), f"{change_form_url(Initiative, row.pk)}#panel-title", details=(told,))


register_worklist(
    Worklist(
        "milestones",
        gettext_lazy("Yours or nobody's: milestones due or overdue"),
        gettext_lazy("No milestone of yours or nobody's is due within 60 days."),
        _find_due,
        _build_due_rows,
        personal=True,
        order=30,
    )
)
register_worklist(
    Worklist(
        "held-back",
        gettext_lazy("Held back, cited: ready to be released"),
        gettext_lazy("No cited fact is held back."),
        _find_releasable,
        _build_releasable_rows,
        order=20,
    )
)
register_worklist(
    Worklist(
        "still-true",
        gettext_lazy("Not attested still true for 90 days"),
        gettext_lazy("Every published initiative was attested within 90 days."),
        _find_unattested,
        _build_unattested_rows,
        order=40,
    )
)
