"""Funding: money by stage. "Set aside" is never "spent"."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from newsroom.fields import FuzzyDateGroup, long_text_field, short_text_field
from newsroom.models import Child

from ..choices import FundingStage, Payer, Qualifier
from .announcements import Announcement
from .initiatives import Initiative
from .sources import Cited


class Funding(Cited, Child):
    """A sum in whole HKD at one stage. `part_of` and `restates` keep totals from counting it twice."""

    texts = ("title", "note")
    title = short_text_field(_("purpose"))
    note = long_text_field(_("public note"))
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="funding", verbose_name=_("initiative"))
    announcement = models.ForeignKey(
        Announcement, models.SET_NULL, null=True, blank=True, related_name="funding", verbose_name=_("announcement")
    )
    stage = models.CharField(_("stage"), max_length=12, choices=FundingStage, default=FundingStage.ANNOUNCED)
    payer = models.CharField(_("payer"), max_length=7, choices=Payer, default=Payer.PUBLIC)
    amount_hkd = models.BigIntegerField(_("amount (HKD)"), null=True, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=8, choices=Qualifier, default=Qualifier.EXACTLY)
    dated = FuzzyDateGroup(_("date"))
    fiscal_year = models.CharField(_("fiscal year"), max_length=9, blank=True, default="", help_text="2025-26")
    part_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    restates = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="restated_by", verbose_name=_("restates")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        ordering = ["initiative", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_hkd__gte=0) | Q(amount_hkd__isnull=True),
                name="funding_is_not_negative",
                violation_error_message=_("Funding is not negative."),
            ),
            models.CheckConstraint(
                condition=(Q(part_of__isnull=True) | ~Q(part_of=F("id")))
                & (Q(restates__isnull=True) | ~Q(restates=F("id"))),
                name="funding_is_not_part_of_itself",
                violation_error_message=_("A sum is not part of itself."),
            ),
        ]
