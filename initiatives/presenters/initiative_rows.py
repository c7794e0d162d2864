"""Rows of a list of initiatives: how the promises of each stand, its money, its rating."""

from collections import Counter, defaultdict
from datetime import date

from ..choices import PUBLIC_MONEY_STAGES
from ..narrative.promises import headline_milestone
from ..rules.money import compute_totals
from ..vocabulary import FundingStageValue, ScheduleValue
from .milestones import present_milestone


def present_initiative_rows(initiatives, *, milestones, sums, ratings, on: date) -> list[dict]:
    """Return [{"document", "told", "others", "money", "rating"}] from editions, in the order of the initiatives.

    told: its `headline_milestone`, from `present_milestone`, or None. others: [(schedule or "event", number of others)]
    in the vocabulary's order. money: its largest `MoneyTotal` of public money, or None. rating: our last one, "" if
    there is none.
    """
    told, funding = defaultdict(list), defaultdict(list)
    for each in milestones:
        told[each.root_content_id].append(present_milestone(each.load_document(), on=on))
    for each in sums:
        funding[each.root_content_id].append(each)
    rated = {each.root_content_id: each.rating for each in ratings}
    return [
        {
            "document": each.load_document(),
            **_present_headline(told[each.content_id]),
            "money": find_largest_total(funding[each.content_id]),
            "rating": rated.get(each.content_id, ""),
        }
        for each in initiatives
    ]


def find_largest_total(funding):
    """Return the total of the stage with the most public money, the later stage of two alike; None without amounts."""
    public = [each for each in compute_totals(funding) if each.payer == "public" and each.stage in PUBLIC_MONEY_STAGES]
    return max(public, key=lambda total: (total.amount_hkd, list(FundingStageValue).index(total.stage)), default=None)


def _present_headline(told: list[dict]) -> dict:
    first = headline_milestone(told)
    others = Counter(_schedule_or_event(each) for each in told if each is not first)
    return {"told": first, "others": [(word, others[word]) for word in ("event", *ScheduleValue) if others[word]]}


def _schedule_or_event(told: dict) -> str:
    return "event" if told["document"]["kind"] == "event" else told["schedule"]
