"""Signal receivers: reviews and schedules wake the sweep of notices, once they are committed."""

import logging
from threading import Lock
from time import monotonic

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from kombu.exceptions import OperationalError

from publishing.models import ReviewEntry, Schedule

from .tasks import PATIENCE_SECONDS, sweep_news

log = logging.getLogger(__name__)
PAUSE_SECONDS = 10
sending = Lock()
ask_again_at = 0.0


@receiver(post_save, sender=ReviewEntry)
@receiver(post_save, sender=Schedule)
def wake(sender, **_):
    """Enqueue a sweep after the commit. A broker that does not answer delays nobody: the next sweep does the same."""
    transaction.on_commit(send_wake_up, robust=True)


def send_wake_up() -> None:
    """Enqueue the sweep of notices, unless another thread is doing so: its sweep or the next finds what both committed.

    After a failure the whole process leaves the broker alone for a while.
    """
    global ask_again_at
    if monotonic() < ask_again_at or not sending.acquire(blocking=False):
        return
    try:
        sweep_news.apply_async(expires=PATIENCE_SECONDS, retry=False)
    except OperationalError as error:
        ask_again_at = monotonic() + PAUSE_SECONDS
        log.warning("the broker does not answer; the next sweep finds what is to be told: %s", error)
    finally:
        sending.release()
