"""The ledgers: every mail that is owed is a row before it is sent. And the report of the last sweep."""

from .ledger import LEASE_DURATION, MAX_ATTEMPTS, OutboxMessage, message_id
from .notices import Notice
from .reminders import DIGEST_TYPE, Reminder, ReminderRule, make_digest_subject
from .sweeps import SweepReport

__all__ = [
    "DIGEST_TYPE",
    "LEASE_DURATION",
    "MAX_ATTEMPTS",
    "Notice",
    "OutboxMessage",
    "Reminder",
    "ReminderRule",
    "SweepReport",
    "make_digest_subject",
    "message_id",
]
