"""The newsroom's forms for initiatives, what belongs to them, and announcements."""

from publishing.admin.preview import pages

from ..shapes.pages import PAGES
from . import (
    actors,
    announcements,
    facts,
    initiatives,
    milestones,
    money,
    needs,
    outcomes,
    sources,
    unchecked,
    verdicts,
)

__all__ = [
    "actors",
    "announcements",
    "facts",
    "initiatives",
    "milestones",
    "money",
    "needs",
    "outcomes",
    "sources",
    "unchecked",
    "verdicts",
]

pages.update(PAGES)
