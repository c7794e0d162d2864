"""Initiatives: what a government set out to do."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.fields import FuzzyDateGroup, long_text_field, short_text_field
from newsroom.models import HeldBack, Publishable, Root

from ..choices import Relation, Stage
from .parties import ONE_PER_LINE_HELP, Organisation, PolicyArea
from .sources import Cited


class Initiative(Cited, Root):
    texts = ("title", "summary", "body")
    title = short_text_field(_("title"))
    aliases = models.TextField(_("aliases"), blank=True, default="", help_text=ONE_PER_LINE_HELP)
    summary = long_text_field(_("summary"))
    body = long_text_field(_("body (Markdown)"))
    lead = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="leads", verbose_name=_("lead organisation")
    )
    partners = models.ManyToManyField(
        Organisation, blank=True, related_name="partner_in", verbose_name=_("partner organisations")
    )
    areas = models.ManyToManyField(PolicyArea, blank=True, related_name="initiatives", verbose_name=_("policy areas"))
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.ANNOUNCED)
    announced = FuzzyDateGroup(_("announced"))
    announced_in = models.ForeignKey(
        "initiatives.Announcement",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="announces",
        verbose_name=_("announced in"),
    )
    attested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("attested by"),
    )
    attested_on = models.DateField(_("attested still true on"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["slug"]


class InitiativeRelation(HeldBack, Publishable):
    """A relation of one initiative to another: predecessor, comparable or superseded by."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="relations", verbose_name=_("initiative"))
    relation = models.CharField(_("relation"), max_length=13, choices=Relation)
    other = models.ForeignKey(
        Initiative, models.PROTECT, related_name="related_from", verbose_name=_("other initiative")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "relation", "other"], name="one_relation_a_pair"),
            models.CheckConstraint(
                condition=~models.Q(initiative=models.F("other")),
                name="related_to_another",
                violation_error_message=_("An initiative is not related to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.get_relation_display()}: {self.other}"
