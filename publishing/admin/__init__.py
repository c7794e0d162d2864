"""Admin of the newsroom: base classes, the pages of the workflow, and the admin of this app's own models."""

from . import log, needs, pages, publications, users, waiting

__all__ = ["log", "needs", "pages", "publications", "users", "waiting"]
