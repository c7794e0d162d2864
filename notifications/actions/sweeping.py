"""The sweep: writes into the ledger what is owed by a day, and says which mails are to go out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from publishing.dates import hong_kong_day

from ..choices import Kind, Reason, State
from ..models import DIGEST_SUBJECT, Reminder, ReminderRule, SweepReport, database_now
from ..rules import Key, Plan, Row, Timing, later, plan
from .standing import Standing, standing


@dataclass(frozen=True)
class Foreseen:
    """What a sweep on a day would do: for the dry run, and for the sweep itself to write."""

    on: date
    standing: Standing
    owed: dict[Key, Timing]
    plan: Plan
    digests: dict[int, list[Row]]  # {recipient: what is new in their digest}


def foresee(*, on: date, at: datetime | None = None) -> Foreseen:
    """Reads only; always the same number of queries."""
    stands = standing(on=on)
    return _foreseen(stands, on=on, at=at or database_now())


def sweep(*, on: date | None = None, at: datetime | None = None) -> list[int]:
    """Plan everything owed up to that day in Hong Kong, today unless told. Returns the ids of the mails to be sent.

    Safe to repeat and to run twice at once; catches up on days when nothing ran. What cannot be planned is left out,
    and named in the report of the sweep.
    """
    at = at or database_now()
    on = on or hong_kong_day(at)
    stands = standing(on=on)  # outside the transaction: nobody has to wait while it is read
    with transaction.atomic():
        list(ReminderRule.objects.select_for_update().order_by("pk"))  # sweeps go one after the other
        _write(_foreseen(stands, on=on, at=at), at=at)
        SweepReport.write(at=at, left_out=stands.left_out)
    return list(Reminder.objects.claimable(at=at).filter(remind_on__lte=on).values_list("pk", flat=True))


def _foreseen(stands: Standing, *, on: date, at: datetime) -> Foreseen:
    owed = stands.owed()
    open_rows = [each.row for each in Reminder.objects.about_things().open(at=at).select_related("rule")]
    gone = {row.key: stands.why_gone(row.key) for row in open_rows if row.key not in owed}
    planned = plan(owed, Reminder.objects.known(), open_rows, gone, on=on)
    digests = defaultdict(list)
    for row in planned.digested:
        if Kind.DIGEST in stands.rules:
            digests[row.key.recipient].append(row)
        else:
            row.moved_to(State.SILENCED, Reason.RULE_OFF)
    return Foreseen(on, stands, owed, planned, dict(digests))


def _write(foreseen: Foreseen, *, at: datetime) -> None:
    digests = _digests(foreseen)
    told_in = {id(row): digests[recipient] for recipient, rows in foreseen.digests.items() for row in rows}
    new = [Reminder.of(row, digest=told_in.get(id(row))) for row in foreseen.plan.new]
    Reminder.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    for (state, reason), keys in _by_state(foreseen.plan.changed).items():
        # A row that a worker claimed or sent meanwhile is left to it.
        Reminder.objects.open(at=at).filter(pk__in=keys).update(state=state, reason=reason)


def _by_state(rows: Iterable[Row]) -> dict[tuple[str, str], list[int]]:
    groups = defaultdict(list)
    for row in rows:
        groups[row.state, row.reason].append(row.pk)
    return groups


def _digests(foreseen: Foreseen) -> dict[int, Reminder]:
    """The digest that tells each person, by recipient: one that has not gone out yet, else a new one.

    At most one a person goes out a day, so what is first seen after today's went out waits for tomorrow's.
    """
    recipients = list(foreseen.digests)
    if not recipients:
        return {}
    past = Reminder.objects.filter(subject_type=DIGEST_SUBJECT[0], recipient__in=recipients)
    waiting = {each.recipient_id: each for each in past.filter(state=State.PENDING).select_for_update()}
    taken = set(past.values_list("recipient_id", "due_on"))
    rule = foreseen.standing.rules[Kind.DIGEST]
    for recipient in recipients:
        if recipient not in waiting:
            day = foreseen.on
            while (recipient, day) in taken:
                day = later(day, 1)
            row = Row(Key(rule.id, DIGEST_SUBJECT, day, recipient), rule.kind, 0)
            waiting[recipient] = Reminder.of(row)
            waiting[recipient].save()
    return waiting
