"""The dashboard worklist of results and ratings that wait for a second person's check."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.admin.dashboard.registry import DashboardUser, Worklist, WorklistRow, register_worklist
from newsroom.admin.dashboard.worklists import kind_of_row, load_worklist_rows, owner_name
from newsroom.admin.diff.labels import change_form_url
from newsroom.documents.worklist_queries import union_rows

from ..choices import CHECKED_RESULTS, RatedBy
from ..models import Evidence, Milestone, Verdict

# {model: (the checked field, the condition for rows to check, the column of who set it)}
CHECKED_FIELDS = {
    Milestone: ("result", Q(result__in=CHECKED_RESULTS), "result_set_by"),
    Verdict: ("rating", Q(rated_by=RatedBy.US), "set_by"),
}


def _find_unchecked(asker: DashboardUser):
    """Return unchecked rows set by others, held-back ones included: they often wait for this check."""
    seen = asker.viewable_models(*CHECKED_FIELDS) if asker.user.has_perm("record.review") else []
    return union_rows(_set_by_others(model, asker.user) for model in seen) if seen else None


def _set_by_others(model, user):
    _what, which, set_by = CHECKED_FIELDS[model]
    return model.objects.filter(which, checked_by=None).exclude(**{set_by: user})


def _build_unchecked_rows(found, asker):
    rows = load_worklist_rows(found)
    people = get_user_model().objects.in_bulk({_get_setter_id(row) for row in rows} - {None})
    results = [row.pk for row in rows if isinstance(row, Milestone)]
    evident = set(Evidence.objects.filter(milestone__in=results, held_back=False).values_list("milestone", flat=True))
    return [
        _build_unchecked_row(row, people.get(_get_setter_id(row)), isinstance(row, Verdict) or row.pk in evident)
        for row in rows
    ]


def _get_setter_id(row) -> int | None:
    return getattr(row, f"{CHECKED_FIELDS[type(row)][2]}_id")


def _build_unchecked_row(row, set_by, evident: bool) -> WorklistRow:
    """Build a row whose link leads to the check button at the top of the form."""
    what = CHECKED_FIELDS[type(row)][0]
    told = [owner_name(row), getattr(row, f"get_{what}_display")()]
    told += [_("set by %(who)s") % {"who": set_by}] if set_by else []
    told += [] if evident else [_("without evidence yet")]
    told += [_("held back")] if row.held_back else []
    return WorklistRow(str(row), f"{change_form_url(type(row), row.pk)}#panel-title", kind_of_row(row), tuple(told))


register_worklist(
    Worklist(
        "unchecked",
        gettext_lazy("Results and ratings to be checked"),
        gettext_lazy("No result and no rating that somebody else set is unchecked."),
        _find_unchecked,
        _build_unchecked_rows,
        personal=True,
        order=12,
    )
)
