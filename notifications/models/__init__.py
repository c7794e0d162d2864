"""The ledgers: every mail that is owed is a row before it is sent. And the report of the last sweep."""

from .ledger import LEASE, MOST_ATTEMPTS, Mail, message_id
from .notices import Notice
from .reminders import DIGEST, Reminder, ReminderRule, digest_subject
from .sweeps import SweepReport

__all__ = [
    "DIGEST",
    "LEASE",
    "MOST_ATTEMPTS",
    "Mail",
    "Notice",
    "Reminder",
    "ReminderRule",
    "SweepReport",
    "digest_subject",
    "message_id",
]
