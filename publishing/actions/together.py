"""Acting on several rows at once: on all of them, or on none."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from .permits import Refused


@transaction.atomic
def for_each(rows: Iterable, act: Callable) -> int:
    """Do `act(row)` for every row. Gives how many. Raises Refused with the name of the first row it is refused for."""
    count = 0
    for row in rows:
        try:
            act(row)
        except Refused as error:
            raise Refused(_("“%(name)s”: %(reason)s") % {"name": row, "reason": error}) from error
        count += 1
    return count
