"""Withdrawing: a root and its children get tombstones with a public reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from record.documents.canonical_json import ReferenceKey
from record.models import Publication

from ..documents.changeset import build_withdrawal_changeset
from .append import ChangeNote, append_publication, lock_publishing
from .permissions import ActionError, require_perm


@transaction.atomic
def withdraw(*, root: ReferenceKey, reason: dict, by, successor: ReferenceKey | None = None) -> Publication | None:
    """Take a root and its children out of the record. Return None if nothing of it is live.

    reason: a public text ({"en": …}). successor: where readers are sent instead. Raises PermissionDenied, or
    ActionError without a reason.
    """
    require_perm(by, "record.withdraw")
    if not any(reason.values()):
        raise ActionError(_("Give a public reason."))
    record = lock_publishing()
    planned = build_withdrawal_changeset(root, successor=successor)
    if not planned.entries:
        return None
    return append_publication(record, planned.entries, by=by, notes={root: ChangeNote(reason, major=True)}, urgent=True)
