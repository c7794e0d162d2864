"""Who did what: one log for all of the working copy, to read only."""

import auditlog.admin  # noqa: F401  registers a page of its own, which is not wanted
from django.contrib import admin

from ..models import WorkingChange

admin.site.unregister(WorkingChange)
