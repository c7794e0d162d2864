"""The working copy's base classes, and the models in which the newsroom keeps track of its own work."""

from .audit_context import set_actor
from .audit_log import WorkingChange, audited_update
from .base import Child, HeldBack, Publishable, Root
from .pages import Page
from .preview_links import PreviewLink
from .profile import EditorSettings
from .redactions import Redaction
from .reviews import FrozenDraft, ReviewEntry
from .schedules import Schedule

__all__ = [
    "Child",
    "EditorSettings",
    "FrozenDraft",
    "HeldBack",
    "Page",
    "PreviewLink",
    "Publishable",
    "Redaction",
    "ReviewEntry",
    "Root",
    "Schedule",
    "WorkingChange",
    "audited_update",
    "set_actor",
]
