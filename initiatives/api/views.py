"""API endpoints of initiatives: one declaration per type."""

from readers.api.pagination import CursorOrdering
from readers.api.views import EditionViewSet

from . import filters, resources
from . import serializers as shapes


class InitiativeViewSet(EditionViewSet):
    """What was promised: each initiative with its milestones, outcomes, funding and verdicts."""

    served = resources.INITIATIVE
    shape = shapes.InitiativeSerializer
    filterset_class = filters.InitiativeFilters


class MilestoneViewSet(EditionViewSet):
    """What should have happened by when, or did; with what officials said of it, what is shown, and the calendar."""

    served = resources.MILESTONE
    shape = shapes.MilestoneSerializer
    ordering = CursorOrdering("due_by")
    filterset_class = filters.MilestoneFilters


class OutcomeViewSet(EditionViewSet):
    """Indicators with their targets, observations and computed status."""

    served = resources.OUTCOME
    shape = shapes.OutcomeSerializer
    ordering = CursorOrdering("root_content_id")
    filterset_class = filters.InitiativeChildFilters


class FundingViewSet(EditionViewSet):
    """Money by stage, from announced to spent, in whole Hong Kong dollars; the largest first."""

    served = resources.FUNDING
    shape = shapes.FundingSerializer
    ordering = CursorOrdering("amount_hkd", descending=True)  # no funding is published without an amount
    filterset_class = filters.FundingFilters


class AnnouncementViewSet(EditionViewSet):
    """Budgets and Policy Addresses with their figures and verdicts; the latest first."""

    served = resources.ANNOUNCEMENT
    shape = shapes.AnnouncementSerializer
    ordering = CursorOrdering("delivered_on", descending=True, nullable=True)
    filterset_class = filters.AnnouncementFilters


class OrganisationViewSet(EditionViewSet):
    """Organisations that lead, take part or speak."""

    served = resources.ORGANISATION
    shape = shapes.OrganisationSerializer
    filterset_class = filters.KindFilters


class PersonViewSet(EditionViewSet):
    """Officials and others, with the posts they held."""

    served = resources.PERSON
    shape = shapes.PersonSerializer
    filterset_class = filters.KindFilters


class AreaViewSet(EditionViewSet):
    """Policy areas."""

    served = resources.AREA
    shape = shapes.AreaSerializer


class ContextViewSet(EditionViewSet):
    """Facts, and known conflicts between sources, about an initiative, an announcement or the whole record."""

    served = resources.CONTEXT
    shape = shapes.ContextSerializer
    filterset_class = filters.ContextFilters
