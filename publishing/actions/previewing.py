"""Sharing preview links: for somebody without an account, for a limited time, until revoked."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..documents import type_of
from ..models import PreviewLink, Root
from .permits import Refused, permit

LONGEST = timedelta(days=60)


@transaction.atomic
def share_preview(*, root: Root, by, lasting: timedelta) -> PreviewLink:
    """Create a link to the root as the working copy has it.

    Raises PermissionDenied, or ActionError if it should last for more than 60 days or no time at all.
    """
    _permit(root, by)
    if not timedelta() < lasting <= LONGEST:
        raise Refused(_("A preview link lasts for at most %(days)d days.") % {"days": LONGEST.days})
    return PreviewLink.objects.create(
        type=type_of(root), content_id=root.content_id, by=by, expires_at=timezone.now() + lasting
    )


@transaction.atomic
def revoke_preview(*, root: Root, link_id: int, by) -> None:
    """End a link at once. Safe to repeat. Raises PermissionDenied."""
    _permit(root, by)
    links = PreviewLink.objects.filter(type=type_of(root), content_id=root.content_id, pk=link_id, revoked_at=None)
    links.update(revoked_at=timezone.now(), revoked_by=by)


def _permit(root: Root, by) -> None:
    """Raise PermissionDenied unless `by` may change the root."""
    permit(by, f"{root._meta.app_label}.change_{root._meta.model_name}")
