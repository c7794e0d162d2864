"""The worklist of outcomes with a number due: a target's day comes, or an observation is expected."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.admin.needs import looked_after
from initiatives.models import Outcome
from initiatives.rules.schedule import SOON
from publishing.admin.front import Asker, Need, Row, register
from publishing.admin.summaries import form_url
from publishing.shapes.wording import day_in_words

from ..actions.standing import outcomes_due
from ..choices import Kind


def _due(asker: Asker):
    rows = looked_after(Outcome, asker.user)
    owners = dict(rows.values_list("content_id", "owner"))
    found = outcomes_due(rows, on=asker.on, until=asker.on + SOON)
    own = [(owners[content_id] == asker.user.pk, content_id, promise) for content_id, promise in found]
    return sorted(own, key=lambda each: (not each[0], each[2].due_on, each[1]))


def _due_rows(found, asker):
    ids = [content_id for _mine, content_id, _promise in found]
    rows = Outcome.objects.select_related("initiative").in_bulk(ids, field_name="content_id")
    return [_row(rows[content_id], promise, mine, asker) for mine, content_id, promise in found if content_id in rows]


def _row(row, promise, mine: bool, asker: Asker) -> Row:
    told = (Kind(promise.kind).label, _("by %(day)s") % {"day": day_in_words(promise.due_on)})
    told += () if mine else (_("nobody owns it"),)
    url = f"{form_url(Outcome, row.pk)}#observations-group"
    return Row(str(row), url, str(row.initiative), told, urgent=promise.due_on < asker.on)


register(
    Need(
        "outcomes",
        gettext_lazy("Yours or nobody's: outcomes of which a number is due"),
        gettext_lazy("No number is due within 60 days, of your outcomes or nobody's."),
        _due,
        _due_rows,
        yours=True,
        order=40,
    )
)
