"""Telling people, in the newsroom: the ledgers of mail, what of the outcomes is due, how the last sweep ended."""

from . import ledger, needs, sweeps

__all__ = ["ledger", "needs", "sweeps"]
