"""The newsroom's forms for initiatives, what belongs to them, and announcements."""

from newsroom.admin.preview.preview import preview_pages

from ..presenters.pages import PAGE_PRESENTERS
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

preview_pages.update(PAGE_PRESENTERS)
