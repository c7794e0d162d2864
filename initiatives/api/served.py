"""API resources of initiatives: the computed members in front of each document, and the children inside it."""

from collections import Counter

from publishing.api import Served

from .. import editions
from ..rules import money
from ..rules.outcomes import outcome_status
from ..rules.schedule import Calendar, days_late, schedule


def _calendar(row, day) -> dict:
    first, current = days_late(row, on=day)
    return {"schedule": schedule(row, on=day), "days_late": {"first": first, "current": current}}


def _status(row, day) -> dict:
    return {"status": outcome_status(editions.series_of(row.series), on=day)}


def _sums(children: dict, day) -> dict:
    """Return money by stage and payer, without nested or restated rows, and the number of milestones per schedule."""
    totals = [
        {"stage": total.stage, "payer": total.payer, "amount_hkd": total.amount_hkd}
        for total in money.totals(children["funding"])
    ]
    return {"money": totals, "schedules": Counter(schedule(row, on=day) for row in children["milestones"])}


MILESTONE = Served(editions.MilestoneEdition, reads=tuple(Calendar.__dataclass_fields__), computed=_calendar)
OUTCOME = Served(editions.OutcomeEdition, reads=("series",), computed=_status)
FUNDING = Served(editions.FundingEdition, reads=("stage", "payer", "amount_hkd", "part_of", "restates"))
VERDICT = Served(editions.VerdictEdition, order=("rated_on", "first_published_at", "content_id"))
FIGURE = Served(editions.FigureEdition)
INITIATIVE = Served(editions.InitiativeEdition, children=(MILESTONE, OUTCOME, FUNDING, VERDICT), summed=_sums)
ANNOUNCEMENT = Served(editions.AnnouncementEdition, children=(FIGURE, VERDICT))
ORGANISATION = Served(editions.OrganisationEdition)
PERSON = Served(editions.PersonEdition)
AREA = Served(editions.AreaEdition)
CONTEXT = Served(editions.ContextEdition)
