"""When somebody is reminded of what, as pure functions of dates and of the ledger's content.

A *due item* is a dated fact that a rule covers for one person. The ledger keeps, for each rule, due item and person,
what is owed and the one reminder that comes next; so a due item without any row is one that the rule sees for the
first time. What falls due for one person on one day goes in one mail, a *digest*.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

# Of two reminders on one day, the one whose kind comes later in this list says more.
KINDS_BY_WEIGHT = ("digest", "window_opens", "target_date", "window_closes", "observation_overdue", "past_window")

LAST_ORDINAL = date.max.toordinal()

Subject = tuple[str, str]  # (type, content_id)


class ReminderKey(NamedTuple):
    """Identifies what one rule owes one person about one dated subject."""

    rule: int
    subject: Subject
    due_on: date
    recipient: int


@dataclass(frozen=True, slots=True)
class RuleTiming:
    """When a rule reminds: `offsets` days before the date (negative: after it), then every `repeat_days` after that.

    Days before the year 1 or after the year 9999 are skipped: no date and no numbers make it raise.
    """

    id: int
    kind: str
    offsets: tuple[int, ...]
    repeat_days: int | None = None

    def offsets_between(self, due_on: date, after: date, until: date) -> Iterator[int]:
        """Yield the offsets whose day lies after `after` and not after `until`, earliest first."""
        offset = self.next_offset(due_on, after)
        while offset is not None and -offset <= (until - due_on).days:
            yield offset
            offset = self.next_offset(due_on, due_on - timedelta(offset))

    def offsets_until(self, due_on: date, on: date) -> list[int]:
        """Return the offsets whose day has come, earliest first; of the repeated ones only the latest."""
        elapsed = (on - due_on).days
        found = [offset for offset in self._in_order() if -offset <= elapsed]
        if found and self.repeat_days:
            latest = found[-1] - (elapsed + found[-1]) // self.repeat_days * self.repeat_days
            if len(found) == len(self._in_order()) and latest != found[-1]:
                found.append(latest)
        return [offset for offset in found if _is_valid_day(due_on, offset)]

    def next_offset(self, due_on: date, on: date) -> int | None:
        """Return the offset of the first day after `on`; None if there is none."""
        fixed, elapsed = self._in_order(), (on - due_on).days
        ahead = next((offset for offset in fixed if -offset > elapsed), None)
        if ahead is None and fixed and self.repeat_days:
            ahead = fixed[-1] - ((elapsed + fixed[-1]) // self.repeat_days + 1) * self.repeat_days
        return ahead if ahead is not None and _is_valid_day(due_on, ahead) else None

    def has_offset(self, offset: int) -> bool:
        """Return True if the rule reminds on that day."""
        if offset in self.offsets or not (self.offsets and self.repeat_days):
            return offset in self.offsets
        beyond = min(self.offsets) - offset
        return beyond > 0 and beyond % self.repeat_days == 0

    def _in_order(self) -> list[int]:
        return sorted(set(self.offsets), reverse=True)


def _is_valid_day(due_on: date, offset: int) -> bool:
    return 1 <= due_on.toordinal() - offset <= LAST_ORDINAL


@dataclass(slots=True)
class LedgerRow:
    """A reminder, in the ledger (`pk`) or about to be written.

    is_first_seen: the rule sees the date for the first time. was_attempted: its own mail was given to the mail server
    before.
    """

    key: ReminderKey
    kind: str
    offset: int
    state: str = "pending"
    reason: str = ""
    pk: int | None = None
    is_first_seen: bool = False
    was_attempted: bool = False

    @property
    def remind_on(self) -> date:
        return self.key.due_on - timedelta(self.offset)

    def set_state(self, state: str, reason: str = "") -> None:
        self.state, self.reason = state, reason

    @property
    def weight(self) -> tuple:
        return self.remind_on, KINDS_BY_WEIGHT.index(self.kind), self.key.due_on


@dataclass
class LedgerChanges:
    """The changes a sweep would write: new rows, and rows with a new state. `due`: those sent as mails of their own."""

    new: list[LedgerRow] = field(default_factory=list)
    changed: list[LedgerRow] = field(default_factory=list)
    due: list[LedgerRow] = field(default_factory=list)

    @property
    def digested(self) -> list[LedgerRow]:
        return [row for row in self.new if row.state == "digested"]


def plan_ledger(
    owed: Mapping[ReminderKey, RuleTiming],
    known: Mapping[ReminderKey, date],
    open_rows: Iterable[LedgerRow],
    gone: Mapping[ReminderKey, str],
    *,
    on: date,
) -> LedgerChanges:
    """Return the changes after which everybody is reminded once, on that day, of what is owed. Modifies `open_rows`.

    owed: every due item with the timing of its rule. known: the last day in the ledger for each due item.
    open_rows: what is pending, stuck while being sent, silenced, or in a digest that was never sent.
    gone: why the due item of an open row is not owed.
    """
    open_rows = list(open_rows)
    before = {id(row): row.state for row in open_rows}
    for row in open_rows:
        wanted = row.key in owed and owed[row.key].has_offset(row.offset)
        if wanted and row.state in ("silenced", "digested"):
            row.set_state("pending")
        elif not wanted and row.state != "silenced":
            row.set_state("silenced", gone.get(row.key, "rule_off"))
    present = {(row.key, row.offset) for row in open_rows}
    new = [row for row in _iterate_new_rows(owed, known, on) if (row.key, row.offset) not in present]
    _keep_latest([row for row in [*open_rows, *new] if row.state != "silenced" and row.remind_on <= on], on)
    return LedgerChanges(
        new=new,
        changed=[row for row in open_rows if row.state != before[id(row)]],
        due=[row for row in [*open_rows, *new] if row.state in ("pending", "sending") and row.remind_on <= on],
    )


def _iterate_new_rows(
    owed: Mapping[ReminderKey, RuleTiming], known: Mapping[ReminderKey, date], on: date
) -> Iterator[LedgerRow]:
    """Yield rows for the days that have come since the ledger's last one, and for the one that comes next."""
    for key, timing in owed.items():
        first = key not in known
        past = timing.offsets_until(key.due_on, on) if first else timing.offsets_between(key.due_on, known[key], on)
        for offset in past:
            yield LedgerRow(key, timing.kind, offset, is_first_seen=first)
        start = on
        if first and key.due_on < on and timing.repeat_days:
            # What the digest contains is not repeated until a whole round later.
            start = add_days(on, timing.repeat_days - 1)
            for offset in timing.offsets_between(key.due_on, on, start):
                yield LedgerRow(key, timing.kind, offset, "overtaken", "just_told")
        if (ahead := timing.next_offset(key.due_on, start)) is not None:
            yield LedgerRow(key, timing.kind, ahead)


def _keep_latest(rows: list[LedgerRow], on: date) -> None:
    """Keep only the latest reminder for each recipient and subject; mark the earlier ones as overtaken.

    Reminders already past their date when first seen go into the digest.
    """
    groups = defaultdict(list)
    for row in rows:
        if row.is_first_seen and row.remind_on < on <= row.key.due_on:
            row.set_state("overtaken", "before_seen")
        else:
            groups[row.key.recipient, row.key.subject].append(row)
    for group in groups.values():
        *earlier, latest = sorted(group, key=lambda row: row.weight)
        for row in earlier:
            row.set_state("overtaken", "later")
        if latest.is_first_seen and latest.key.due_on < on:
            latest.set_state("digested", "first_seen")


def gather_digests(
    planned: LedgerChanges, *, on: date, left: Collection[int], waiting: Collection[tuple[int, date]]
) -> dict[tuple[int, date], list[LedgerRow]]:
    """Return {(recipient, day): rows} of the digests, and take those rows out of `planned.due`.

    A single row that is due stays a mail of its own. left: people whose digest of that day was sent; what was past when
    first seen waits for their next day, what falls due does not. waiting: (recipient, day) of digests not sent yet.
    What was tried keeps its own mail, under its own Message-ID: the mail server may have taken it.
    """
    mails = defaultdict(list)
    for row in planned.digested:
        mails[row.key.recipient, add_days(on, 1) if row.key.recipient in left else on].append(row)
    due = defaultdict(list)
    for row in planned.due:
        if row.state == "pending" and not row.was_attempted:
            due[row.key.recipient, on].append(row)
    for mail, rows in due.items():
        if len(rows) > 1 or mail in mails or mail in waiting:
            for row in rows:
                row.set_state("digested", "same_day")
            mails[mail] += rows
    planned.due = [row for row in planned.due if row.state != "digested"]
    return dict(mails)


def next_observation_due(days: Iterable[date], *, since: date | None, every_months: int | None) -> date | None:
    """Return when the next observation is expected: so many months after the latest one, else after `since`."""
    latest = max(days, default=since)
    if latest is None or not every_months:
        return None
    return _add_months(latest, every_months)


def add_days(day: date, days: int) -> date:
    """Return the day so many days later, at most the last day that a date can hold."""
    return date.fromordinal(min(day.toordinal() + days, LAST_ORDINAL))


def _add_months(day: date, months: int) -> date | None:
    """Return the same day so many months later, None beyond the year 9999.

    The last day of a month stays the last day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    last = monthrange(year, month + 1)[1]
    ends_a_month = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if ends_a_month else min(day.day, last))
