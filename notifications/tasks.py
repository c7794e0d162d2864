"""Celery tasks. What is owed stands in the ledger: a task that is lost is found again by the next sweep."""

from celery import shared_task

from . import actions
from .models import LEASE

# A task not taken by then is enqueued again by a later sweep: nothing piles up while no worker runs.
PATIENCE_SECONDS = LEASE.total_seconds()


@shared_task
def sweep(**_):
    """Plan the reminders that are owed, and enqueue a delivery for each."""
    for reminder_id in actions.sweep():
        deliver_reminder.apply_async(kwargs={"reminder_id": reminder_id}, expires=PATIENCE_SECONDS)


@shared_task
def deliver_reminder(*, reminder_id, **_):
    actions.deliver(reminder_id=reminder_id)


@shared_task
def sweep_news(**_):
    """Plan the notices of reviews and schedules, and enqueue a delivery for each."""
    for notice_id in actions.sweep_news():
        deliver_notice.apply_async(kwargs={"notice_id": notice_id}, expires=PATIENCE_SECONDS)


@shared_task
def deliver_notice(*, notice_id, **_):
    actions.deliver_news(notice_id=notice_id)
