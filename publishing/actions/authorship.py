"""Whose work is waiting to be published: who may therefore not approve it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from ..choices import ReviewVerb
from ..documents import Draft
from ..documents.reverse import fullest
from ..editions import Change
from ..models import ReviewEntry, WorkingChange


def authors_of(drafts: Iterable[Draft]) -> set[int]:
    """The ids of those who worked on these roots since each was last published, or asked for a review of it."""
    return {user for draft in drafts for user in _authors(draft)}


def requesters(type: str, content_id: str) -> set[int]:
    """The ids of those who asked for a review since it was last published."""
    thread = ReviewEntry.objects.of(type, content_id)
    last = thread.filter(verb=ReviewVerb.PUBLISHED).last()
    asked = thread.filter(verb=ReviewVerb.REQUESTED, pk__gt=last.pk if last else 0)
    return set(asked.values_list("by", flat=True))


def _authors(draft: Draft) -> set[int]:
    since = _work_was_published(*draft.key)
    work = WorkingChange.objects.authors_since(*draft.key, since, also_in=fullest(draft.documents))
    return requesters(*draft.key) | work


def _work_was_published(type: str, content_id: str) -> datetime | None:
    """When what is public was taken from the working copy, as no neighbour's new name, move or attestation is."""
    changes = Change.objects.filter(root_type=type, root_content_id=content_id)
    return changes.aggregate(at=Max("taken_at"))["at"]
