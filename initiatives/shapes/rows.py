"""An initiative as a line of a list: how its promises stand, its money, its rating."""

from collections import Counter, defaultdict
from datetime import date

from ..choices import PUBLIC_MONEY
from ..rules.money import STAGES, totals
from ..rules.schedule import SCHEDULES
from .milestones import milestone
from .sentences import speaking


def rows(initiatives, *, milestones, sums, ratings, on: date) -> list[dict]:
    """[{"document", "told", "others", "money", "rating"}], in the order of the initiatives. Editions in.

    told: the milestone that speaks for it, as `milestones.milestone` tells it, or None; others: [(schedule or "event",
    how many besides)] in the vocabulary's order; money: its largest `rules.money.Total` of public money, or None;
    rating: our last one, "" where there is none.
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
    """The stage of public money with the most in it, the later of two alike; None where no amount is known."""
    public = [each for each in totals(funding) if each.payer == "public" and each.stage in PUBLIC_MONEY]
    return max(public, key=lambda total: (total.amount_hkd, STAGES.index(total.stage)), default=None)


def _spoken(told: list[dict]) -> dict:
    first = speaking(told)
    others = Counter(_word(each) for each in told if each is not first)
    return {"told": first, "others": [(word, others[word]) for word in ("event", *SCHEDULES) if others[word]]}


def _word(told: dict) -> str:
    return "event" if told["document"]["kind"] == "event" else told["schedule"]
