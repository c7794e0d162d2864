"""The promises of an organisation or an announcement, and how they stand."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Case, F, Q, When
from django.utils.translation import get_language

from publishing.queries import Moment, editions, naming

from ..editions import FundingEdition, InitiativeEdition, MilestoneEdition
from ..queries.track import roots_of, rows
from ..rules.delivery import Tally, kept
from ..shapes.charts.chart import Chart
from ..shapes.charts.money import money_chart
from ..shapes.charts.standing import standing_chart
from ..shapes.money import money
from ..shapes.rows import rows as rows_of

FEW = 12


def promised(reference: dict, moment: Moment, *, by: str) -> dict:
    """Return {"tally", "chart", "rows", "partner", "more"}: how its promises stand, and the newest of its initiatives.

    by: "body" or "announcement". rows, partner: see `present_initiative_rows`; partner holds the initiatives in which
    the body is only a partner. more: True if there are others. Three queries.
    """
    content_id = UUID(str(reference["content_id"]))
    tally = tally_of(reference, moment, by=by)
    found = list(_initiatives(content_id, moment, by)[: FEW + 1])
    shown = found[:FEW]
    milestones = editions(MilestoneEdition, moment).filter(root_content_id__in=[each.content_id for each in shown])
    told = rows_of(shown, milestones=milestones.order_by("id"), sums=[], ratings=[], on=moment.day)
    own = [by != "body" or each.lead == content_id for each in shown]
    return {
        "tally": tally,
        "chart": chart_of(tally, by=by),
        "rows": [row for row, is_own in zip(told, own, strict=True) if is_own],
        "partner": [row for row, is_own in zip(told, own, strict=True) if not is_own],
        "more": len(found) > FEW,
    }


def tally_of(reference: dict, moment: Moment, *, by: str) -> Tally:
    """Count how the promises of a body or an announcement stand, as the track record does. One query."""
    tally = Tally(reference)
    for row in rows(moment, roots=roots_of(moment, by, UUID(str(reference["content_id"])))):
        tally.add(kept(row, on=moment.day))
    return tally


def chart_of(tally: Tally, *, by: str) -> Chart | None:
    return standing_chart([tally], get_language() or "en", by=by, of={"of": by, "only": tally.name["slug"]})


def money_of(moment: Moment, *, by: str, content_id: UUID | str, slug: str) -> tuple[list[dict], Chart | None]:
    """Return (groups, chart) of money by stage. One query.

    It is the money of the initiatives that a body leads, or of which an announcement spoke. groups: see
    `present_money`.
    """
    funding = editions(FundingEdition, moment)
    if by == "body":
        funding = funding.filter(root_content_id__in=roots_of(moment, by, UUID(str(content_id))))
    else:
        funding = funding.filter(announcement=content_id)
    groups = money([each.current() for each in funding.order_by("id")])
    return groups, money_chart(groups, of={"of": by, "only": slug})


def _initiatives(content_id: UUID, moment: Moment, by: str) -> Iterable[InitiativeEdition]:
    """Return initiatives, the newest first; those a body leads come before those in which it is a partner."""
    newest = (F("announced_from").desc(nulls_last=True), "slug")
    if by != "body":
        return (
            editions(InitiativeEdition, moment)
            .filter(content_id__in=roots_of(moment, by, content_id))
            .order_by(*newest)
        )
    partner = naming(content_id, moment, type="initiative", relations=["partner"])
    own = editions(InitiativeEdition, moment).filter(Q(lead=content_id) | Q(content_id__in=partner))
    return own.order_by(Case(When(lead=content_id, then=0), default=1), *newest)
