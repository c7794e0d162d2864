"""Delivery of one row of a ledger: claim it, check again that it is still owed, send it, store how it went.

On our side everything happens once: one claimant, one Message-ID a mail. Towards the mail server delivery is at least
once: if a process dies after the server took the mail and before `sent` was written, the row is sent again after its
lease, under the same Message-ID (docs/decisions/0032). Leases and pauses are measured by the database's clock.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from newsroom.actions.permissions import perm, require_perm
from newsroom.models.clock import database_now
from record.dates import hong_kong_day

from ..choices import DeliveryState, NotSentReason, ReminderKind
from ..models import MAX_ATTEMPTS, OutboxMessage, Reminder
from ..models.ledger import OutboxQuerySet
from ..transports import mail
from ..transports.messages import MailItem, MailPart
from .due_reminders import ReminderState, load_reminder_state
from .leases import renewed_lease

logger = logging.getLogger(__name__)

FIRST_RETRY_PAUSE, MAX_RETRY_PAUSE = timedelta(minutes=1), timedelta(hours=6)


def send_reminder(*, reminder_id: int, on: date | None = None, at: datetime | None = None) -> bool:
    """Send a reminder as on that day in Hong Kong, by default today.

    Return False if another process holds it, or it is not owed any more.
    """
    at = at or database_now()
    on = on or hong_kong_day(at)
    rows = Reminder.objects.select_related("rule", "recipient")
    return claim_and_send(rows, reminder_id, at=at, send=lambda reminder: _send_if_owed(reminder, on=on))


def claim_and_send(rows: OutboxQuerySet, pk: int, *, at: datetime, send: Callable[[OutboxMessage], str]) -> bool:
    """Claim a row of a ledger and send it; return True if it was sent.

    send: returns "", or the reason why nothing is owed any more. If it raises, the row stores the error and is retried.
    """
    if not rows.claim(pk, at=at):
        return False
    row = rows.get(pk=pk)
    try:
        with renewed_lease(row):
            reason = send(row)
    except Exception as error:  # whatever it is, it is stored and the row is retried: a mail is never lost
        logger.exception("%s %s was not sent", row._meta.object_name, pk)
        _postpone_message(row, error, at=at)
        return False
    if reason:
        _close_claim(row, DeliveryState.SILENCED, reason=reason)
        return False
    return _close_claim(row, DeliveryState.SENT, sent_at=timezone.now(), error="")


def retry_message(*, row: OutboxMessage, by) -> bool:
    """Let the next sweep send a failed message again, with a fresh count of attempts. Raises PermissionDenied."""
    require_perm(by, perm(row, "change"))
    return type(row).objects.try_again(row.pk)


def _send_if_owed(reminder: Reminder, *, on: date) -> str:
    """Send a reminder by mail and return ""; or return the reason why it is not owed."""
    items = _collect_items(reminder, on=on)
    if isinstance(items, str):
        return items
    mail.send_reminder_email(reminder, items, on=on)
    return ""


def _collect_items(reminder: Reminder, *, on: date) -> list[MailItem] | str:
    """Return what the mail is about, or the reason why there is nothing to say any more."""
    if not (reminder.recipient.is_active and reminder.recipient.email):
        return NotSentReason.UNREACHABLE
    if reminder.rule.kind == ReminderKind.DIGEST:
        return _collect_digest_items(reminder, load_reminder_state(on=on)) or NotSentReason.EMPTY
    stands = load_reminder_state(on=on, only=[reminder.subject_id])
    if reminder.key not in stands.owed():
        return stands.cancellation_reason(reminder.key)
    return [_build_item(reminder, stands, MailPart.DUE)]


def _collect_digest_items(digest: Reminder, stands: ReminderState) -> list[MailItem]:
    """Return the items for which a digest was made, as far as they are still owed.

    Items first seen in it come with this person's other items in their window: they learn of them for the first time.
    """
    owed = stands.owed()
    told = [row for row in digest.told.select_related("rule").order_by("due_on", "pk") if row.key in owed]
    due = [_build_item(row, stands, MailPart.DUE) for row in told if row.reason == NotSentReason.SAME_DAY]
    seen = [_build_item(row, stands, MailPart.PAST) for row in told if row.reason != NotSentReason.SAME_DAY]
    if not seen:
        return due
    windows = [
        MailItem(each.subject, each.kind, each.due_on, "in_window", MailPart.IN_WINDOW)
        for each in stands.in_window(digest.recipient_id)
        if each.subject not in {item.subject for item in due}
    ]
    return [*due, *(item for item in seen if item.schedule != "in_window"), *windows]


def _build_item(row: Reminder, stands: ReminderState, part: MailPart) -> MailItem:
    return MailItem(row.key.subject, row.rule.kind, row.due_on, stands.schedules[row.key.subject], part)


def _postpone_message(row: OutboxMessage, error: Exception, *, at: datetime) -> None:
    """Store the error, and when to retry; after the last attempt the message has failed."""
    state = DeliveryState.FAILED if row.attempts >= MAX_ATTEMPTS else DeliveryState.PENDING
    pause = min(FIRST_RETRY_PAUSE * 2 ** (row.attempts - 1), MAX_RETRY_PAUSE)
    _close_claim(row, state, error=f"{type(error).__name__}: {error}", retry_at=at + pause)


def _close_claim(row: OutboxMessage, state: str, **columns) -> bool:
    """Set the state of a claimed row; return False if its claim was lost meanwhile, and then write nothing.

    If the connection died while the mail was being sent, a new one is used, so that the mail is not sent twice.
    """
    held = type(row)._default_manager.still_claimed(row)
    try:
        return held.update(state=state, **columns) == 1
    except (InterfaceError, OperationalError):
        connection.close()
        return held.update(state=state, **columns) == 1
