"""Rows of a list of initiatives: how the promises of each stand, its money, its rating."""

from collections import Counter, defaultdict
from datetime import date

from ..choices import PUBLIC_MONEY
from ..rules.money import STAGES, totals
from ..rules.schedule import SCHEDULES
from .milestones import milestone
from .sentences import speaking


def rows(initiatives, *, milestones, sums, ratings, on: date) -> list[dict]:
    """Return [{"document", "told", "others", "money", "rating"}] from editions, in the order of the initiatives.

    told: its `headline_milestone`, from `present_milestone`, or None. others: [(schedule or "event", number of others)]
    in the vocabulary's order. money: its largest `MoneyTotal` of public money, or None. rating: our last one, "" if
    there is none.
    """
    told, funding = defaultdict(list), defaultdict(list)
    for each in milestones:
        told[each.root_content_id].append(milestone(each.current(), on=on))
    for each in sums:
        funding[each.root_content_id].append(each)
    rated = {each.root_content_id: each.rating for each in ratings}
    return [
        {
            "document": each.current(),
            **_spoken(told[each.content_id]),
            "money": largest(funding[each.content_id]),
            "rating": rated.get(each.content_id, ""),
        }
        for each in initiatives
    ]


def largest(funding):
    """Return the total of the stage with the most public money, the later stage of two alike; None without amounts."""
    public = [each for each in totals(funding) if each.payer == "public" and each.stage in PUBLIC_MONEY]
    return max(public, key=lambda total: (total.amount_hkd, STAGES.index(total.stage)), default=None)


def _spoken(told: list[dict]) -> dict:
    first = speaking(told)
    others = Counter(_word(each) for each in told if each is not first)
    return {"told": first, "others": [(word, others[word]) for word in ("event", *SCHEDULES) if others[word]]}


def _word(told: dict) -> str:
    return "event" if told["document"]["kind"] == "event" else told["schedule"]
