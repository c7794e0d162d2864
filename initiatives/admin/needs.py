"""Dashboard worklists of promises: milestones due, facts ready to be released, initiatives not attested for long."""

from datetime import timedelta

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.admin.front import Asker, Need, Row, register
from publishing.admin.needs import belongs_to, field_url, kind_of, listed_rows
from publishing.admin.summaries import form_url
from publishing.documents import together
from publishing.models import HeldBack
from publishing.shapes.wording import day_in_words

from ..choices import Schedule
from ..editions import InitiativeEdition, MilestoneEdition
from ..models import Citation, Initiative, Milestone
from ..models.sources import Cited
from ..queries.calendar import closing_by, still_asked
from ..rules.schedule import SOON, schedule

STILL_TRUE_FOR = timedelta(days=90)
LATE = (Schedule.OVERDUE, Schedule.UNKNOWN)


def looked_after(model, user):
    """Return the rows, none held back, that the user owns, and those without an owner if the user may change them."""
    may = user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
    return model.objects.filter(Q(owner=user) | Q(owner=None) if may else Q(owner=user), held_back=False)


def _due(asker: Asker):
    theirs = looked_after(Milestone, asker.user)
    due = closing_by(asker.on + SOON) & still_asked(asker.on)
    live = MilestoneEdition.objects.filter(due, content_id__in=theirs.values("content_id"))
    mine = Milestone.objects.filter(content_id=OuterRef("content_id"), owner=asker.user)
    return live.annotate(mine=Exists(mine)).order_by("-mine", "due_by", "pk")


def _due_rows(editions, asker):
    rows = Milestone.objects.select_related("initiative").in_bulk(
        [each.content_id for each in editions], field_name="content_id"
    )
    return [_due_row(each, rows[each.content_id], asker) for each in editions if each.content_id in rows]


def _due_row(edition, row, asker: Asker) -> Row:
    calendar = Schedule(schedule(edition, on=asker.on))
    told = (calendar.label, _("by %(day)s") % {"day": day_in_words(edition.due_until)})
    told += () if edition.mine else (_("nobody owns it"),)
    url = f"{form_url(Milestone, row.pk)}#id_result"
    return Row(str(row), url, str(row.initiative), told, urgent=calendar in LATE)


def _releasable(asker: Asker):
    models = [each for each in apps.get_models() if issubclass(each, HeldBack) and issubclass(each, Cited)]
    seen = asker.may_see(*models)
    return together(_cited(model.objects.filter(held_back=True)) for model in seen) if seen else None


def _cited(rows):
    kind = ContentType.objects.get_for_model(rows.model)
    return rows.filter(Exists(Citation.objects.filter(content_type=kind, object_id=OuterRef("pk"), held_back=False)))


def _releasable_rows(found, asker):
    return [Row(str(row), field_url(row, "held_back"), kind_of(row), (belongs_to(row),)) for row in listed_rows(found)]


def _unattested(asker: Asker):
    if not asker.may_see(Initiative):
        return None
    long_ago = Q(attested_on=None) | Q(attested_on__lt=asker.on - STILL_TRUE_FOR)
    return InitiativeEdition.objects.filter(long_ago).order_by(F("attested_on").asc(nulls_first=True), "slug", "pk")


def _unattested_rows(editions, asker):
    rows = Initiative.objects.in_bulk([each.content_id for each in editions], field_name="content_id")
    return [_unattested_row(each, rows[each.content_id]) for each in editions if each.content_id in rows]


def _unattested_row(edition, row) -> Row:
    told = _("last on %(day)s") % {"day": day_in_words(edition.attested_on)} if edition.attested_on else _("never yet")
    return Row(str(row), f"{form_url(Initiative, row.pk)}#panel-title", tells=(told,))


register(
    Need(
        "milestones",
        gettext_lazy("Yours or nobody's: milestones due or overdue"),
        gettext_lazy("No milestone of yours or nobody's is due within 60 days."),
        _due,
        _due_rows,
        yours=True,
        order=30,
    )
)
register(
    Need(
        "held-back",
        gettext_lazy("Held back, cited: ready to be released"),
        gettext_lazy("No cited fact is held back."),
        _releasable,
        _releasable_rows,
        order=20,
    )
)
register(
    Need(
        "still-true",
        gettext_lazy("Not attested still true for 90 days"),
        gettext_lazy("Every published initiative was attested within 90 days."),
        _unattested,
        _unattested_rows,
        order=40,
    )
)
