"""What is in progress for roots besides their public state: a review or a scheduled publication."""

from collections.abc import Iterable

from ..choices import ReviewVerb, RootState
from ..models import ReviewEntry, Schedule
from .drafts import build_documents, digest_documents


def get_workflow_states(type: str, content_ids: Iterable) -> dict[str, RootState]:
    """Return {content_id: in review, approved or scheduled} of roots of one type with anything in progress.

    The number of queries does not depend on how many there are. An approval that a later edit invalidated does not
    count.
    """
    content_ids = [str(content_id) for content_id in content_ids]
    last = ReviewEntry.objects.last_entries(type, content_ids)
    asked = [content_id for content_id, entry in last.items() if entry.verb == ReviewVerb.REQUESTED]
    valid = valid_approvals(type, [entry for entry in last.values() if entry.verb == ReviewVerb.APPROVED])
    waiting = Schedule.objects.waiting().filter(type=type, content_id__in=content_ids)
    found = dict.fromkeys(asked, RootState.IN_REVIEW) | dict.fromkeys(valid, RootState.APPROVED)
    return found | {str(content_id): RootState.SCHEDULED for content_id in waiting.values_list("content_id", flat=True)}


def valid_approvals(type: str, approvals: list[ReviewEntry]) -> set[str]:
    """Return the content_ids of those roots of one type whose text is still what was approved.

    The number of queries does not depend on how many there are.
    """
    given = {str(entry.content_id): entry.frozen.digest for entry in approvals}
    now = build_documents(type, given) if given else {}
    return {each for each, documents in now.items() if digest_documents(documents) == given[each]}
