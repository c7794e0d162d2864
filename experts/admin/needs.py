"""The dashboard worklist of experts and quotes that could not be traced yet."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.admin.front import Asker, Need, Row, register
from publishing.admin.needs import field_url, kind_of, listed_rows
from publishing.documents import together

from ..models import Commentary, Expert


def _unverified(asker: Asker):
    seen = asker.may_see(Expert, Commentary)
    return together(model.objects.filter(unverified=True) for model in seen) if seen else None


def _unverified_rows(found, asker):
    return [Row(str(row), field_url(row, "unverified"), kind_of(row), _said(row)) for row in listed_rows(found)]


def _said(row) -> tuple[str, ...]:
    quote = getattr(row, "quote", "")
    return (_("“%(quote)s”") % {"quote": quote},) if quote else ()


register(
    Need(
        "unverified",
        gettext_lazy("Unverified people and quotes"),
        gettext_lazy("Every person and quote was traced."),
        _unverified,
        _unverified_rows,
        order=60,
    )
)
