"""Reads of initiatives for readers: they know editions only."""

from .calendar import scheduled_as, upcoming

__all__ = ["scheduled_as", "upcoming"]
