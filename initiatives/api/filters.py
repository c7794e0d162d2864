"""Query parameters of the API's lists of initiatives and of what belongs to them."""

from django.db.models import Q
from django_filters import rest_framework as filters

from readers.api.filters import ChoicesFilter, EditionFilterSet, SlugOrIdFilter, StrictBooleanFilter

from .. import choices
from ..queries.calendar import schedule_condition, upcoming_condition


class InitiativeFilters(EditionFilterSet):
    stage = ChoicesFilter(choices.Stage.choices)
    lead = SlugOrIdFilter("organisation", column="lead", help_text="The lead organisation: slug or content_id.")
    organisation = SlugOrIdFilter("organisation", relations=("lead", "partner"), help_text="Lead or partner.")
    area = SlugOrIdFilter("area", relations=("area",))
    announced_in = SlugOrIdFilter("announcement", relations=("announced_in",))
    announced_after = filters.DateFilter(
        field_name="announced_from", lookup_expr="gte", help_text="Announced on this day or later."
    )
    announced_before = filters.DateFilter(
        field_name="announced_until", lookup_expr="lte", help_text="Announced on this day or earlier."
    )


class InitiativeChildFilters(EditionFilterSet):
    initiative = SlugOrIdFilter("initiative", column="root_content_id", help_text="Slug or content_id.")


class MilestoneFilters(InitiativeChildFilters):
    kind = ChoicesFilter(choices.MilestoneKind.choices)
    result = ChoicesFilter(choices.Result.choices)
    schedule = ChoicesFilter(
        choices.MilestoneSchedule.choices, method="filter_schedule", help_text="Computed for today, or for as_of."
    )
    due_after = filters.DateFilter(
        field_name="due_until", lookup_expr="gte", help_text="The promised window ends on this day or later."
    )
    due_before = filters.DateFilter(
        field_name="due_until", lookup_expr="lte", help_text="The promised window ends on this day or earlier."
    )
    upcoming = StrictBooleanFilter(
        method="filter_upcoming", help_text="true: open promises whose window has not passed; false: all others."
    )

    def filter_schedule(self, queryset, name, value):
        wanted = Q()
        for each in value:
            wanted |= schedule_condition(each, on=self.moment.day)
        return queryset.filter(wanted)

    def filter_upcoming(self, queryset, name, value):
        condition = upcoming_condition(self.moment.day)
        return queryset.filter(condition) if value else queryset.exclude(condition)


class FundingFilters(InitiativeChildFilters):
    stage = ChoicesFilter(choices.FundingStage.choices)
    payer = ChoicesFilter(choices.Payer.choices)
    announcement = SlugOrIdFilter("announcement", column="announcement", help_text="Slug or content_id.")


class AnnouncementFilters(EditionFilterSet):
    kind = ChoicesFilter(choices.AnnouncementKind.choices)
    fiscal_year = filters.CharFilter(help_text='Such as "2025-26".')


class KindFilters(EditionFilterSet):
    """Filters by kind. Kinds of organisations and people are free text, not a closed vocabulary."""

    kind = filters.CharFilter()


class ContextFilters(EditionFilterSet):
    kind = ChoicesFilter(choices.ContextKind.choices)
    about = SlugOrIdFilter("initiative", "announcement", column="about", help_text="Slug or content_id.")
