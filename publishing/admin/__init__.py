"""The newsroom's admin: base classes, the verbs' pages, and this app's own models."""

from . import log, needs, pages, publications, users, waiting

__all__ = ["log", "needs", "pages", "publications", "users", "waiting"]
