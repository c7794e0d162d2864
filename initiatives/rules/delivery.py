"""The delivery of promises, counted. Formulas, in whole promises and whole days:

- *Known*: promises that were due and of which it is known what came of them: kept on time, kept late, not kept,
  overdue.
- *Kept on time*: met, wholly or in part, and that for certain by the end of the **first** promised window; if it had
  no end, it was met by it. The share is of the known. Neither number holds what is *unknown* (past its date, and
  nothing confirms either way), still ahead, dropped by officials, or *undated* (promised without a date, or met on no
  day certain enough to compare with the first one promised).
- *Days late* against the first and against the current promise: from the end of that window until it was met, or
  until the day asked about if it is overdue or its first window has passed. 0 if it was met in time. If only the month
  or year is known when it was met, the earliest day counts: the least it can be.
- *Moves*: how often a promised date was replaced by another one.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from .schedule import compute_days_late, compute_schedule

STANDINGS = ("on_time", "late", "missed", "overdue", "unknown", "ahead", "undated")
KNOWN_STANDINGS = ("on_time", "late", "missed", "overdue")
KEPT_STANDINGS = ("on_time", "late")
MET_SCHEDULES = ("met_early", "met_on_time", "met_late")
STANDING_BY_SCHEDULE = {
    "closed": "dropped",
    "missed": "missed",
    "overdue": "overdue",
    "unknown": "unknown",
    "no_date": "undated",
    "met_undated": "undated",
}
OPEN_ENDED = "open"  # a group beside the years: first promised for "at the earliest", without a latest day
MIN_PROMISES_FOR_SHARE = 5  # with fewer, one case would move the percentage by more than twenty points


@dataclass(frozen=True, slots=True)
class PromiseDelivery:
    """The delivery of one promise as of a day. Days late are None without lateness to speak of."""

    standing: str  # one of STANDINGS, or "dropped"
    days_late_first: int | None
    days_late_current: int | None
    moves: int

    @property
    def is_settled(self) -> bool:
        """True if it was met, so that its days late will not grow."""
        return self.standing in KEPT_STANDINGS


def classify_delivery(m, *, on: date) -> PromiseDelivery:
    word = compute_schedule(m, on=on)
    if word == "closed":
        return PromiseDelivery("dropped", None, None, m.moves)
    first, current = compute_days_late(m, on=on)
    if word in MET_SCHEDULES:
        # Met by the current date but after the first one counts as kept late.
        late = word == "met_late" or bool(first)
        standing = "late" if late else "on_time" if _is_met_by(m.first_until, m) else "undated"
        return PromiseDelivery(standing, first, current, m.moves)
    return PromiseDelivery(STANDING_BY_SCHEDULE.get(word, "ahead"), first, current, m.moves)


def _is_met_by(end: date | None, m) -> bool:
    """Return True if it was met by `end` for certain; without an end it was."""
    return end is None or (m.actual_until is not None and m.actual_until <= end)


@dataclass
class Tally:
    """Counted promises of one body, area, announcement or year. Days are counters: {days late: number of promises}."""

    name: dict | str | None = None
    counts: Counter = field(default_factory=Counter)
    moved: int = 0
    moves: int = 0
    met_days_late: Counter = field(default_factory=Counter)  # against the first promise, of those met
    open_days_late: Counter = field(default_factory=Counter)  # against the first promise, of those not met, so far
    current_days_late: Counter = field(default_factory=Counter)  # against the current promise, met or not

    def add(self, each: PromiseDelivery) -> None:
        self.counts[each.standing] += 1
        if each.standing == "dropped":
            return
        self.moved += each.moves > 0
        self.moves += each.moves
        if each.standing == "undated":
            return
        if each.days_late_first is not None:
            (self.met_days_late if each.is_settled else self.open_days_late)[each.days_late_first] += 1
        if each.days_late_current is not None:
            self.current_days_late[each.days_late_current] += 1

    @property
    def total(self) -> int:
        """The number of all promises except those that officials dropped."""
        return sum(self.counts[each] for each in STANDINGS)

    @property
    def known(self) -> int:
        return sum(self.counts[each] for each in KNOWN_STANDINGS)

    @property
    def with_first(self) -> int:
        """The number of promises with days late against the first promise, 0 included."""
        return sum(self.met_days_late.values()) + sum(self.open_days_late.values())

    @property
    def with_current(self) -> int:
        """The number of promises with days late against the current promise, 0 included."""
        return sum(self.current_days_late.values())

    @property
    def median_first(self) -> int | None:
        return median_days(self.met_days_late, self.open_days_late)

    @property
    def median_current(self) -> int | None:
        return median_days(self.current_days_late)


def median_days(*counters: Counter) -> int | None:
    """Return the median of counted days, half up between two values, or None if nothing was counted."""
    days = Counter()
    for each in counters:
        days.update(each)
    size, seen, found = sum(days.values()), 0, []
    for value in sorted(days):
        seen += days[value]
        found += [value for place in ((size - 1) // 2, size // 2) if seen - days[value] <= place < seen]
    return (found[0] + found[-1] + 1) // 2 if found else None
