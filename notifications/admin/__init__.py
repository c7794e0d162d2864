"""The admin of reminders: the ledgers, the worklist of outcomes with a number due, and how the last sweep ended."""

from . import ledger, sweeps, worklists

__all__ = ["ledger", "sweeps", "worklists"]
