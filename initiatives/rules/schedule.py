"""The schedule of a milestone on a day in Hong Kong, and how its promised date moved.

Computed when read, never stored; the day is always an argument.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

DUE_SOON_PERIOD = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneCalendar:
    """The facts of a milestone that these rules read; any object with these attributes will do."""

    kind: str = "promise"
    result: str = "scheduled"
    first_until: date | None = None  # the end of the first promised window; None if open or missing
    due_from: date | None = None
    due_until: date | None = None  # the end of the current promised window; None if open or missing
    due_known: bool = False  # there is a current promised window
    actual_from: date | None = None
    actual_until: date | None = None
    not_done_on: date | None = None  # the latest day on which a Statement or Evidence says it is not done


@dataclass(frozen=True, slots=True)
class PromiseHistory:
    """Statements in the order they were made; `first` and `current` are the ones whose date counts, or None."""

    first: Any
    current: Any
    moves: int
    ordered: tuple


def compute_schedule(m, *, on):
    """Return one of the values of `ScheduleValue` for the milestone `m` on that day: the first rule that fits."""
    if m.kind == "event" or m.result in ("withdrawn", "superseded"):
        return "closed"
    if m.result == "not_met":
        return "missed"
    if m.result in ("met", "partially_met"):
        return _met_schedule(m)
    if not m.due_known:
        return "no_date"
    if m.due_from is not None and on < m.due_from:
        return "due_soon" if m.due_from - on <= DUE_SOON_PERIOD else "not_due"
    if m.due_until is None or on <= m.due_until:
        return "in_window"
    # Silence is not lateness: only words or evidence from after the window make it overdue.
    return "overdue" if m.not_done_on is not None and m.not_done_on > m.due_until else "unknown"


def is_silent(nothing_found_until, *, on):
    """Return True if a search found nothing and the day until which that holds is still to come.

    Nobody is then asked what became of an `unknown` milestone.
    """
    return nothing_found_until is not None and on < nothing_found_until


def compute_days_late(m, *, on):
    """Return (first, current): days late against these promises, each None if there is no lateness to speak of.

    A promise "at the earliest" has no end to be late against, and what is unknown is never late.
    """
    if m.result in ("met", "partially_met") and m.kind != "event":
        return _days_after(m.first_until, m.actual_from), _days_after(m.due_until, m.actual_from)
    calendar = compute_schedule(m, on=on)
    if calendar == "overdue":
        return _days_past(m.first_until, on), _days_past(m.due_until, on)
    if calendar in ("not_due", "due_soon", "in_window"):
        # Past the first promise while the current one still runs, because its window was moved later.
        return _days_past(m.first_until, on), None
    return None, None


def build_promise_history(statements):
    """Build the `PromiseHistory` of statements that have `.stated` and `.promised`, both `FuzzyDate`.

    They keep their given order, but one made wholly before an earlier listed one moves before it. Statements without
    a promised date are kept in `ordered` and counted nowhere.
    """
    ordered = _sort_as_stated(statements)
    dated = [statement for statement in ordered if statement.promised.is_known()]
    moves = sum(_get_window(before) != _get_window(after) for before, after in pairwise(dated))
    first, current = (dated[0], dated[-1]) if dated else (None, None)
    return PromiseHistory(first, current, moves, tuple(ordered))


def _met_schedule(m):
    if not m.due_known:
        return "met_undated"
    if m.due_from is not None and m.actual_until is not None and m.actual_until < m.due_from:
        return "met_early"
    if m.due_until is not None and m.actual_from is not None and m.actual_from > m.due_until:
        return "met_late"
    return "met_on_time"


def _days_after(until, actual):
    if until is None or actual is None:
        return None
    return max(0, (actual - until).days)


def _days_past(until, on):
    return (on - until).days if until is not None and on > until else None


def _sort_as_stated(statements):
    ordered = []
    for statement in statements:
        later = (place for place, other in enumerate(ordered) if _is_wholly_before(statement.stated, other.stated))
        ordered.insert(next(later, len(ordered)), statement)
    return ordered


def _is_wholly_before(one, other):
    return one.last_day is not None and other.earliest is not None and one.last_day < other.earliest


def _get_window(statement):
    promised = statement.promised
    return promised.earliest, promised.latest, promised.at_the_earliest
