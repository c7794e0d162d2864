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

from publishing.actions import permit
from publishing.dates import hong_kong_day
from publishing.models.clock import database_now

from ..choices import Kind, Reason, State
from ..models import MOST_ATTEMPTS, Mail, Reminder
from ..models.ledger import MailQuerySet
from ..transports import mail
from ..transports.messages import Item, Part
from .leases import renewed
from .standing import Standing, standing

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)


def deliver(*, reminder_id: int, on: date | None = None, at: datetime | None = None) -> bool:
    """Send a reminder as on that day in Hong Kong, by default today.

    Return False if another process holds it, or it is not owed any more.
    """
    at = at or database_now()
    on = on or hong_kong_day(at)
    rows = Reminder.objects.select_related("rule", "recipient")
    return hand_over(rows, reminder_id, at=at, send=lambda reminder: _send(reminder, on=on))


def hand_over(rows: MailQuerySet, pk: int, *, at: datetime, send: Callable[[Mail], str]) -> bool:
    """Claim a row of a ledger and send it; return True if it was sent.

    send: returns "", or the reason why nothing is owed any more. If it raises, the row stores the error and is retried.
    """
    if not rows.claim(pk, at=at):
        return False
    row = rows.get(pk=pk)
    try:
        with renewed(row):
            reason = send(row)
    except Exception as error:  # whatever it is, it is stored and the row is retried: a mail is never lost
        logger.exception("%s %s was not sent", row._meta.object_name, pk)
        _postpone(row, error, at=at)
        return False
    if reason:
        _close(row, State.SILENCED, reason=reason)
        return False
    return _close(row, State.SENT, sent_at=timezone.now(), error="")


def retry(*, row: Mail, by) -> bool:
    """Let the next sweep send a failed message again, with a fresh count of attempts. Raises PermissionDenied."""
    permit(by, f"notifications.change_{row._meta.model_name}")
    return type(row).objects.try_again(row.pk)


def _send(reminder: Reminder, *, on: date) -> str:
    """Send a reminder by mail and return ""; or return the reason why it is not owed."""
    items = _items(reminder, on=on)
    if isinstance(items, str):
        return items
    mail.send(reminder, items, on=on)
    return ""


def _items(reminder: Reminder, *, on: date) -> list[Item] | str:
    """Return what the mail is about, or the reason why there is nothing to say any more."""
    if not (reminder.recipient.is_active and reminder.recipient.email):
        return Reason.UNREACHABLE
    if reminder.rule.kind == Kind.DIGEST:
        return _told_in(reminder, standing(on=on)) or Reason.EMPTY
    stands = standing(on=on, only=[reminder.subject_id])
    if reminder.key not in stands.owed():
        return stands.why_gone(reminder.key)
    return [_item(reminder, stands, Part.DUE)]


def _told_in(digest: Reminder, stands: Standing) -> list[Item]:
    """Return the items for which a digest was made, as far as they are still owed.

    Items first seen in it come with this person's other items in their window: they learn of them for the first time.
    """
    owed = stands.owed()
    told = [row for row in digest.told.select_related("rule").order_by("due_on", "pk") if row.key in owed]
    due = [_item(row, stands, Part.DUE) for row in told if row.reason == Reason.SAME_DAY]
    seen = [_item(row, stands, Part.PAST) for row in told if row.reason != Reason.SAME_DAY]
    if not seen:
        return due
    windows = [
        Item(each.subject, each.kind, each.due_on, "in_window", Part.IN_WINDOW)
        for each in stands.in_window(digest.recipient_id)
        if each.subject not in {item.subject for item in due}
    ]
    return [*due, *(item for item in seen if item.schedule != "in_window"), *windows]


def _item(row: Reminder, stands: Standing, part: Part) -> Item:
    return Item(row.key.subject, row.rule.kind, row.due_on, stands.schedules[row.key.subject], part)


def _postpone(row: Mail, error: Exception, *, at: datetime) -> None:
    """Store the error, and when to retry; after the last attempt the message has failed."""
    state = State.FAILED if row.attempts >= MOST_ATTEMPTS else State.PENDING
    pause = min(FIRST_PAUSE * 2 ** (row.attempts - 1), LONGEST_PAUSE)
    _close(row, state, error=f"{type(error).__name__}: {error}", retry_at=at + pause)


def _close(row: Mail, state: str, **columns) -> bool:
    """Set the state of a claimed row; return False if its claim was lost meanwhile, and then write nothing.

    If the connection died while the mail was being sent, a new one is used, so that the mail is not sent twice.
    """
    held = type(row)._default_manager.held(row)
    try:
        return held.update(state=state, **columns) == 1
    except (InterfaceError, OperationalError):
        connection.close()
        return held.update(state=state, **columns) == 1
