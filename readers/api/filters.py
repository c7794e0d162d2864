"""Filters of API lists. A meaningless value is a 400 that names its parameter, never an empty list."""

from datetime import UTC, datetime, time

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from record.dates import HONG_KONG
from record.models import Change, Link, Slug
from record.queries import UUID_PATTERN, Moment


class MomentFilterBackend(filters.DjangoFilterBackend):
    """Filter backend that passes the requested moment to filter sets."""

    def get_filterset_kwargs(self, request, queryset, view):
        return super().get_filterset_kwargs(request, queryset, view) | {"moment": view.moment}


class InstantField(forms.Field):
    """Timestamp with offset, or a date, which means its first moment in Hong Kong. Cleans to a datetime in UTC."""

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            day, instant = parse_date(value), parse_datetime(value)
            if day:
                instant = datetime.combine(day, time.min, tzinfo=HONG_KONG)
            if instant is None or timezone.is_naive(instant):
                raise ValueError(value)
            return instant.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            detail = _("A date (2026-01-31) or a timestamp with offset (2026-01-31T12:00:00Z).")
            raise forms.ValidationError(detail) from error


@extend_schema_field(OpenApiTypes.STR)
class InstantFilter(filters.Filter):
    """Filter by an instant."""

    field_class = InstantField


class SlugOrIdField(forms.Field):
    """Slug (former ones too) or `content_id` of a thing. Cleans to the `content_id`."""

    def __init__(self, *, types: tuple[str, ...], **options):
        super().__init__(**options)
        self.types = types

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if UUID_PATTERN.fullmatch(value):
            return value
        owners = Slug.objects.filter(type__in=self.types, slug=value).values_list("content_id", flat=True)
        if not (owner := owners.first()):
            detail = _("None has this slug: %(slug)s (%(types)s).")
            raise forms.ValidationError(detail, params={"slug": value[:120], "types": ", ".join(self.types)})
        return owner


@extend_schema_field(OpenApiTypes.STR)
class SlugOrIdFilter(filters.Filter):
    """Filter by a thing, given by slug or `content_id`: as a column's value, or linked to by any of these relations."""

    field_class = SlugOrIdField

    def __init__(self, *types: str, column: str = "", relations: tuple[str, ...] = (), **options):
        super().__init__(field_name=column or None, types=types, **options)
        self.relations = relations

    def filter(self, queryset, value):
        if value is None:
            return queryset
        if not self.relations:
            return queryset.filter(**{self.field_name: value})
        links = Link.objects.at(self.parent.moment.instant).filter(named=value, relation__in=self.relations)
        return queryset.filter(content_id__in=links.values("content_id"))


class ChoicesFilter(filters.MultipleChoiceFilter):
    """Filter by values of a vocabulary; several values match any of them."""

    def __init__(self, choices, **options):
        super().__init__(choices=choices, distinct=False, **options)


class StrictBooleanField(forms.TypedChoiceField):
    """Boolean that accepts true or false, and refuses anything else, which django-filter's own would ignore."""

    def __init__(self, **options):
        super().__init__(choices=[("true", "true"), ("false", "false")], coerce="true".__eq__, **options)

    def to_python(self, value):
        word = super().to_python(value).lower()
        return {"1": "true", "0": "false"}.get(word, word)


@extend_schema_field(OpenApiTypes.BOOL)
class StrictBooleanFilter(filters.Filter):
    """Filter by true or false."""

    field_class = StrictBooleanField


class EditionFilterSet(filters.FilterSet):
    """Filters that every list has."""

    updated_since = InstantFilter(
        method="filter_updated_since",
        help_text="Only what changed after this moment and is still there; a root also when one of its children did. "
        "What went away is told by `/changes/`. A date means its first moment in Hong Kong.",
    )

    def __init__(self, *args, moment: Moment, **options):
        super().__init__(*args, **options)
        self.moment = moment

    def filter_updated_since(self, queryset: QuerySet, name, value):
        """Keep things that changed after the instant, roots also if a child changed."""
        if queryset.model.parents:
            return queryset.filter(live_from__gt=value)
        changes = Change.objects.filter(publication__published_at__gt=value, root_type=queryset.model.type)
        if self.moment.instant is not None:
            changes = changes.filter(publication__published_at__lte=self.moment.instant)
        return queryset.filter(content_id__in=changes.values("root_content_id"))
