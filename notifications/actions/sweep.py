"""The sweep of reminders: writes what is owed by a day into the ledger, and returns which mails are to go out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from newsroom.models.clock import database_now
from record.dates import hong_kong_day

from ..choices import DeliveryState, NotSentReason, ReminderKind
from ..models import Reminder, ReminderRule, SweepReport, make_digest_subject
from ..rules import LedgerChanges, LedgerRow, ReminderKey, RuleTiming, gather_digests, plan_ledger
from .due_reminders import ReminderState, load_reminder_state

Envelope = tuple[int, date]  # (recipient, day): one mail


@dataclass(frozen=True)
class SweepPlan:
    """The effect of a sweep on a day: shown by the dry run, and written by the sweep itself."""

    on: date
    state: ReminderState
    owed: dict[ReminderKey, RuleTiming]
    changes: LedgerChanges
    digests: dict[Envelope, list[LedgerRow]]  # new rows in each person's mail of a day


def preview_sweep(*, on: date, at: datetime | None = None) -> SweepPlan:
    """Return what a sweep on that day would do. Reads only; the number of queries is always the same."""
    stands = load_reminder_state(on=on)
    return _plan_sweep(stands, on=on, at=at or database_now())


def sweep_reminders(*, on: date | None = None, at: datetime | None = None) -> list[int]:
    """Plan everything owed up to that day in Hong Kong, by default today. Return the ids of the reminders to send.

    Safe to repeat and to run concurrently; catches up on days when nothing ran. What cannot be planned is left out, and
    named in the report of the sweep.
    """
    at = at or database_now()
    on = on or hong_kong_day(at)
    stands = load_reminder_state(on=on)  # outside the transaction, so that nobody waits while it is read
    with transaction.atomic():
        list(ReminderRule.objects.select_for_update().order_by("pk"))  # locks the rules: sweeps run one after the other
        _write_sweep(_plan_sweep(stands, on=on, at=at), at=at)
        SweepReport.write(at=at, left_out=stands.left_out)
    return list(Reminder.objects.claimable(at=at).filter(remind_on__lte=on).values_list("pk", flat=True))


def _plan_sweep(stands: ReminderState, *, on: date, at: datetime) -> SweepPlan:
    owed = stands.owed()
    open_rows = [each.as_row for each in Reminder.objects.about_things().changeable(at=at).select_related("rule")]
    gone = {row.key: stands.cancellation_reason(row.key) for row in open_rows if row.key not in owed}
    planned = plan_ledger(owed, Reminder.objects.last_days_by_key(), open_rows, gone, on=on)
    if ReminderKind.DIGEST not in stands.rules:
        for row in planned.digested:
            row.set_state(DeliveryState.SILENCED, NotSentReason.RULE_OFF)
        return SweepPlan(on, stands, owed, planned, {})
    waiting = {_digest_envelope(digest, on) for digest in Reminder.objects.digests().never_claimed()}
    made = Reminder.objects.digests().filter(due_on=on).values_list("recipient_id", flat=True)
    left = {recipient for recipient in made if (recipient, on) not in waiting}
    return SweepPlan(on, stands, owed, planned, gather_digests(planned, on=on, left=left, waiting=waiting))


def _digest_envelope(digest: Reminder, on: date) -> Envelope:
    """Return (recipient, day of sending) of a digest; one of an earlier day is sent today."""
    return digest.recipient_id, max(digest.due_on, on)


def _write_sweep(foreseen: SweepPlan, *, at: datetime) -> None:
    """Write the plan; rows that a worker claimed or sent meanwhile are left unchanged."""
    digests = _prepare_digests(foreseen)
    told_in = {id(row): digests[mail] for mail, rows in foreseen.digests.items() for row in rows}
    new = [Reminder.from_row(row, digest=told_in.get(id(row))) for row in foreseen.changes.new]
    Reminder.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    # Excludes rows that a worker claimed or sent meanwhile.
    unclaimed = Reminder.objects.unclaimed(at=at)
    for (state, reason), keys in _group_by_state(foreseen.changes.changed).items():
        unclaimed.filter(pk__in=keys).update(state=state, reason=reason, digest=None)
    for mail, keys in _iterate_known_rows(foreseen.digests):
        told = {"state": DeliveryState.DIGESTED, "reason": NotSentReason.SAME_DAY, "digest": digests[mail]}
        unclaimed.filter(pk__in=keys, attempts=0).update(**told)


def _group_by_state(rows: Iterable[LedgerRow]) -> dict[tuple[str, str], list[int]]:
    groups = defaultdict(list)
    for row in rows:
        if row.state != DeliveryState.DIGESTED:
            groups[row.state, row.reason].append(row.pk)
    return groups


def _iterate_known_rows(digests: dict[Envelope, list[LedgerRow]]) -> Iterator[tuple[Envelope, list[int]]]:
    """Yield (mail, ids of its rows that are in the ledger already)."""
    for mail, rows in digests.items():
        if keys := [row.pk for row in rows if row.pk]:
            yield mail, keys


def _prepare_digests(foreseen: SweepPlan) -> dict[Envelope, Reminder]:
    """Return {mail: its row}: a digest that no worker has claimed yet, else a new one, numbered within its day."""
    if not foreseen.digests:
        return {}
    theirs = Reminder.objects.digests().filter(recipient__in={recipient for recipient, _day in foreseen.digests})
    waiting = {_digest_envelope(each, foreseen.on): each for each in theirs.never_claimed().select_for_update()}
    made = Counter(theirs.values_list("recipient_id", "due_on"))
    rule = foreseen.state.rules[ReminderKind.DIGEST]
    for recipient, day in foreseen.digests.keys() - waiting.keys():
        row = LedgerRow(ReminderKey(rule.id, make_digest_subject(made[recipient, day]), day, recipient), rule.kind, 0)
        waiting[recipient, day] = Reminder.from_row(row)
        waiting[recipient, day].save()
    return waiting
