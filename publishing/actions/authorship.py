"""Whose work is waiting to be published: who may therefore not approve it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef

from ..choices import ReviewVerb
from ..documents import Draft
from ..documents.reverse import fullest
from ..editions import children_of, edition_classes
from ..models import ReviewEntry, Schedule, WorkingChange


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
    """When what is public was taken from the working copy; what was scheduled, when it was frozen."""
    own = [
        edition_class.history.filter(
            ~_moved_here(edition_class), root_content_id=content_id, number=F("revision"), tombstone=False
        )
        .order_by("-live_from")
        .values_list("live_from", "change__publication")
        .first()
        for edition_class in [edition_classes()[type], *children_of(type)]
    ]
    if not any(own):
        return None
    instant, publication = max(filter(None, own))
    scheduled = Schedule.objects.filter(publication=publication)  # small roots went along with its root
    return scheduled.values_list("frozen__at", flat=True).first() or instant


def _moved_here(edition_class) -> Exists:
    """Its first edition under this root, and public before: moving publishes nobody's work."""
    before = edition_class.history.filter(
        content_id=OuterRef("content_id"), number=OuterRef("number") - 1, tombstone=False
    )
    return Exists(before.exclude(root_content_id=OuterRef("root_content_id")))
