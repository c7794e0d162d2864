"""Notices to the people concerned by a step in a review, or by the end of a scheduled publication.

The rows of reviews and schedules are the truth. A sweep writes what is owed into the ledger, once for each row and
person however often it runs; what was answered meanwhile is not sent any more.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model

from publishing.actions.reviewing import ASKABLE
from publishing.models import ReviewEntry, Schedule
from publishing.models.clock import database_now
from publishing.states import ReviewVerb, ScheduleState

from ..choices import Reason
from ..models import Notice
from ..transports import news
from .delivery import hand_over

RECENT = timedelta(days=30)  # older entries were sent, or are outdated: prevents a flood on a first start
VERDICTS = (ReviewVerb.APPROVED, ReviewVerb.SENT_BACK)
ENDED = (ScheduleState.PUBLISHED, ScheduleState.FAILED)


def sweep_news(*, at: datetime | None = None) -> list[int]:
    """Plan whatever is owed. Return the ids of the notices to send. Safe to repeat and to run concurrently."""
    at = at or database_now()
    entries = list(ReviewEntry.objects.filter(at__gte=at - RECENT, verb__in=[ReviewVerb.REQUESTED, *VERDICTS]))
    ended = Schedule.objects.filter(closed_at__gte=at - RECENT, state__in=ENDED)
    of_reviews = {("review_id", pk, person) for pk, people in told_of(entries).items() for person in people}
    of_schedules = {("schedule_id", pk, maker) for pk, maker in ended.values_list("pk", "by")}
    owed = (of_reviews | of_schedules) - _known(at)
    reachable = _reachable(person for _column, _pk, person in owed)
    new = [Notice(**{column: pk}, recipient_id=who) for column, pk, who in sorted(owed) if who in reachable]
    Notice.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return list(Notice.objects.claimable(at=at).order_by("pk").values_list("pk", flat=True))


def deliver_news(*, notice_id: int, at: datetime | None = None) -> bool:
    """Send a notice. Return False if another process holds it, or it is not owed any more."""
    rows = Notice.objects.select_related(
        "recipient", "review__frozen", "review__by", "schedule__frozen", "schedule__by"
    )
    return hand_over(rows, notice_id, at=at or database_now(), send=_send)


def told_of(entries: Iterable[ReviewEntry]) -> dict[int, set[int]]:
    """Return {entry id: ids of the people to notify of it as things stand now}, in three queries at most."""
    entries = list(entries)
    threads = defaultdict(list)
    for each in ReviewEntry.objects.filter(content_id__in={entry.content_id for entry in entries}).order_by("pk"):
        threads[each.type, each.content_id].append(each)
    reviewers = _reviewers() if any(entry.asked_id is None for entry in entries) else set()
    return {entry.pk: _told(entry, threads[entry.type, entry.content_id], reviewers) for entry in entries}


def _told(entry: ReviewEntry, thread: list[ReviewEntry], reviewers: set[int]) -> set[int]:
    """Return the ids of the people to notify of one entry.

    A request goes to whoever it asks until somebody answers; a verdict to whoever asked, until they know of it.
    """
    later = [each for each in thread if each.pk > entry.pk]
    if entry.verb == ReviewVerb.REQUESTED:
        asked = {entry.asked_id} if entry.asked_id else reviewers
        return set() if later else asked - {entry.by_id}
    asker = next((each.by_id for each in reversed(thread) if _asks_before(each, entry)), entry.by_id)
    overtaken = any(each.verb != ReviewVerb.PUBLISHED or each.by_id == asker for each in later)
    return set() if overtaken else {asker} - {entry.by_id}


def _asks_before(each: ReviewEntry, entry: ReviewEntry) -> bool:
    return each.verb == ReviewVerb.REQUESTED and each.pk < entry.pk


def _send(notice: Notice) -> str:
    """Send a notice by mail and return ""; or return the reason why it is not owed."""
    if not _reachable([notice.recipient_id]):
        return Reason.UNREACHABLE
    if notice.review and notice.recipient_id not in told_of([notice.review])[notice.review_id]:
        return Reason.ANSWERED
    news.send(notice)
    return ""


def _known(at: datetime) -> set[tuple[str, int, int]]:
    """Return the notices already in the ledger; a notice is never older than the row it tells of."""
    rows = Notice.objects.filter(created_at__gte=at - RECENT)
    return {
        ("review_id", review, who) if review else ("schedule_id", schedule, who)
        for review, schedule, who in rows.values_list("review", "schedule", "recipient")
    }


def _reviewers() -> set[int]:
    return set(get_user_model().objects.with_perm(ASKABLE).values_list("pk", flat=True))


def _reachable(people: Iterable[int]) -> set[int]:
    """Return those who are active and have a mail address."""
    users = get_user_model().objects.filter(pk__in=set(people), is_active=True).exclude(email="")
    return set(users.values_list("pk", flat=True))
