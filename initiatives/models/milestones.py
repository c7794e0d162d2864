"""Milestones: what should have happened by a time, what officials said of it, and what the evidence shows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.fields import FuzzyDateGroup, day_field, long_text_field, short_text_field
from newsroom.models import Child, HeldBack, Publishable
from record.languages import get_text_columns

from ..choices import CHECKED_RESULTS, Claim, MilestoneKind, Result, Supports
from .announcements import Announcement
from .initiatives import Initiative
from .parties import Organisation, Person
from .sources import Cited


class Milestone(Cited, Child):
    """A promise to be kept by a time, or an event that nobody had dated beforehand."""

    texts = ("title", "summary", "note")
    title = short_text_field(_("title"))
    summary = long_text_field(_("summary"))
    note = long_text_field(_("public note"))
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="milestones", verbose_name=_("initiative"))
    kind = models.CharField(_("kind"), max_length=8, choices=MilestoneKind, default=MilestoneKind.PROMISE)
    result = models.CharField(_("result"), max_length=13, choices=Result, default=Result.SCHEDULED)
    actual = FuzzyDateGroup(_("actually happened"))
    result_set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("result set by"),
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("result checked by"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["initiative", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=models.F("result_set_by")),
                name="checked_by_another",
                violation_error_message=_("A result is checked by somebody other than who set it."),
            )
        ]

    @property
    def needs_check(self) -> bool:
        return self.result in CHECKED_RESULTS and self.checked_by_id is None

    def reset_check(self, by) -> None:
        """Remember who set the result or its date, and drop the check. A result open again was set by nobody."""
        self.result_set_by = None if self.result == Result.SCHEDULED else by
        self.checked_by = None


class Statement(Cited, HeldBack, Publishable):
    """Dated official words. If they give a date, `promised` holds it with the phrase; the first is the promise."""

    milestone = models.ForeignKey(
        Milestone, models.CASCADE, null=True, blank=True, related_name="statements", verbose_name=_("milestone")
    )
    initiative = models.ForeignKey(
        Initiative, models.CASCADE, null=True, blank=True, related_name="statements", verbose_name=_("initiative")
    )
    announcement = models.ForeignKey(
        Announcement, models.CASCADE, null=True, blank=True, related_name="statements", verbose_name=_("announcement")
    )
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="statements", verbose_name=_("said by (person)")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("said by (organisation)"),
    )
    stated = FuzzyDateGroup(_("stated"))
    claim = models.CharField(_("official claim"), max_length=23, choices=Claim, default=Claim.UNKNOWN, blank=True)
    promised = FuzzyDateGroup(_("promised"))
    inferred = models.BooleanField(
        _("inferred"), default=False, help_text=_("The editors worked out the date of the statement or of the promise.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_statement_has_one_subject",
                condition=Q(milestone__isnull=False, initiative__isnull=True, announcement__isnull=True)
                | Q(milestone__isnull=True, initiative__isnull=False, announcement__isnull=True)
                | Q(milestone__isnull=True, initiative__isnull=True, announcement__isnull=False),
                violation_error_message=_("A statement is about one milestone, initiative or announcement."),
            )
        ]

    def __str__(self):
        dated = (self.stated.edtf(), self.get_claim_display() if self.claim else "", self.promised.edtf())
        return self.promised_phrase or " ".join(filter(None, dated)) or self.unnamed_label()


class Evidence(Cited, HeldBack, Publishable):
    """Independent material and what it shows, or a bounded absence: where was searched, and until when that holds."""

    texts = ("summary",)
    name_text = "summary"
    summary = long_text_field(_("summary"))
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="evidence", verbose_name=_("milestone"))
    supports = models.CharField(_("supports"), max_length=13, choices=Supports, default=Supports.MET)
    dated = FuzzyDateGroup(_("dated"))
    searched = models.TextField(_("where was searched"), blank=True, default="", help_text=_("One a line."))
    holds_until = day_field(_("holds until"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["position", "pk"]

    def __str__(self):
        named = any(getattr(self, column) for column in get_text_columns("summary"))
        return super().__str__() if named else f"{self.get_supports_display()} {self.dated.edtf()}".strip()
