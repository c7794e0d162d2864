"""What happens in the newsroom wakes the sweep of its news, once it is committed."""

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from publishing.models import ReviewEntry, Schedule

from .tasks import PATIENCE_SECONDS, sweep_news


@receiver(post_save, sender=ReviewEntry)
@receiver(post_save, sender=Schedule)
def wake(sender, **_):
    """Whoever saved is not kept waiting by a broker that does not answer: the next sweep tells it as well."""
    transaction.on_commit(lambda: sweep_news.apply_async(expires=PATIENCE_SECONDS, retry=False), robust=True)
