"""The newsroom's forms of what was promised."""

from . import actors, announcements, facts, initiatives, milestones, money, outcomes, sources, verdicts

__all__ = ["actors", "announcements", "facts", "initiatives", "milestones", "money", "outcomes", "sources", "verdicts"]
