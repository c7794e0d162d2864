"""What happens in the newsroom wakes the sweep of its news, once it is committed."""

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
    """Whoever saved is not kept waiting by a broker that does not answer: the next sweep tells it as well."""
    transaction.on_commit(send_wake_up, robust=True)


def send_wake_up() -> None:
    """Wake the sweep of news, unless another thread is doing so: that sweep or the next finds what both committed.

    A broker that does not answer is left alone for a while by the whole process.
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
