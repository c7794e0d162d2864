"""Holding back and releasing: whether documents leave a row out.

Readers see the effect at the next publication.
"""

from django.db.models import QuerySet
from django.utils import timezone

from ..models import audited_update
from .decorators import audited_action
from .permissions import perm, require_perm


@audited_action
def hold_back(*, rows: QuerySet, by, held: bool = True) -> int:
    """Hold back rows of one model, or release them if `held` is false. Return how many changed.

    Raises PermissionDenied.
    """
    require_perm(by, perm(rows.model, "change"))
    return audited_update(rows, held_back=held, updated_at=timezone.now())
