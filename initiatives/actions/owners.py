"""Owners of milestones and outcomes: the editors who are reminded of them."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.actions import Refused, permit, verb
from publishing.models import update_logged


@verb
def set_owner(*, rows: QuerySet, owner, by) -> int:
    """Give rows of one model to an editor, or to nobody if `owner` is None. Return how many rows changed.

    Raises PermissionDenied, or ActionError if the user is not an active member of the newsroom.
    """
    options = rows.model._meta
    permit(by, f"{options.app_label}.change_{options.model_name}")
    if owner is not None and not (owner.is_staff and owner.is_active):
        raise Refused(_("%(user)s does not work in the newsroom.") % {"user": owner})
    return update_logged(rows, owner=owner, updated_at=timezone.now())
