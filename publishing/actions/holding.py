"""Hold back and release: whether documents leave a row out. Readers see it at the next publication."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from .permits import permit


@transaction.atomic
def hold_back(*, rows: QuerySet, by, held: bool = True) -> int:
    """Hold back rows of one model, or release them. Gives how many that changed. Raises PermissionDenied."""
    options = rows.model._meta
    permit(by, f"{options.app_label}.change_{options.model_name}")
    keys = list(rows.values_list("pk", flat=True))
    return rows.model.objects.filter(pk__in=keys, held_back=not held).update(held_back=held, updated_at=timezone.now())
