"""Acting on several rows at once: on all of them or on none."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from .permissions import ActionError


@transaction.atomic
def apply_to_all(rows: Iterable, act: Callable) -> int:
    """Call `act(row)` for every row in one transaction. Return how many rows there were.

    Raises ActionError with the name of the first row for which `act` raised one.
    """
    count = 0
    for row in rows:
        try:
            act(row)
        except ActionError as error:
            raise ActionError(_("“%(name)s”: %(reason)s") % {"name": row, "reason": error}) from error
        count += 1
    return count
