"""The newsroom's admin: base classes, the verbs' pages, and this app's own models."""

from . import pages, publications, users

__all__ = ["pages", "publications", "users"]
