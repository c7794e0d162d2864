"""Groups of model columns that form one field: a text in three languages, a fuzzy date."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from record.choices import Precision, YearKind
from record.dates import ALLOWED_YEARS, FuzzyDate


def short_text_field(label, *, max_length=300):
    """Return a short text field with the columns NAME_en, NAME_zh_hant, NAME_zh_hans."""
    return TranslatedField(models.CharField(label, max_length=max_length, blank=True, default=""))


def long_text_field(label):
    """Return a long text field with the columns NAME_en, NAME_zh_hant, NAME_zh_hans."""
    return TranslatedField(models.TextField(label, blank=True, default=""))


def validate_year(day: date) -> None:
    """Raise ValidationError for a day outside the allowed years (`dates.ALLOWED_YEARS`)."""
    if day.year not in ALLOWED_YEARS:
        values = {"first": ALLOWED_YEARS[0], "last": ALLOWED_YEARS[-1]}
        raise ValidationError(_("Give a day of the years %(first)d to %(last)d."), code="year", params=values)


def day_field(label):
    """Return a date field that may be empty, for a day that may be unknown."""
    return models.DateField(label, null=True, blank=True, validators=[validate_year])


class FuzzyDateGroup(property):
    """Six columns NAME_… of a fuzzy date, read and assigned as one `FuzzyDate`.

    The database refuses an interval that ends before it starts. It is a property, so that a new row takes it as a
    keyword argument.
    """

    PARTS = ("earliest", "latest", "phrase", "precision", "year_kind", "at_the_earliest")

    def __init__(self, label):
        super().__init__()
        self.label = label

    def contribute_to_class(self, model, name):
        self.name = name
        for part, field in self._fields().items():
            model.add_to_class(f"{name}_{part}", field)
        if not model._meta.abstract:
            self._add_order_constraint(model)
        setattr(model, name, self)

    def _fields(self):
        def label(part):
            return format_lazy("{}: {}", self.label, part)

        return {
            "earliest": day_field(label(_("earliest"))),
            "latest": day_field(label(_("latest"))),
            "phrase": models.CharField(label(_("words used")), max_length=200, blank=True, default=""),
            "precision": models.CharField(
                label(_("precision")), max_length=10, choices=Precision, default=Precision.UNKNOWN
            ),
            "year_kind": models.CharField(
                label(_("kind of year")), max_length=10, choices=YearKind, default=YearKind.CALENDAR
            ),
            "at_the_earliest": models.BooleanField(label(_("at the earliest")), default=False),
        }

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f"{self.name}_{part}" for part in self.PARTS)

    def _add_order_constraint(self, model):
        constraint = models.CheckConstraint(
            name=f"{model._meta.model_name}_{self.name}_in_order",
            condition=Q(**{f"{self.name}_latest__gte": F(f"{self.name}_earliest")})
            | Q(**{f"{self.name}_earliest__isnull": True})
            | Q(**{f"{self.name}_latest__isnull": True}),
            violation_error_message=_("The last day comes before the first."),
        )
        model._meta.constraints = [*model._meta.constraints, constraint]
        model._meta.original_attrs["constraints"] = model._meta.constraints

    def __get__(self, row, model=None):
        if row is None:
            return self
        return FuzzyDate(**{part: getattr(row, f"{self.name}_{part}") for part in self.PARTS})

    def __set__(self, row, value):
        value = value or FuzzyDate()
        for part in self.PARTS:
            setattr(row, f"{self.name}_{part}", getattr(value, part))


def get_date_groups(model: type[models.Model]) -> list[FuzzyDateGroup]:
    """Return the fuzzy dates of a model, in the order of their definition."""
    return [value for value in vars(model).values() if isinstance(value, FuzzyDateGroup)]
