"""Builders that turn working rows of initiatives into documents. Importing this package registers them."""

from . import announcements, initiatives, milestones, outcomes, parties

__all__ = ["announcements", "initiatives", "milestones", "outcomes", "parties"]
