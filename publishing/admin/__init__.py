"""The newsroom's admin: base classes, the verbs' pages, and this app's own models."""

from . import log, pages, publications, users

__all__ = ["log", "pages", "publications", "users"]
