"""What is under way with roots beside their public state: a review, a scheduled publication."""

from collections.abc import Iterable

from ..choices import ReviewVerb, State
from ..models import ReviewEntry, Schedule
from .drafts import digest_of, documents_of


def underway(type: str, content_ids: Iterable) -> dict[str, State]:
    """{content_id: in review or scheduled} of roots of one type; a fixed number of queries.

    A review is asked for, or given and not voided by an edit.
    """
    content_ids = [str(content_id) for content_id in content_ids]
    last = ReviewEntry.objects.last_of(type, content_ids)
    asked = [content_id for content_id, entry in last.items() if entry.verb == ReviewVerb.REQUESTED]
    given = {content_id: entry for content_id, entry in last.items() if entry.verb == ReviewVerb.APPROVED}
    now = documents_of(type, given) if given else {}
    valid = [each for each, documents in now.items() if digest_of(documents) == given[each].frozen.digest]
    waiting = Schedule.objects.waiting().filter(type=type, content_id__in=content_ids)
    found = dict.fromkeys([*asked, *valid], State.IN_REVIEW)
    return found | {str(content_id): State.SCHEDULED for content_id in waiting.values_list("content_id", flat=True)}
