"""Experts: people or organisations that speak, their affiliations and their forecasts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.models import Milestone, Organisation, Person
from initiatives.models.sources import Cited
from newsroom.fields import FuzzyDateGroup, day_field, long_text_field, short_text_field
from newsroom.models import Child, HeldBack, Publishable, Root


class Expert(Root):
    """A Person or an Organisation that speaks, or an outlet whose author was not seen."""

    texts = ("name", "field", "interests")
    name_text = "name"
    name = short_text_field(_("name shown"))
    field = short_text_field(_("field"))
    interests = long_text_field(_("disclosed interests"))
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="experts", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="experts", verbose_name=_("organisation")
    )
    unverified = models.BooleanField(
        _("unverified"), default=False, help_text=_("Could not be traced. Readers are told.")
    )

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(organisation__isnull=True),
                name="an_expert_is_one_of_both",
                violation_error_message=_("An expert is a person or an organisation, not both."),
            )
        ]


class Affiliation(HeldBack, Publishable):
    """A role that an expert held at an organisation for a time."""

    texts = ("title",)
    title = short_text_field(_("role"))
    expert = models.ForeignKey(Expert, models.CASCADE, related_name="affiliations", verbose_name=_("expert"))
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="affiliations",
        verbose_name=_("organisation"),
    )
    began = FuzzyDateGroup(_("began"))
    ended = FuzzyDateGroup(_("ended"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["position", "pk"]


class Forecast(Cited, Child):
    """A dated probability that a milestone is met by a day."""

    texts = ("note",)
    name_text = "note"
    note = long_text_field(_("note"))
    expert = models.ForeignKey(Expert, models.CASCADE, related_name="forecasts", verbose_name=_("expert"))
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="forecasts", verbose_name=_("milestone"))
    made_on = day_field(_("made on"))
    by_day = day_field(_("met by"))
    probability = models.DecimalField(_("probability (0 to 1)"), max_digits=4, decimal_places=3)

    class Meta:
        verbose_name = _("forecast")
        verbose_name_plural = _("forecasts")
        ordering = ["-made_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__gte=0, probability__lte=1),
                name="a_probability_is_from_0_to_1",
                violation_error_message=_("A probability lies between 0 and 1."),
            )
        ]

    def __str__(self):
        return f"{self.expert}: {self.probability}"
