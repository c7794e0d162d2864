"""The cached track record of a moment, and the cases behind its numbers."""

from datetime import date
from uuid import UUID

from django.core.cache import cache

from record.queries import Moment, cache_version

from ..presenters.milestones import present_milestone
from ..presenters.track_record import build_track_record, select_cases
from ..queries.track_record import (
    find_group_initiatives,
    load_group_references,
    load_groups_by_initiative,
    load_milestones_in_order,
    load_promise_rows,
)
from ..rules.delivery import PromiseDelivery

TRACK_RECORD_CACHE_SECONDS = 3600


def get_track_record(moment: Moment) -> dict:
    """Return the track record at a moment, from the cache if it is there: see `build_track_record`.

    It is cached for an hour under the latest publication, the last one that the moment shows, and the day. It holds
    counts only, however many promises there are.
    """
    return cache.get_or_set(
        f"track:{cache_version(moment)}:{moment.day}", lambda: compute_track_record(moment), TRACK_RECORD_CACHE_SECONDS
    )


def compute_track_record(moment: Moment) -> dict:
    return build_track_record(
        load_promise_rows(moment), load_groups_by_initiative(moment), load_group_references(moment), on=moment.day
    )


def find_cases(moment: Moment, *, by: str, key, which: str) -> list[tuple[UUID, PromiseDelivery]]:
    """Return [(content_id, PromiseDelivery)] of the promises behind one number, most days late first.

    key: from `find_group`. Ties: the earliest end of the first window first.
    """
    if key is None or by == "year":
        read = select_cases(
            load_promise_rows(moment),
            load_groups_by_initiative(moment) if by else {},
            by=by,
            key=key,
            which=which,
            on=moment.day,
        )
    else:  # let the database select the promises of the group
        own = load_promise_rows(moment, roots=find_group_initiatives(moment, by, key))
        read = select_cases(own, {}, by="", key=None, which=which, on=moment.day)
    found = list(read)
    found.sort(key=lambda case: (-(case[1].days_late_first or 0), case[0].first_until or case[0].due_until or date.max))
    return [(row.content_id, each) for row, each in found]


def present_cases(content_ids: list[UUID], moment: Moment) -> list[dict]:
    """Return the presented milestones with these ids, in this order."""
    return [
        present_milestone(each.load_document(), on=moment.day) for each in load_milestones_in_order(content_ids, moment)
    ]
