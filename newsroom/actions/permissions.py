"""Permission checks, and the error that actions raise."""

from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


class ActionError(Exception):
    """Raised when an action cannot be done as asked. Its text is for the editor."""


class MissingPermission(PermissionDenied):
    """Raised when the user lacks `permission`."""

    def __init__(self, by, permission: str):
        self.permission = permission
        super().__init__(_("%(user)s may not do this.") % {"user": by})


def perm(model, action: str) -> str:
    """Return the permission for an action on a model or row: `perm(row, "change")` is "app.change_model"."""
    return f"{model._meta.app_label}.{get_permission_codename(action, model._meta)}"


def require_perm(by, permission: str) -> None:
    """Raise MissingPermission (a PermissionDenied) unless `by` holds the permission ("record.publish")."""
    if not by.has_perm(permission):
        raise MissingPermission(by, permission)
