"""The dashboard worklist of experts and quotes that could not be traced yet."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.admin.dashboard.registry import DashboardUser, Worklist, WorklistRow, register_worklist
from newsroom.admin.dashboard.worklists import field_url, kind_of_row, load_worklist_rows
from newsroom.documents.worklist_queries import union_rows

from ..models import Commentary, Expert


def _find_unverified(asker: DashboardUser):
    seen = asker.viewable_models(Expert, Commentary)
    return union_rows(model.objects.filter(unverified=True) for model in seen) if seen else None


def _build_unverified_rows(found, asker):
    return [
        WorklistRow(str(row), field_url(row, "unverified"), kind_of_row(row), _describe_quote(row))
        for row in load_worklist_rows(found)
    ]


def _describe_quote(row) -> tuple[str, ...]:
    quote = getattr(row, "quote", "")
    return (_("“%(quote)s”") % {"quote": quote},) if quote else ()


register_worklist(
    Worklist(
        "unverified",
        gettext_lazy("Unverified people and quotes"),
        gettext_lazy("Every person and quote was traced."),
        _find_unverified,
        _build_unverified_rows,
        order=60,
    )
)
