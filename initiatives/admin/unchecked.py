"""The dashboard worklist of results and ratings that wait for a second person's check."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.admin.front import Asker, Need, Row, register
from publishing.admin.needs import belongs_to, kind_of, listed_rows
from publishing.admin.summaries import form_url
from publishing.documents import together

from ..choices import CHECKED_RESULTS, RatedBy
from ..models import Evidence, Milestone, Verdict

# {model: (the checked field, the condition for rows to check, the column of who set it)}
CHECKED = {
    Milestone: ("result", Q(result__in=CHECKED_RESULTS), "result_set_by"),
    Verdict: ("rating", Q(rated_by=RatedBy.US), "set_by"),
}


def _unchecked(asker: Asker):
    """Return unchecked rows set by others, held-back ones included: they often wait for this check."""
    seen = asker.may_see(*CHECKED) if asker.user.has_perm("publishing.review") else []
    return together(_of_others(model, asker.user) for model in seen) if seen else None


def _of_others(model, user):
    _what, which, set_by = CHECKED[model]
    return model.objects.filter(which, checked_by=None).exclude(**{set_by: user})


def _unchecked_rows(found, asker):
    rows = listed_rows(found)
    people = get_user_model().objects.in_bulk({_set_by(row) for row in rows} - {None})
    results = [row.pk for row in rows if isinstance(row, Milestone)]
    evident = set(Evidence.objects.filter(milestone__in=results, held_back=False).values_list("milestone", flat=True))
    return [_row(row, people.get(_set_by(row)), isinstance(row, Verdict) or row.pk in evident) for row in rows]


def _set_by(row) -> int | None:
    return getattr(row, f"{CHECKED[type(row)][2]}_id")


def _row(row, set_by, evident: bool) -> Row:
    """Build a row whose link leads to the check button at the top of the form."""
    what = CHECKED[type(row)][0]
    told = [belongs_to(row), getattr(row, f"get_{what}_display")()]
    told += [_("set by %(who)s") % {"who": set_by}] if set_by else []
    told += [] if evident else [_("without evidence yet")]
    told += [_("held back")] if row.held_back else []
    return Row(str(row), f"{form_url(type(row), row.pk)}#panel-title", kind_of(row), tuple(told))


register(
    Need(
        "unchecked",
        gettext_lazy("Results and ratings to be checked"),
        gettext_lazy("No result and no rating that somebody else set is unchecked."),
        _unchecked,
        _unchecked_rows,
        yours=True,
        order=12,
    )
)
