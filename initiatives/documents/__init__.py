"""Builders that turn working rows of initiatives into documents. Importing this package registers them."""

from . import actors, announcements, initiatives, milestones, outcomes

__all__ = ["actors", "announcements", "initiatives", "milestones", "outcomes"]
