"""The track record of a moment, and the cases behind a number of it."""

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
    """The track record at a moment: see `shapes.track.track_record`.

    Kept for an hour under the latest publication, the last one the moment shows, and the day: counts only, however many
    promises there are.
    """
    return cache.get_or_set(f"track:{state_of(moment)}:{moment.day}", lambda: counted(moment), AN_HOUR)


def counted(moment: Moment) -> dict:
    return track_record(rows(moment), groups(moment), names(moment), on=moment.day)


def cases_of(moment: Moment, *, by: str, key, which: str) -> list[tuple[UUID, Kept]]:
    """[(content_id, how it was kept)] behind one number, the latest first; key: as `group_of` gives it."""
    if key is None or by == "year":
        read = cases(rows(moment), groups(moment) if by else {}, by=by, key=key, which=which, on=moment.day)
    else:  # the database knows whose they are
        own = rows(moment, roots=roots_of(moment, by, key))
        read = cases(own, {}, by="", key=None, which=which, on=moment.day)
    found = list(read)
    found.sort(key=lambda case: (-(case[1].first or 0), case[0].first_until or case[0].due_until or date.max))
    return [(row.content_id, each) for row, each in found]


def told(content_ids: list[UUID], moment: Moment) -> list[dict]:
    """These milestones as a page tells them, in this order."""
    return [milestone(each.current(), on=moment.day) for each in milestones(content_ids, moment)]
