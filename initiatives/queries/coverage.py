"""Counts of what the record holds, and of where it falls short. The number of queries is bounded."""

from datetime import date

from django.db.models import Count, Q

from record.queries import Moment, editions_at

from ..choices import PUBLIC_MONEY_STAGES, FundingStage, Payer, RatedBy
from ..editions import FundingEdition, MilestoneEdition, OutcomeEdition, VerdictEdition
from ..vocabulary import ScheduleValue
from .calendar import schedule_condition

PAID_OUT_STAGES = (FundingStage.DISBURSED, FundingStage.SPENT)


def count_promises_by_schedule(moment: Moment | None, *, on: date) -> dict[str, int]:
    """Return {schedule: number of promises} on that day, for every schedule in the order of the rules."""
    rows = editions_at(MilestoneEdition, moment).filter(kind="promise")
    return rows.aggregate(**{word: Count("pk", filter=schedule_condition(word, on=on)) for word in ScheduleValue})


def count_ratings(moment: Moment | None) -> dict[str, int]:
    """Return {rating: number given by our editors}, for ratings that were given at all."""
    rows = editions_at(VerdictEdition, moment).filter(rated_by=RatedBy.US).order_by()
    return dict(rows.values_list("rating").annotate(Count("pk")))


def count_publicly_funded(moment: Moment | None) -> tuple[int, int]:
    """Return (funded, unspent): initiatives with public money at any stage, and those of them with none paid out."""
    rows = editions_at(FundingEdition, moment).filter(payer=Payer.PUBLIC, stage__in=PUBLIC_MONEY_STAGES)
    paid = Count("pk", filter=Q(stage__in=PAID_OUT_STAGES))
    found = list(rows.order_by().values_list("root_content_id").annotate(paid=paid).values_list("paid", flat=True))
    return len(found), found.count(0)


def count_indicators(moment: Moment | None) -> tuple[int, int]:
    """Return (total, never observed) numbers of indicators."""
    never = Count("pk", filter=Q(series__observations=[]))
    counts = editions_at(OutcomeEdition, moment).aggregate(all=Count("pk"), never=never)
    return counts["all"], counts["never"]
