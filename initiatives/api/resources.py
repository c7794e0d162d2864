"""API resources of initiatives: the computed members in front of each document, and the children inside it."""

from collections import Counter

from readers.api.resources import Resource

from .. import editions
from ..rules import money
from ..rules.outcomes import compute_outcome_status
from ..rules.schedule import MilestoneCalendar, compute_days_late, compute_schedule


def _compute_calendar(row, day) -> dict:
    first, current = compute_days_late(row, on=day)
    return {"schedule": compute_schedule(row, on=day), "days_late": {"first": first, "current": current}}


def _compute_status(row, day) -> dict:
    return {"status": compute_outcome_status(editions.parse_series(row.series), on=day)}


def _compute_aggregates(children: dict, day) -> dict:
    """Return money by stage and payer, without nested or restated rows, and the number of milestones per schedule."""
    totals = [
        {"stage": total.stage, "payer": total.payer, "amount_hkd": total.amount_hkd}
        for total in money.compute_totals(children["funding"])
    ]
    return {"money": totals, "schedules": Counter(compute_schedule(row, on=day) for row in children["milestones"])}


MILESTONE = Resource(
    editions.MilestoneEdition, extra_columns=tuple(MilestoneCalendar.__dataclass_fields__), computed=_compute_calendar
)
OUTCOME = Resource(editions.OutcomeEdition, extra_columns=("series",), computed=_compute_status)
FUNDING = Resource(editions.FundingEdition, extra_columns=("stage", "payer", "amount_hkd", "part_of", "restates"))
VERDICT = Resource(editions.VerdictEdition, order=("rated_on", "first_published_at", "content_id"))
FIGURE = Resource(editions.FigureEdition)
INITIATIVE = Resource(
    editions.InitiativeEdition, children=(MILESTONE, OUTCOME, FUNDING, VERDICT), aggregates=_compute_aggregates
)
ANNOUNCEMENT = Resource(editions.AnnouncementEdition, children=(FIGURE, VERDICT))
ORGANISATION = Resource(editions.OrganisationEdition)
PERSON = Resource(editions.PersonEdition)
AREA = Resource(editions.AreaEdition)
CONTEXT = Resource(editions.ContextEdition)
