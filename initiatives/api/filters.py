"""Query parameters of the API's lists of initiatives and of what belongs to them."""

from django.db.models import Q
from django_filters import rest_framework as filters

from publishing.api import Choices, EditionFilters, NamedThing, YesNo

from .. import choices
from ..queries import scheduled_as, upcoming


class InitiativeFilters(EditionFilters):
    stage = Choices(choices.Stage.choices)
    lead = NamedThing("organisation", column="lead", help_text="The lead organisation: slug or content_id.")
    organisation = NamedThing("organisation", relations=("lead", "partner"), help_text="Lead or partner.")
    area = NamedThing("area", relations=("area",))
    announced_in = NamedThing("announcement", relations=("announced_in",))
    announced_after = filters.DateFilter(
        field_name="announced_from", lookup_expr="gte", help_text="Announced on this day or later."
    )
    announced_before = filters.DateFilter(
        field_name="announced_until", lookup_expr="lte", help_text="Announced on this day or earlier."
    )


class OfInitiative(EditionFilters):
    initiative = NamedThing("initiative", column="root_content_id", help_text="Slug or content_id.")


class MilestoneFilters(OfInitiative):
    kind = Choices(choices.MilestoneKind.choices)
    result = Choices(choices.Result.choices)
    schedule = Choices(choices.Schedule.choices, method="standing", help_text="Computed for today, or for as_of.")
    due_after = filters.DateFilter(
        field_name="due_until", lookup_expr="gte", help_text="The promised window ends on this day or later."
    )
    due_before = filters.DateFilter(
        field_name="due_until", lookup_expr="lte", help_text="The promised window ends on this day or earlier."
    )
    upcoming = YesNo(method="to_come", help_text="true: open promises whose window has not passed; false: all others.")

    def standing(self, queryset, name, value):
        wanted = Q()
        for each in value:
            wanted |= scheduled_as(each, on=self.moment.day)
        return queryset.filter(wanted)

    def to_come(self, queryset, name, value):
        condition = upcoming(self.moment.day)
        return queryset.filter(condition) if value else queryset.exclude(condition)


class FundingFilters(OfInitiative):
    stage = Choices(choices.FundingStage.choices)
    payer = Choices(choices.Payer.choices)
    announcement = NamedThing("announcement", column="announcement", help_text="Slug or content_id.")


class AnnouncementFilters(EditionFilters):
    kind = Choices(choices.AnnouncementKind.choices)
    fiscal_year = filters.CharFilter(help_text='Such as "2025-26".')


class KindFilters(EditionFilters):
    """Filters by kind. Kinds of organisations and people are free text, not a closed vocabulary."""

    kind = filters.CharFilter()


class ContextFilters(EditionFilters):
    kind = Choices(choices.ContextKind.choices)
    about = NamedThing("initiative", "announcement", column="about", help_text="Slug or content_id.")
