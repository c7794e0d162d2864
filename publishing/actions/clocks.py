"""Whether the clock can be trusted to date a publication: when it was published stands in the record for ever."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models.clock import database_now
from .permits import Refused

TOLERANCE = timedelta(seconds=60)


class WrongClock(Refused):
    """The clock of this machine is wrong, as far as others tell: nothing is published by it."""


def next_instant(last: datetime | None, *, urgent: bool = False) -> datetime:
    """Now, and after the last publication even where the clock stands still. Call under the record's lock.

    Raises WrongClock where this machine's clock and the database's differ by more than a minute, or where the last
    publication is more than a minute ahead of it. urgent: what must go from the record waits for no clock: it takes
    the database's.
    """
    if urgent:
        return _after(last, database_now())
    now = timezone.now()
    if abs(now - database_now()) > TOLERANCE:
        raise WrongClock(
            _("The clocks of the site and of its database differ by more than a minute. Tell whoever runs the site.")
        )
    if last is not None and last - now > TOLERANCE:
        raise WrongClock(
            _("By the clock of the site, the last publication is still to come. Tell whoever runs the site.")
        )
    return _after(last, now)


def _after(last: datetime | None, now: datetime) -> datetime:
    return now if last is None else max(now, last + timedelta(microseconds=1))
