"""The ledger of notices to the people of the newsroom: steps of a review, and how a scheduled publication ended."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.models import FrozenDraft, ReviewEntry, Schedule

from ..choices import DeliveryState
from .ledger import OutboxMessage, OutboxQuerySet


class Notice(OutboxMessage):
    """One mail to one person about one row of the newsroom, which says what happened."""

    review = models.ForeignKey(
        ReviewEntry, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("word of a review")
    )
    schedule = models.ForeignKey(
        Schedule, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("scheduled publication")
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("recipient")
    )

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "recipient"], name="one_notice_a_word_of_a_review"),
            models.UniqueConstraint(fields=["schedule", "recipient"], name="one_notice_a_schedule"),
            models.UniqueConstraint(fields=["message_id"], name="one_message_a_notice"),
            models.CheckConstraint(
                condition=Q(review__isnull=False, schedule__isnull=True)
                | Q(review__isnull=True, schedule__isnull=False),
                name="a_notice_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at__isnull=True)),
                name="sent_notices_say_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=[DeliveryState.PENDING, DeliveryState.SENDING]),
                name="notices_to_send",
            )
        ]

    def __str__(self):
        return f"{self.event_label} ({self.recipient})"

    @property
    def event_label(self) -> str:
        return self.review.get_verb_display() if self.review else self.schedule.get_state_display()

    @property
    def frozen(self) -> FrozenDraft:
        """The snapshot of the root that the notice is about."""
        return (self.review or self.schedule).frozen
