"""How much of what was promised the record holds, and where it falls short: bounded numbers of queries."""

from datetime import date

from django.db.models import Count, Q

from publishing.queries import Moment, editions

from ..choices import PUBLIC_MONEY, FundingStage, Payer, RatedBy
from ..editions import FundingEdition, MilestoneEdition, OutcomeEdition, VerdictEdition
from ..rules.schedule import SCHEDULES
from .calendar import scheduled_as

PAID_OUT = (FundingStage.DISBURSED, FundingStage.SPENT)


def promises_by_schedule(moment: Moment | None, *, on: date) -> dict[str, int]:
    """{schedule: how many promises stand so on that day}, each of them, in the order of the rules."""
    rows = editions(MilestoneEdition, moment).filter(kind="promise")
    return rows.aggregate(**{word: Count("pk", filter=scheduled_as(word, on=on)) for word in SCHEDULES})


def ratings(moment: Moment | None) -> dict[str, int]:
    """{rating: how many our editors gave}; of those given at all."""
    rows = editions(VerdictEdition, moment).filter(rated_by=RatedBy.US).order_by()
    return dict(rows.values_list("rating").annotate(Count("pk")))


def with_public_money(moment: Moment | None) -> tuple[int, int]:
    """How many initiatives have public money at any stage; how many of these none that is reported as paid out."""
    rows = editions(FundingEdition, moment).filter(payer=Payer.PUBLIC, stage__in=PUBLIC_MONEY)
    paid = Count("pk", filter=Q(stage__in=PAID_OUT))
    found = list(rows.order_by().values_list("root_content_id").annotate(paid=paid).values_list("paid", flat=True))
    return len(found), found.count(0)


def indicators(moment: Moment | None) -> tuple[int, int]:
    """How many indicators there are; how many of these were never observed."""
    never = Count("pk", filter=Q(series__observations=[]))
    counts = editions(OutcomeEdition, moment).aggregate(all=Count("pk"), never=never)
    return counts["all"], counts["never"]
