"""The promises of an organisation or an announcement, and how they stand."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Case, F, Q, When
from django.utils.translation import get_language

from record.queries import Moment, editions_at, linking_to

from ..charts.chart import Chart
from ..charts.delivery_bars import draw_standing_chart
from ..charts.money import draw_money_chart
from ..editions import FundingEdition, InitiativeEdition, MilestoneEdition
from ..presenters.initiative_rows import present_initiative_rows as rows_of
from ..presenters.money import present_money
from ..queries.track_record import find_group_initiatives, load_promise_rows
from ..rules.delivery import Tally, classify_delivery

MAX_LISTED_INITIATIVES = 12


def summarize_promises(reference: dict, moment: Moment, *, by: str) -> dict:
    """Return {"tally", "chart", "rows", "partner", "more"}: how its promises stand, and the newest of its initiatives.

    by: "body" or "announcement". rows, partner: see `present_initiative_rows`; partner holds the initiatives in which
    the body is only a partner. more: True if there are others. Three queries.
    """
    content_id = UUID(str(reference["content_id"]))
    tally = tally_promises_of(reference, moment, by=by)
    found = list(_find_newest_initiatives(content_id, moment, by)[: MAX_LISTED_INITIATIVES + 1])
    shown = found[:MAX_LISTED_INITIATIVES]
    milestones = editions_at(MilestoneEdition, moment).filter(root_content_id__in=[each.content_id for each in shown])
    told = rows_of(shown, milestones=milestones.order_by("id"), sums=[], ratings=[], on=moment.day)
    own = [by != "body" or each.lead == content_id for each in shown]
    return {
        "tally": tally,
        "chart": draw_tally_chart(tally, by=by),
        "rows": [row for row, is_own in zip(told, own, strict=True) if is_own],
        "partner": [row for row, is_own in zip(told, own, strict=True) if not is_own],
        "more": len(found) > MAX_LISTED_INITIATIVES,
    }


def tally_promises_of(reference: dict, moment: Moment, *, by: str) -> Tally:
    """Count how the promises of a body or an announcement stand, as the track record does. One query."""
    tally = Tally(reference)
    for row in load_promise_rows(moment, roots=find_group_initiatives(moment, by, UUID(str(reference["content_id"])))):
        tally.add(classify_delivery(row, on=moment.day))
    return tally


def draw_tally_chart(tally: Tally, *, by: str) -> Chart | None:
    return draw_standing_chart([tally], get_language() or "en", by=by, params={"of": by, "only": tally.name["slug"]})


def load_money_by_stage(
    moment: Moment, *, by: str, content_id: UUID | str, slug: str
) -> tuple[list[dict], Chart | None]:
    """Return (groups, chart) of money by stage. One query.

    It is the money of the initiatives that a body leads, or of which an announcement spoke. groups: see
    `present_money`.
    """
    funding = editions_at(FundingEdition, moment)
    if by == "body":
        funding = funding.filter(root_content_id__in=find_group_initiatives(moment, by, UUID(str(content_id))))
    else:
        funding = funding.filter(announcement=content_id)
    groups = present_money([each.load_document() for each in funding.order_by("id")])
    return groups, draw_money_chart(groups, params={"of": by, "only": slug})


def _find_newest_initiatives(content_id: UUID, moment: Moment, by: str) -> Iterable[InitiativeEdition]:
    """Return initiatives, the newest first; those a body leads come before those in which it is a partner."""
    newest = (F("announced_from").desc(nulls_last=True), "slug")
    if by != "body":
        return (
            editions_at(InitiativeEdition, moment)
            .filter(content_id__in=find_group_initiatives(moment, by, content_id))
            .order_by(*newest)
        )
    partner = linking_to(content_id, moment, type="initiative", relations=["partner"])
    own = editions_at(InitiativeEdition, moment).filter(Q(lead=content_id) | Q(content_id__in=partner))
    return own.order_by(Case(When(lead=content_id, then=0), default=1), *newest)
