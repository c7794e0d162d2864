"""What every row of a ledger has: how far its mail is on its way, who claimed it, when it is tried again."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..choices import Reason, State

LEASE = timedelta(minutes=5)  # who sends renews it each minute: notifications/actions/leases.py
MOST_ATTEMPTS = 10


def message_id() -> str:
    return f"<reminder.{uuid.uuid4().hex}@{settings.SITE_HOST}>"


class MailQuerySet(models.QuerySet):
    def claimable(self, *, at: datetime):
        """Pending and not waiting for another try, or stuck: whoever claimed it did not come back within the lease."""
        waiting = Q(state=State.PENDING) & (Q(retry_at__isnull=True) | Q(retry_at__lte=at))
        return self.filter(waiting | Q(state=State.SENDING, claimed_at__lte=at - LEASE))

    def claim(self, pk: int, *, at: datetime) -> bool:
        """Compare-and-swap: true for exactly one caller."""
        claimed = self.claimable(at=at).filter(pk=pk)
        return claimed.update(state=State.SENDING, claimed_at=at, attempts=F("attempts") + 1) == 1

    def held(self, row: "Mail"):
        """The row, as long as its claim is still the one that `row` was read with."""
        return self.filter(pk=row.pk, state=State.SENDING, claimed_at=row.claimed_at)

    def try_again(self, pk: int) -> bool:
        """A failed one is pending again, from the beginning."""
        return self.filter(pk=pk, state=State.FAILED).update(state=State.PENDING, attempts=0, retry_at=None) == 1


class Mail(models.Model):
    """One mail to one `recipient`; the Message-ID is made with the row and stays the same."""

    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PENDING)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True, default="")
    message_id = models.CharField(_("Message-ID"), max_length=300, default=message_id)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    retry_at = models.DateTimeField(_("next try at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True, default="")
    created_at = models.DateTimeField(_("planned at"), auto_now_add=True)

    class Meta:
        abstract = True
