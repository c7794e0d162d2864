"""Who may do what."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


class Refused(Exception):
    """An action that cannot be done as asked; its text is for the editor."""


class Lacks(PermissionDenied):
    """Somebody does not hold the permission ("publishing.publish") that this needs."""

    def __init__(self, by, permission: str):
        self.permission = permission
        super().__init__(_("%(user)s may not do this.") % {"user": by})


def permit(by, permission: str) -> None:
    """Raise PermissionDenied unless `by` holds the permission ("publishing.publish")."""
    if not by.has_perm(permission):
        raise Lacks(by, permission)
