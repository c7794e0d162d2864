"""The rules that say when somebody is reminded, and the ledger of every reminder."""

import uuid
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from ..choices import DeliveryState, ReminderKind
from ..rules import LedgerRow, ReminderKey, RuleTiming, Subject
from .ledger import LEASE_DURATION, OutboxMessage, OutboxQuerySet

OFFSET_RANGE = range(-3650, 3651)  # ten years either way: anything beyond is a typing error
REPEAT_RANGE = range(1, 3651)
DIGEST_TYPE = "digest"  # the subject type of a digest, which is about several subjects


def make_digest_subject(number: int) -> Subject:
    """Return the subject of a person's digest: 0 is the first of its day, others are later ones."""
    return DIGEST_TYPE, str(uuid.UUID(int=number))


class ReminderRule(models.Model):
    """The days before or after a date on which somebody is reminded, for one kind of event."""

    kind = models.CharField(_("what"), max_length=20, choices=ReminderKind, unique=True)
    offsets = models.JSONField(
        _("days before"), default=list, blank=True, help_text=_("A list such as [60, 30, 7, 0]; -7 is a week after.")
    )
    repeat_days = models.PositiveSmallIntegerField(
        _("then every so many days"),
        null=True,
        blank=True,
        help_text=_("After the last of them, for as long as it is so."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("reminder rule")
        verbose_name_plural = _("reminder rules")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(repeat_days__isnull=True) | Q(repeat_days__gt=0),
                name="a_reminder_repeats_after_a_day_or_more",
            )
        ]

    def __str__(self):
        return self.get_kind_display()

    def clean(self):
        """Refuse days that nobody means; a sweep leaves out a rule that has any. Raises ValidationError."""
        if not isinstance(self.offsets, list) or not all(type(each) is int for each in self.offsets):
            raise ValidationError({"offsets": _("Give a list of whole numbers, such as [60, 30, 7, 0].")})
        if not all(each in OFFSET_RANGE for each in self.offsets):
            values = {"first": OFFSET_RANGE[0], "last": OFFSET_RANGE[-1]}
            raise ValidationError({"offsets": _("Give numbers from %(first)d to %(last)d.") % values})
        if len(set(self.offsets)) < len(self.offsets):
            raise ValidationError({"offsets": _("Give each number once.")})
        if self.repeat_days is not None and self.repeat_days not in REPEAT_RANGE:
            values = {"first": REPEAT_RANGE[0], "last": REPEAT_RANGE[-1]}
            raise ValidationError({"repeat_days": _("Give %(first)d to %(last)d days, or nothing.") % values})

    @property
    def timing(self) -> RuleTiming:
        return RuleTiming(self.pk, self.kind, tuple(self.offsets), self.repeat_days)


def _stuck_condition(at: datetime) -> Q:
    """Return the condition for rows being sent whose lease has run out."""
    return Q(state=DeliveryState.SENDING, claimed_at__lte=at - LEASE_DURATION)


class ReminderQuerySet(OutboxQuerySet):
    def about_things(self):
        """Return all reminders but digests."""
        return self.exclude(subject_type=DIGEST_TYPE)

    def digests(self):
        return self.filter(subject_type=DIGEST_TYPE)

    def never_claimed(self):
        """Return what no worker has claimed yet."""
        return self.filter(state=DeliveryState.PENDING, attempts=0)

    def changeable(self, *, at: datetime):
        """Return what a sweep may still change: pending, stuck, silenced, or in a digest that was never sent."""
        never_left = Q(state=DeliveryState.DIGESTED, digest__state__in=[DeliveryState.SILENCED, DeliveryState.FAILED])
        return self.filter(
            Q(state__in=[DeliveryState.PENDING, DeliveryState.SILENCED]) | _stuck_condition(at) | never_left
        )

    def unclaimed(self, *, at: datetime):
        """Return what no worker holds.

        It filters on the row's own columns only, so that an UPDATE evaluates the condition again.
        """
        return self.filter(
            Q(state__in=[DeliveryState.PENDING, DeliveryState.SILENCED, DeliveryState.DIGESTED]) | _stuck_condition(at)
        )

    def last_days_by_key(self) -> dict[ReminderKey, date]:
        """Return {key: last day in the ledger}, for each rule, subject, date and person."""
        columns = ("rule_id", "subject_type", "subject_id", "due_on", "recipient_id")
        rows = self.about_things().order_by().values_list(*columns).annotate(Max("remind_on"))
        return {
            ReminderKey(rule, (type, str(content_id)), due_on, recipient): last
            for rule, type, content_id, due_on, recipient, last in rows
        }


class Reminder(OutboxMessage):
    """One reminder for one person: a row before it is a mail. `remind_on` is `due_on` less `offset_days`."""

    rule = models.ForeignKey(ReminderRule, models.PROTECT, related_name="reminders", verbose_name=_("rule"))
    subject_type = models.CharField(_("about"), max_length=20)
    subject_id = models.UUIDField(_("content id"))
    due_on = models.DateField(_("date"))
    offset_days = models.IntegerField(_("days before"))
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders", verbose_name=_("recipient")
    )
    remind_on = models.DateField(_("to be sent on"))
    digest = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="told", verbose_name=_("digest")
    )

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-remind_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject_type", "subject_id", "due_on", "offset_days", "recipient"],
                name="one_reminder_per_promise",
            ),
            models.UniqueConstraint(fields=["message_id"], name="one_message_a_reminder"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at__isnull=True)),
                name="sent_reminders_say_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["remind_on"],
                condition=Q(state__in=[DeliveryState.PENDING, DeliveryState.SENDING]),
                name="reminders_to_send",
            )
        ]

    def __str__(self):
        return f"{self.rule}: {self.due_on} ({self.recipient})"

    @property
    def key(self) -> ReminderKey:
        return ReminderKey(self.rule_id, (self.subject_type, str(self.subject_id)), self.due_on, self.recipient_id)

    @property
    def as_row(self) -> LedgerRow:
        """The LedgerRow that the pure rules work on."""
        tried = self.attempts > 0
        return LedgerRow(
            self.key, self.rule.kind, self.offset_days, self.state, self.reason, self.pk, was_attempted=tried
        )

    @classmethod
    def from_row(cls, row: LedgerRow, *, digest: "Reminder | None" = None) -> "Reminder":
        return cls(
            rule_id=row.key.rule,
            subject_type=row.key.subject[0],
            subject_id=row.key.subject[1],
            due_on=row.key.due_on,
            offset_days=row.offset,
            recipient_id=row.key.recipient,
            remind_on=row.remind_on,
            state=row.state,
            reason=row.reason,
            digest=digest,
        )
