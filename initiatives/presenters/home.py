"""Presenters of the home page: how promises stand, money by stage, and a promise beside earlier ones."""

from collections import Counter, defaultdict
from datetime import date

from record.dates import FuzzyDate

from ..charts.money import ALWAYS_SHOWN_STAGES
from ..choices import PUBLIC_MONEY_STAGES
from ..rules.money import MoneyTotal, compute_totals
from ..vocabulary import FundingStageValue
from .milestones import present_milestone


def present_standings(counts: dict[str, int]) -> dict:
    """Return {"total", "parts": [{"name", "count", "start", "share"}]}; start and share in per cent of the total."""
    total, start, parts = sum(counts.values()), 0.0, []
    for name, count in counts.items():
        share = 100 * count / total if total else 0.0
        parts.append({"name": name, "count": count, "start": round(start, 3), "share": round(share, 3)})
        start += share
    return {"total": total, "parts": parts}


def present_public_money(rows) -> list[dict]:
    """Return [{"stage", "total", "share"}] of public money, the firmest stage last; share in per cent of the largest.

    total: a `MoneyTotal`, which counts each dollar once at its stage, or None if nothing is recorded.
    """
    sums = {each.stage: each for each in compute_totals(rows) if each.payer == "public"}
    largest = max((abs(sums[stage].amount_hkd) for stage in PUBLIC_MONEY_STAGES if stage in sums), default=0) or 1
    return [
        {
            "stage": stage,
            "total": sums.get(stage),
            "share": round(100 * abs(sums[stage].amount_hkd) / largest, 2) if stage in sums else 0.0,
        }
        for stage in PUBLIC_MONEY_STAGES
        if stage in sums or stage in ALWAYS_SHOWN_STAGES
    ]


def present_most_moved(lead: dict, initiatives: list[dict], promises: list[dict], sums, *, on: date) -> dict:
    """Present the promise whose date moved most, beside what came before it and what it is compared with.

    Return {"told", "initiative", "money", "others": [{"initiative", "relation", "told", "counts", "money"}]}. told:
    from `present_milestone`; for another initiative, the promise last met, else the one due latest. counts: [(schedule,
    number)]. money: the `MoneyTotal` of the firmest public stage, or None. initiatives, promises: documents.
    """
    root = lead["initiative"]["content_id"]
    of = defaultdict(list)
    for each in promises:
        of[each["initiative"]["content_id"]].append(present_milestone(each, on=on))
    own = next(each for each in initiatives if each["content_id"] == root)
    relations = {each["content_id"]: each["relation"] for each in own["relations"]}
    return {
        "told": present_milestone(lead, on=on),
        "initiative": own,
        "money": _find_firmest_total(sums, root),
        "others": [
            _present_precedent(
                each,
                relations[each["content_id"]],
                of[each["content_id"]],
                _find_firmest_total(sums, each["content_id"]),
            )
            for each in initiatives
            if each["content_id"] != root
        ],
    }


def _present_precedent(initiative: dict, relation: str, told: list[dict], money) -> dict:
    counts = Counter(each["schedule"] for each in told)
    met = [each for each in told if each["schedule"].startswith("met")]
    met.sort(key=lambda each: FuzzyDate.from_document(each["document"]["actual"]).last_day or date.min)
    return {
        "initiative": initiative,
        "relation": relation,
        "told": next(reversed(met or told), None),
        "counts": [(word, counts[word]) for word in counts],
        "money": money,
    }


def _find_firmest_total(sums, content_id: str) -> MoneyTotal | None:
    of_root = [each for each in sums if str(each.root_content_id) == content_id]
    found = [each for each in compute_totals(of_root) if each.payer == "public" and each.stage in PUBLIC_MONEY_STAGES]
    return max(found, key=lambda total: list(FundingStageValue).index(total.stage), default=None)
