"""Owners of milestones and outcomes: the editors who are reminded of them."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.actions.decorators import audited_action
from newsroom.actions.permissions import ActionError, perm, require_perm
from newsroom.models import audited_update


@audited_action
def set_owner(*, rows: QuerySet, owner, by) -> int:
    """Give rows of one model to an editor, or to nobody if `owner` is None. Return how many rows changed.

    Raises PermissionDenied, or ActionError if the user is not an active member of the newsroom.
    """
    require_perm(by, perm(rows.model, "change"))
    if owner is not None and not (owner.is_staff and owner.is_active):
        raise ActionError(_("%(user)s does not work in the newsroom.") % {"user": owner})
    return audited_update(rows, owner=owner, updated_at=timezone.now())
