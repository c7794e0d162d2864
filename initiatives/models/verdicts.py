"""Verdicts: a rating with reasons, by our editors, the government itself or another monitor."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.fields import day_field, long_text_field
from newsroom.models import Child
from record.languages import get_text_columns

from ..choices import Clarity, Confidence, RatedBy, Rating
from .announcements import Announcement
from .initiatives import Initiative
from .outcomes import Target
from .parties import Organisation
from .sources import Cited


class Verdict(Cited, Child):
    """A rating of an initiative, an outcome target or an announcement. A new rating is a new row: a dated log."""

    JUDGED_FIELDS = ("rating", "clarity", "confidence", "rated_by", "rated_on", *get_text_columns("reasons"))
    JUDGED_FIELDS += ("initiative_id", "announcement_id", "target_id", "monitor_id")  # what is judged, and by whom

    texts = ("reasons",)
    name_text = "reasons"
    reasons = long_text_field(_("reasons"))
    initiative = models.ForeignKey(
        Initiative, models.CASCADE, null=True, blank=True, related_name="verdicts", verbose_name=_("initiative")
    )
    announcement = models.ForeignKey(
        Announcement, models.CASCADE, null=True, blank=True, related_name="verdicts", verbose_name=_("announcement")
    )
    target = models.ForeignKey(
        Target, models.SET_NULL, null=True, blank=True, related_name="verdicts", verbose_name=_("outcome target")
    )
    rating = models.CharField(_("rating"), max_length=11, choices=Rating, default=Rating.NOT_RATED)
    clarity = models.CharField(_("clarity"), max_length=12, choices=Clarity, blank=True, default="")
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence, blank=True, default="")
    rated_by = models.CharField(_("rated by"), max_length=13, choices=RatedBy, default=RatedBy.US)
    monitor = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="verdicts", verbose_name=_("monitor")
    )
    rated_on = day_field(_("rated on"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["-rated_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_verdict_has_one_root",
                condition=Q(initiative__isnull=False, announcement__isnull=True)
                | Q(initiative__isnull=True, announcement__isnull=False),
                violation_error_message=_("A verdict is of one initiative or one announcement."),
            ),
            models.CheckConstraint(
                name="a_verdict_is_checked_by_another",
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=models.F("set_by")),
                violation_error_message=_("A verdict is checked by somebody other than who set it."),
            ),
        ]
