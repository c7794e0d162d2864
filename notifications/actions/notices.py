"""Notices to the people concerned by a step in a review, or by the end of a scheduled publication.

The rows of reviews and schedules are the truth. A sweep writes what is owed into the ledger, once for each row and
person however often it runs; what was answered meanwhile is not sent any more.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model

from newsroom.actions.review import REVIEW_PERMISSION
from newsroom.choices import ReviewVerb, ScheduleState
from newsroom.models import ReviewEntry, Schedule
from newsroom.models.clock import database_now

from ..choices import NotSentReason
from ..models import Notice
from ..transports import notices
from .delivery import claim_and_send

NEWS_PERIOD = timedelta(days=30)  # older entries were sent, or are outdated: prevents a flood on a first start
REVIEW_VERDICTS = (ReviewVerb.APPROVED, ReviewVerb.SENT_BACK)
ENDED_STATES = (ScheduleState.PUBLISHED, ScheduleState.FAILED)


def sweep_news(*, at: datetime | None = None) -> list[int]:
    """Plan whatever is owed. Return the ids of the notices to send. Safe to repeat and to run concurrently."""
    at = at or database_now()
    entries = list(
        ReviewEntry.objects.filter(at__gte=at - NEWS_PERIOD, verb__in=[ReviewVerb.REQUESTED, *REVIEW_VERDICTS])
    )
    ended = Schedule.objects.filter(closed_at__gte=at - NEWS_PERIOD, state__in=ENDED_STATES)
    of_reviews = {
        ("review_id", pk, person) for pk, people in find_notice_recipients(entries).items() for person in people
    }
    of_schedules = {("schedule_id", pk, maker) for pk, maker in ended.values_list("pk", "by")}
    owed = (of_reviews | of_schedules) - _load_known_notices(at)
    reachable = _filter_reachable(person for _column, _pk, person in owed)
    new = [Notice(**{column: pk}, recipient_id=who) for column, pk, who in sorted(owed) if who in reachable]
    Notice.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return list(Notice.objects.claimable(at=at).order_by("pk").values_list("pk", flat=True))


def send_notice(*, notice_id: int, at: datetime | None = None) -> bool:
    """Send a notice. Return False if another process holds it, or it is not owed any more."""
    rows = Notice.objects.select_related(
        "recipient", "review__frozen", "review__by", "schedule__frozen", "schedule__by"
    )
    return claim_and_send(rows, notice_id, at=at or database_now(), send=_send_notice_if_owed)


def find_notice_recipients(entries: Iterable[ReviewEntry]) -> dict[int, set[int]]:
    """Return {entry id: ids of the people to notify of it as things stand now}, in three queries at most."""
    entries = list(entries)
    threads = defaultdict(list)
    for each in ReviewEntry.objects.filter(content_id__in={entry.content_id for entry in entries}).order_by("pk"):
        threads[each.type, each.content_id].append(each)
    reviewers = _load_reviewers() if any(entry.asked_id is None for entry in entries) else set()
    return {
        entry.pk: _find_entry_recipients(entry, threads[entry.type, entry.content_id], reviewers) for entry in entries
    }


def _find_entry_recipients(entry: ReviewEntry, thread: list[ReviewEntry], reviewers: set[int]) -> set[int]:
    """Return the ids of the people to notify of one entry.

    A request goes to whoever it asks until somebody answers; a verdict to whoever asked, until they know of it.
    """
    later = [each for each in thread if each.pk > entry.pk]
    if entry.verb == ReviewVerb.REQUESTED:
        asked = {entry.asked_id} if entry.asked_id else reviewers
        return set() if later else asked - {entry.by_id}
    asker = next((each.by_id for each in reversed(thread) if _is_earlier_request(each, entry)), entry.by_id)
    overtaken = any(each.verb != ReviewVerb.PUBLISHED or each.by_id == asker for each in later)
    return set() if overtaken else {asker} - {entry.by_id}


def _is_earlier_request(each: ReviewEntry, entry: ReviewEntry) -> bool:
    return each.verb == ReviewVerb.REQUESTED and each.pk < entry.pk


def _send_notice_if_owed(notice: Notice) -> str:
    """Send a notice by mail and return ""; or return the reason why it is not owed."""
    if not _filter_reachable([notice.recipient_id]):
        return NotSentReason.UNREACHABLE
    if notice.review and notice.recipient_id not in find_notice_recipients([notice.review])[notice.review_id]:
        return NotSentReason.ANSWERED
    notices.send_notice_email(notice)
    return ""


def _load_known_notices(at: datetime) -> set[tuple[str, int, int]]:
    """Return the notices already in the ledger; a notice is never older than the row it tells of."""
    rows = Notice.objects.filter(created_at__gte=at - NEWS_PERIOD)
    return {
        ("review_id", review, who) if review else ("schedule_id", schedule, who)
        for review, schedule, who in rows.values_list("review", "schedule", "recipient")
    }


def _load_reviewers() -> set[int]:
    return set(get_user_model().objects.with_perm(REVIEW_PERMISSION).values_list("pk", flat=True))


def _filter_reachable(people: Iterable[int]) -> set[int]:
    """Return those who are active and have a mail address."""
    users = get_user_model().objects.filter(pk__in=set(people), is_active=True).exclude(email="")
    return set(users.values_list("pk", flat=True))
