"""Scheduled publications: a frozen Draft and the moment at which it goes public."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from record.models import Change, Publication

from ..choices import ScheduleState
from .reviews import FrozenDraft


class ScheduleQuerySet(models.QuerySet):
    """Filters scheduled publications."""

    def waiting(self):
        """Return those that are still to be published."""
        return self.filter(state=ScheduleState.WAITING)

    def due(self, *, at: datetime):
        """Return waiting ones whose moment has come, earliest first."""
        return self.waiting().filter(publish_at__lte=at).order_by("publish_at", "pk")

    def needing_attention(self, user):
        """Return failed ones that still need attention, then waiting ones with this user's own first.

        A failure needs attention until somebody acknowledges it, the root is scheduled again, or a Draft of the root is
        published after it; redactions, attestations and withdrawals do not count as that.
        """
        later = self.model.objects.filter(content_id=OuterRef("content_id"), pk__gt=OuterRef("pk"))
        published = Change.objects.filter(
            root_content_id=OuterRef("content_id"),
            publication__published_at__gt=OuterRef("closed_at"),
            source_read_at__isnull=False,
        )
        failed = Q(state=ScheduleState.FAILED, seen_by=None) & ~Exists(later) & ~Exists(published)
        order = Case(When(state=ScheduleState.FAILED, then=0), When(by=user, then=1), default=2)
        found = self.filter(Q(state=ScheduleState.WAITING) | failed)
        return found.select_related("by").order_by(order, "publish_at", "pk")


class Schedule(models.Model):
    """A publication to come.

    What goes public is the Draft that was frozen when it was scheduled; later edits are not in it.
    """

    type = models.CharField(max_length=20)
    content_id = models.UUIDField()
    frozen = models.ForeignKey(FrozenDraft, models.PROTECT, related_name="+")
    publish_at = models.DateTimeField(_("publish at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    note = models.JSONField(_("change note"), null=True)  # a text
    major = models.BooleanField(_("major"), default=False)
    overruled = models.TextField(_("warnings overruled because"), blank=True, default="")
    state = models.CharField(_("state"), max_length=9, choices=ScheduleState, default=ScheduleState.WAITING)
    reason = models.TextField(_("why not"), blank=True, default="")
    publication = models.ForeignKey(Publication, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    seen_by = models.ForeignKey(  # who acknowledged that it failed
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("taken note of by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheduled publication")
        verbose_name_plural = _("scheduled publications")
        constraints = [
            models.UniqueConstraint(
                fields=["content_id"], condition=Q(state=ScheduleState.WAITING), name="one_waiting_schedule_a_root"
            )
        ]
        indexes = [
            models.Index(fields=["publish_at"], condition=Q(state=ScheduleState.WAITING), name="schedules_waiting")
        ]

    def __str__(self):
        return f"{self.type} {self.content_id} {self.publish_at:%Y-%m-%d %H:%M}"

    def close(self, state: ScheduleState, *, publication: Publication | None = None, reason: str = "") -> "Schedule":
        """End the waiting with this state and save. Return self."""
        self.state, self.publication, self.reason, self.closed_at = state, publication, reason, timezone.now()
        self.save()
        return self
