"""The newsroom's forms for initiatives, what belongs to them, and announcements."""

from . import (
    announcements,
    initiatives,
    inlines,
    milestones,
    money,
    outcomes,
    parties,
    sources,
    unchecked_worklist,
    verdicts,
    worklists,
)

__all__ = [
    "announcements",
    "initiatives",
    "inlines",
    "milestones",
    "money",
    "outcomes",
    "parties",
    "sources",
    "unchecked_worklist",
    "verdicts",
    "worklists",
]
