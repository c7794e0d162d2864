"""Withdrawing: a root and its children get tombstones with a public reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from ..documents import plan_withdrawal
from ..editions import Publication
from ..rules import Key
from .appending import Note, append, lock_the_record
from .permits import Refused, permit


@transaction.atomic
def withdraw(*, root: Key, reason: dict, by, successor: Key | None = None) -> Publication | None:
    """Take a root and its children out of the record. Return None if nothing of it is live.

    reason: a public text ({"en": …}). successor: where readers are sent instead. Raises PermissionDenied, or
    ActionError without a reason.
    """
    permit(by, "publishing.withdraw")
    if not any(reason.values()):
        raise Refused(_("Give a public reason."))
    record = lock_the_record()
    planned = plan_withdrawal(root, successor=successor)
    if not planned.entries:
        return None
    return append(record, planned.entries, by=by, notes={root: Note(reason, major=True)}, urgent=True)
