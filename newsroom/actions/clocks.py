"""Whether the clock can be trusted to date a publication.

The moment of a publication stays in the record for ever.
"""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models.clock import database_now
from .permissions import ActionError

CLOCK_TOLERANCE = timedelta(seconds=60)


class WrongClock(ActionError):
    """Raised when this machine's clock seems to be wrong: nothing is published by it."""


def next_instant(last: datetime | None, *, urgent: bool = False) -> datetime:
    """Return the time of the next publication: now, but later than the last one. Call under the publishing lock.

    Raises WrongClock if this machine's clock and the database's differ by more than a minute, or if the last
    publication is more than a minute in the future. urgent: use the database's clock without any check, for what must
    leave the record at once.
    """
    if urgent:
        return _at_or_after(last, database_now())
    now = timezone.now()
    if abs(now - database_now()) > CLOCK_TOLERANCE:
        raise WrongClock(
            _("The clocks of the site and of its database differ by more than a minute. Tell whoever runs the site.")
        )
    if last is not None and last - now > CLOCK_TOLERANCE:
        raise WrongClock(
            _("By the clock of the site, the last publication is still to come. Tell whoever runs the site.")
        )
    return _at_or_after(last, now)


def _at_or_after(last: datetime | None, now: datetime) -> datetime:
    """Return `now`, or one microsecond after `last` if that is later."""
    return now if last is None else max(now, last + timedelta(microseconds=1))
