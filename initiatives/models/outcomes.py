"""Outcomes: an indicator, the targets set for it, and what was observed."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.fields import FuzzyDateGroup, day_field, long_text_field, short_text_field
from newsroom.models import Child, HeldBack, Publishable

from ..choices import Aggregation, Direction, ObservationStatus, Qualifier, TargetKind
from .initiatives import Initiative
from .sources import Cited


def measured_value_field(label, **options):
    """Return a model field for a measured value: up to 14 digits before the point and 6 after."""
    return models.DecimalField(label, max_digits=20, decimal_places=6, **options)


class Outcome(Cited, Child):
    texts = ("title", "summary", "baseline_note")
    title = short_text_field(_("indicator"))
    summary = long_text_field(_("definition"))
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="outcomes", verbose_name=_("initiative"))
    unit = models.CharField(_("unit"), max_length=60, blank=True, default="")
    direction = models.CharField(_("direction"), max_length=11, choices=Direction, default=Direction.INCREASE)
    aggregation = models.CharField(_("aggregation"), max_length=4, choices=Aggregation, default=Aggregation.LAST)
    baseline_value = measured_value_field(_("baseline"), null=True, blank=True)
    baseline = FuzzyDateGroup(_("baseline"))
    baseline_note = short_text_field(_("words on the baseline"))
    expected_every = models.PositiveSmallIntegerField(
        _("months between observations"),
        null=True,
        blank=True,
        help_text=_("How often an observation is expected."),
        validators=[MinValueValidator(1), MaxValueValidator(600)],
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["initiative", "position", "pk"]


class Target(Cited, HeldBack, Publishable):
    """A target in numbers or words, with its due day and who set it when. One indicator may have had several."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="targets", verbose_name=_("outcome"))
    kind = models.CharField(_("kind"), max_length=9, choices=TargetKind, default=TargetKind.REFERENCE)
    value = measured_value_field(_("value"), null=True, blank=True)
    words = models.CharField(_("words used"), max_length=300, blank=True, default="")
    due_on = day_field(_("due on"))
    set_by = models.CharField(_("set by"), max_length=200, blank=True, default="")
    set_on = FuzzyDateGroup(_("set on"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(words=""),
                name="a_target_has_number_or_words",
                violation_error_message=_("A target needs a number or words."),
            )
        ]

    def __str__(self):
        return self.words or f"{self.value.normalize():f}"


class Observation(Cited, HeldBack, Publishable):
    texts = ("note",)
    name_text = "note"
    note = long_text_field(_("public note"))
    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="observations", verbose_name=_("outcome"))
    observed = FuzzyDateGroup(_("observed"))
    value = measured_value_field(_("value"))
    qualifier = models.CharField(_("qualifier"), max_length=8, choices=Qualifier, default=Qualifier.EXACTLY)
    status = models.CharField(_("status"), max_length=11, choices=ObservationStatus, default=ObservationStatus.FINAL)
    method_break = models.BooleanField(_("method break"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.observed.edtf()}: {self.value.normalize():f}"
