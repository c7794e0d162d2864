"""Who answers for milestones and outcomes, and is reminded of them."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.actions import Refused, permit, verb
from publishing.models import update_logged


@verb
def set_owner(*, rows: QuerySet, owner, by) -> int:
    """Give rows of one model to a person; None: to nobody. Gives how many that changed.

    Raises PermissionDenied, or Refused where the person does not work here (any more).
    """
    options = rows.model._meta
    permit(by, f"{options.app_label}.change_{options.model_name}")
    if owner is not None and not (owner.is_staff and owner.is_active):
        raise Refused(_("%(user)s does not work in the newsroom.") % {"user": owner})
    return update_logged(rows, owner=owner, updated_at=timezone.now())
