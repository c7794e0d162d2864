"""The cached track record of a moment, and the cases behind its numbers."""

from datetime import date
from uuid import UUID

from django.core.cache import cache

from publishing.queries import Moment, state_of

from ..queries.track import groups, milestones, names, roots_of, rows
from ..rules.delivery import Kept
from ..shapes.milestones import milestone
from ..shapes.track import cases, track_record

AN_HOUR = 3600


def track(moment: Moment) -> dict:
    """Return the track record at a moment, from the cache if it is there: see `build_track_record`.

    It is cached for an hour under the latest publication, the last one that the moment shows, and the day. It holds
    counts only, however many promises there are.
    """
    return cache.get_or_set(f"track:{state_of(moment)}:{moment.day}", lambda: counted(moment), AN_HOUR)


def counted(moment: Moment) -> dict:
    return track_record(rows(moment), groups(moment), names(moment), on=moment.day)


def cases_of(moment: Moment, *, by: str, key, which: str) -> list[tuple[UUID, Kept]]:
    """Return [(content_id, PromiseDelivery)] of the promises behind one number, most days late first.

    key: from `find_group`. Ties: the earliest end of the first window first.
    """
    if key is None or by == "year":
        read = cases(rows(moment), groups(moment) if by else {}, by=by, key=key, which=which, on=moment.day)
    else:  # let the database select the promises of the group
        own = rows(moment, roots=roots_of(moment, by, key))
        read = cases(own, {}, by="", key=None, which=which, on=moment.day)
    found = list(read)
    found.sort(key=lambda case: (-(case[1].first or 0), case[0].first_until or case[0].due_until or date.max))
    return [(row.content_id, each) for row, each in found]


def told(content_ids: list[UUID], moment: Moment) -> list[dict]:
    """Return the presented milestones with these ids, in this order."""
    return [milestone(each.current(), on=moment.day) for each in milestones(content_ids, moment)]
