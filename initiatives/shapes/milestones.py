"""Presenter of a milestone: three lanes side by side, and every date ever given."""

from datetime import date
from itertools import pairwise

from publishing.dates import FuzzyDate

from ..editions import calendar_of, last_not_done
from ..rules.lanes import disagreements
from ..rules.moves import move
from ..rules.schedule import days_late, schedule


def milestone(document: dict, *, on: date) -> dict:
    """Present a milestone on a day.

    Return {"document", "on", "schedule", "late_first", "late_current", "at_least", "not_done", "said", "current",
    "statements", "evidence", "disagreements"}. said: the latest statement that claims a status, else the latest.
    current: the statement whose date counts. statements: see `present_statements`. late_first, late_current: whole days
    or None; if it happened on no certain day (at_least), the least they can be. not_done: the FuzzyDate on which it was
    last said or shown not to be done. disagreements: see `find_contradictions`.
    """
    calendar = calendar_of(document)
    word = schedule(calendar, on=on)
    first, current = days_late(calendar, on=on)
    said = latest_said(document["statements"])
    statements = told_of(document["statements"])
    return {
        "document": document,
        "on": on,
        "schedule": word,
        "late_first": first,
        "late_current": current,
        "at_least": calendar.actual_from != calendar.actual_until,
        "not_done": last_not_done(document),
        "said": said,
        "current": next((each for each in statements if each["current"]), None),
        "statements": statements,
        "evidence": [each | {"expired": _expired(each, on)} for each in document["evidence"]],
        "disagreements": disagreements(
            claim=said["claim"] if said else "",
            supports=[each["supports"] for each in document["evidence"]],
            result=document["result"],
            schedule=word,
        ),
    }


def latest_said(statements: list[dict]) -> dict | None:
    claiming = [each for each in statements if each["claim"] not in ("", "not_mentioned")]
    return (claiming or statements or [None])[-1]


def told_of(statements: list[dict]) -> list[dict]:
    """Return the statements in order, each with `dated`, `move`, `first` and `current`.

    move: how its date differs from the last one given, "" for the first date and without one. first, current: True for
    the first and the last of those with a date.
    """
    dated = [at for at, each in enumerate(statements) if _promised(each).known()]
    moves = {at: move(_promised(statements[was]), _promised(statements[at])) for was, at in pairwise(dated)}
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


def in_time(document: dict) -> tuple:
    """Return a key that sorts milestones by when they happened or should have.

    Those without a day come last, in their stated order.
    """
    actual, due = FuzzyDate.from_document(document["actual"]), FuzzyDate.from_document(document["current_promise"])
    day = actual.earliest or actual.latest or due.latest or due.earliest
    return day is None, day or date.max, document["position"]


def _promised(statement: dict) -> FuzzyDate:
    return FuzzyDate.from_document(statement["promised"])


def _expired(evidence: dict, on: date) -> bool:
    """Return True if the day until which a search's result holds has passed."""
    until = evidence["holds_until"]
    return bool(until) and date.fromisoformat(until) < on
