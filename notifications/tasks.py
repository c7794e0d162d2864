"""Wake-ups. What is owed stands in the ledger: a task that is lost is found again by the next sweep."""

from celery import shared_task

from . import actions
from .models import LEASE


@shared_task
def sweep(**_):
    """Plan what is owed, and wake the worker for each mail."""
    for reminder_id in actions.sweep():
        # One that was not taken by then is woken again by a later sweep: nothing piles up while nobody takes tasks.
        deliver_reminder.apply_async(kwargs={"reminder_id": reminder_id}, expires=LEASE.total_seconds())


@shared_task
def deliver_reminder(*, reminder_id, **_):
    actions.deliver(reminder_id=reminder_id)
