"""Signal receivers: reviews and schedules wake the sweep of notices, once they are committed."""

import logging
from threading import Lock
from time import monotonic

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from kombu.exceptions import OperationalError

from newsroom.models import ReviewEntry, Schedule

from .tasks import TASK_EXPIRES_SECONDS, run_news_sweep

log = logging.getLogger(__name__)
BROKER_RETRY_SECONDS = 10
sending_lock = Lock()
ask_again_at = 0.0


@receiver(post_save, sender=ReviewEntry)
@receiver(post_save, sender=Schedule)
def enqueue_sweep_on_commit(sender, **_):
    """Enqueue a sweep after the commit. A broker that does not answer delays nobody: the next sweep does the same."""
    transaction.on_commit(enqueue_sweep, robust=True)


def enqueue_sweep() -> None:
    """Enqueue the sweep of notices, unless another thread is doing so: its sweep or the next finds what both committed.

    After a failure the whole process leaves the broker alone for a while.
    """
    global ask_again_at
    if monotonic() < ask_again_at or not sending_lock.acquire(blocking=False):
        return
    try:
        run_news_sweep.apply_async(expires=TASK_EXPIRES_SECONDS, retry=False)
    except OperationalError as error:
        ask_again_at = monotonic() + BROKER_RETRY_SECONDS
        log.warning("the broker does not answer; the next sweep finds what is to be told: %s", error)
    finally:
        sending_lock.release()
