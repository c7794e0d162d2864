"""The part that all ledgers share: delivery state, claims and retries of a message."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..choices import DeliveryState, NotSentReason

LEASE_DURATION = timedelta(minutes=5)  # renewed each minute while sending: notifications/actions/leases.py
MAX_ATTEMPTS = 10


def message_id() -> str:
    """Return a new Message-ID."""
    return f"<reminder.{uuid.uuid4().hex}@{settings.SITE_HOST}>"


class OutboxQuerySet(models.QuerySet):
    def claimable(self, *, at: datetime):
        """Return pending rows that need not wait for a retry, and stuck ones, whose claimant let the lease run out."""
        waiting = Q(state=DeliveryState.PENDING) & (Q(retry_at__isnull=True) | Q(retry_at__lte=at))
        return self.filter(waiting | Q(state=DeliveryState.SENDING, claimed_at__lte=at - LEASE_DURATION))

    def claim(self, pk: int, *, at: datetime) -> bool:
        """Claim a row (compare-and-swap): returns True for exactly one caller."""
        claimed = self.claimable(at=at).filter(pk=pk)
        return claimed.update(state=DeliveryState.SENDING, claimed_at=at, attempts=F("attempts") + 1) == 1

    def still_claimed(self, row: "OutboxMessage"):
        """Return the row, as long as its claim is still the one that `row` was read with."""
        return self.filter(pk=row.pk, state=DeliveryState.SENDING, claimed_at=row.claimed_at)

    def try_again(self, pk: int) -> bool:
        """Make a failed row pending again, with a fresh count of attempts."""
        return (
            self.filter(pk=pk, state=DeliveryState.FAILED).update(
                state=DeliveryState.PENDING, attempts=0, retry_at=None
            )
            == 1
        )


class OutboxMessage(models.Model):
    """One mail to one `recipient`; its Message-ID is made with the row and never changes."""

    state = models.CharField(_("state"), max_length=9, choices=DeliveryState, default=DeliveryState.PENDING)
    reason = models.CharField(_("reason"), max_length=12, choices=NotSentReason, blank=True, default="")
    message_id = models.CharField(_("Message-ID"), max_length=300, default=message_id)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    retry_at = models.DateTimeField(_("next try at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True, default="")
    created_at = models.DateTimeField(_("planned at"), auto_now_add=True)

    class Meta:
        abstract = True
