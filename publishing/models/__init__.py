"""The working copy's base classes, and the models in which the newsroom keeps track of its own work."""

from ..editions import Change, Link, PageEdition, Publication, Record, Slug
from .acts import acting
from .base import Child, HeldBack, Publishable, Root
from .editors import EditorSettings
from .log import WorkingChange, update_logged
from .pages import Page
from .previews import PreviewLink
from .redactions import Redaction
from .reviews import FrozenDraft, ReviewEntry
from .schedules import Schedule

__all__ = [
    "Change",
    "Child",
    "EditorSettings",
    "FrozenDraft",
    "HeldBack",
    "Link",
    "Page",
    "PageEdition",
    "PreviewLink",
    "Publication",
    "Publishable",
    "Record",
    "Redaction",
    "ReviewEntry",
    "Root",
    "Schedule",
    "Slug",
    "WorkingChange",
    "acting",
    "update_logged",
]
