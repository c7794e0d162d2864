"""Milestones as pages are told them, from a few values."""

from datetime import date
from itertools import pairwise

from initiatives.presenters.milestones import present_milestone
from record.dates import FuzzyDate

TODAY = date(2026, 11, 22)


def said(promised=None, *, stated=None, claim=""):
    return {
        "content_id": "",
        "promised": promised and promised.to_document(),
        "stated": stated and FuzzyDate.from_day(stated).to_document(),
        "claim": claim,
    }


def told(*promised, on=TODAY, result="scheduled", actual=None, kind="promise", statements=(), evidence=()):
    """Make a milestone with these promised windows in this order (and then these statements), as told on that day."""
    dated = [each for each in promised if each.is_known()]
    document = {
        "kind": kind,
        "result": result,
        "actual": actual and actual.to_document(),
        "first_promise": dated[0].to_document() if dated else None,
        "current_promise": dated[-1].to_document() if dated else None,
        "moves": sum(_window(one) != _window(other) for one, other in pairwise(dated)),
        "statements": [*(said(each) for each in promised), *statements],
        "evidence": list(evidence),
    }
    return present_milestone(document, on=on)


def funded(stage, amount, payer="public", qualifier="exactly", part_of=None, position=0):
    return {
        "content_id": f"{stage}-{payer}-{amount}",
        "stage": stage,
        "payer": payer,
        "amount_hkd": amount,
        "qualifier": qualifier,
        "part_of": part_of and {"content_id": part_of},
        "restates": None,
        "position": position,
    }


def _window(fuzzy):
    return fuzzy.earliest, fuzzy.latest, fuzzy.at_the_earliest
