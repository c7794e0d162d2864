"""Telling people, in the newsroom: the ledgers of mail, and what of the outcomes is due."""

from . import ledger, needs

__all__ = ["ledger", "needs"]
