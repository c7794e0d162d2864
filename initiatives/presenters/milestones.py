"""Presenter of a milestone: three lanes side by side, and every date ever given."""

from datetime import date
from itertools import pairwise

from record.dates import FuzzyDate

from ..editions import build_milestone_calendar, find_last_not_done
from ..rules.contradictions import find_contradictions
from ..rules.date_changes import classify_move
from ..rules.schedule import compute_days_late, compute_schedule


def present_milestone(document: dict, *, on: date) -> dict:
    """Present a milestone on a day.

    Return {"document", "on", "schedule", "late_first", "late_current", "at_least", "not_done", "said", "current",
    "statements", "evidence", "contradictions"}. said: the latest statement that claims a status, else the latest.
    current: the statement whose date counts. statements: see `present_statements`. late_first, late_current: whole days
    or None; if it happened on no certain day (at_least), the least they can be. not_done: the FuzzyDate on which it was
    last said or shown not to be done. contradictions: see `find_contradictions`.
    """
    calendar = build_milestone_calendar(document)
    word = compute_schedule(calendar, on=on)
    first, current = compute_days_late(calendar, on=on)
    said = find_latest_claim(document["statements"])
    statements = present_statements(document["statements"])
    return {
        "document": document,
        "on": on,
        "schedule": word,
        "late_first": first,
        "late_current": current,
        "at_least": calendar.actual_from != calendar.actual_until,
        "not_done": find_last_not_done(document),
        "said": said,
        "current": next((each for each in statements if each["current"]), None),
        "statements": statements,
        "evidence": [each | {"expired": _is_expired(each, on)} for each in document["evidence"]],
        "contradictions": find_contradictions(
            claim=said["claim"] if said else "",
            supports=[each["supports"] for each in document["evidence"]],
            result=document["result"],
            schedule=word,
        ),
    }


def find_latest_claim(statements: list[dict]) -> dict | None:
    claiming = [each for each in statements if each["claim"] not in ("", "not_mentioned")]
    return (claiming or statements or [None])[-1]


def present_statements(statements: list[dict]) -> list[dict]:
    """Return the statements in order, each with `dated`, `move`, `first` and `current`.

    move: how its date differs from the last one given, "" for the first date and without one. first, current: True for
    the first and the last of those with a date.
    """
    dated = [at for at, each in enumerate(statements) if _promised_date(each).is_known()]
    moves = {
        at: classify_move(_promised_date(statements[was]), _promised_date(statements[at]))
        for was, at in pairwise(dated)
    }
    return [
        each
        | {
            "dated": at in dated,
            "move": moves.get(at, ""),
            "first": dated[:1] == [at],
            "current": dated[-1:] == [at],
        }
        for at, each in enumerate(statements)
    ]


def milestone_sort_key(document: dict) -> tuple:
    """Return a key that sorts milestones by when they happened or should have.

    Those without a day come last, in their stated order.
    """
    actual, due = FuzzyDate.from_document(document["actual"]), FuzzyDate.from_document(document["current_promise"])
    day = actual.earliest or actual.latest or due.latest or due.earliest
    return day is None, day or date.max, document["position"]


def _promised_date(statement: dict) -> FuzzyDate:
    return FuzzyDate.from_document(statement["promised"])


def _is_expired(evidence: dict, on: date) -> bool:
    """Return True if the day until which a search's result holds has passed."""
    until = evidence["holds_until"]
    return bool(until) and date.fromisoformat(until) < on
