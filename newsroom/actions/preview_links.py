"""Sharing preview links: for somebody without an account, for a limited time, until revoked."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..documents.registry import get_row_type
from ..models import PreviewLink, Root
from .permissions import ActionError, perm, require_perm

MAX_PREVIEW_LIFETIME = timedelta(days=60)


@transaction.atomic
def share_preview(*, root: Root, by, lasting: timedelta) -> PreviewLink:
    """Create a link to the root as the working copy has it.

    Raises PermissionDenied, or ActionError if it should last for more than 60 days or no time at all.
    """
    _require_change_perm(root, by)
    if not timedelta() < lasting <= MAX_PREVIEW_LIFETIME:
        raise ActionError(_("A preview link lasts for at most %(days)d days.") % {"days": MAX_PREVIEW_LIFETIME.days})
    return PreviewLink.objects.create(
        type=get_row_type(root), content_id=root.content_id, by=by, expires_at=timezone.now() + lasting
    )


@transaction.atomic
def revoke_preview(*, root: Root, link_id: int, by) -> None:
    """End a link at once. Safe to repeat. Raises PermissionDenied."""
    _require_change_perm(root, by)
    links = PreviewLink.objects.filter(type=get_row_type(root), content_id=root.content_id, pk=link_id, revoked_at=None)
    links.update(revoked_at=timezone.now(), revoked_by=by)


def _require_change_perm(root: Root, by) -> None:
    """Raise PermissionDenied unless `by` may change the root."""
    require_perm(by, perm(root, "change"))
