"""Celery tasks. What is owed stands in the ledger: a task that is lost is found again by the next sweep."""

from celery import shared_task

from .actions.delivery import send_reminder
from .actions.notices import send_notice, sweep_news
from .actions.sweep import sweep_reminders
from .models import LEASE_DURATION

# A task not taken by then is enqueued again by a later sweep: nothing piles up while no worker runs.
TASK_EXPIRES_SECONDS = LEASE_DURATION.total_seconds()


@shared_task
def run_reminder_sweep(**_):
    """Plan the reminders that are owed, and enqueue a delivery for each."""
    for reminder_id in sweep_reminders():
        deliver_reminder.apply_async(kwargs={"reminder_id": reminder_id}, expires=TASK_EXPIRES_SECONDS)


@shared_task
def deliver_reminder(*, reminder_id, **_):
    send_reminder(reminder_id=reminder_id)


@shared_task
def run_news_sweep(**_):
    """Plan the notices of reviews and schedules, and enqueue a delivery for each."""
    for notice_id in sweep_news():
        deliver_notice.apply_async(kwargs={"notice_id": notice_id}, expires=TASK_EXPIRES_SECONDS)


@shared_task
def deliver_notice(*, notice_id, **_):
    send_notice(notice_id=notice_id)
