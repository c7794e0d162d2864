"""Announcements: a Budget or a Policy Address, and the figures it gave."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from newsroom.fields import day_field, long_text_field, short_text_field
from newsroom.models import Child, Root

from ..choices import AnnouncementKind, Qualifier, Vintage
from .parties import Person
from .sources import Cited, Source


class Announcement(Cited, Root):
    texts = ("title", "summary")
    title = short_text_field(_("title"))
    summary = long_text_field(_("summary"))
    kind = models.CharField(_("kind"), max_length=14, choices=AnnouncementKind, default=AnnouncementKind.BUDGET)
    fiscal_year = models.CharField(_("fiscal year"), max_length=9, blank=True, default="", help_text="2025-26")
    delivered_on = day_field(_("delivered on"))
    delivered_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="announcements", verbose_name=_("delivered by")
    )
    speech = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("text of the speech")
    )
    passed_on = day_field(_("appropriation passed on"))
    key_phrase = models.CharField(_("key phrase"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-delivered_on", "slug"]


class Figure(Cited, Child):
    """One number of the public finances, in one vintage: whole HKD, possibly negative, or a count with its unit."""

    texts = ("title", "note")
    title = short_text_field(_("measure"))
    note = long_text_field(_("public note"))
    announcement = models.ForeignKey(
        Announcement, models.CASCADE, related_name="figures", verbose_name=_("announcement")
    )
    fiscal_year = models.CharField(_("the year it is about"), max_length=9, blank=True, default="", help_text="2025-26")
    vintage = models.CharField(_("vintage"), max_length=12, choices=Vintage, default=Vintage.ORIGINAL)
    as_at = day_field(_("as at"))
    published_on = day_field(_("published on"))
    after_bonds = models.BooleanField(_("after bonds"), null=True, blank=True)
    qualifier = models.CharField(_("qualifier"), max_length=8, choices=Qualifier, default=Qualifier.EXACTLY)
    amount_hkd = models.BigIntegerField(_("amount (HKD)"), null=True, blank=True)
    amount_low_hkd = models.BigIntegerField(_("from (HKD)"), null=True, blank=True)
    amount_high_hkd = models.BigIntegerField(_("to (HKD)"), null=True, blank=True)
    count = models.DecimalField(_("count"), max_digits=20, decimal_places=6, null=True, blank=True)
    unit = models.CharField(_("unit of the count"), max_length=60, blank=True, default="")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["announcement", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_figure_is_an_amount_a_range_or_a_count",
                condition=Q(
                    amount_hkd__isnull=False,
                    amount_low_hkd__isnull=True,
                    amount_high_hkd__isnull=True,
                    count__isnull=True,
                )
                | Q(
                    amount_hkd__isnull=True,
                    amount_low_hkd__isnull=False,
                    amount_high_hkd__isnull=False,
                    amount_high_hkd__gte=F("amount_low_hkd"),
                    count__isnull=True,
                )
                | Q(
                    amount_hkd__isnull=True,
                    amount_low_hkd__isnull=True,
                    amount_high_hkd__isnull=True,
                    count__isnull=False,
                ),
                violation_error_message=_("A figure is one amount, a range from low to high, or a count."),
            )
        ]
