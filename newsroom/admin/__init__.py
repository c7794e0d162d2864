"""Admin of the newsroom: base classes, the pages of the workflow, and the admin of this app's own models."""

from . import pages, users
from .dashboard import review_worklists, worklists
from .history import log, publications

__all__ = ["log", "pages", "publications", "review_worklists", "users", "worklists"]
