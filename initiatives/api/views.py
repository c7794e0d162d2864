"""API endpoints of initiatives: one declaration per type."""

from readers.api.pagination import CursorOrdering
from readers.api.views import EditionViewSet

from . import filters, resources
from . import serializers as shapes


class InitiativeViewSet(EditionViewSet):
    """What was promised: each initiative with its milestones, outcomes, funding and verdicts."""

    resource = resources.INITIATIVE
    response_serializer = shapes.InitiativeSerializer
    filterset_class = filters.InitiativeFilters


class MilestoneViewSet(EditionViewSet):
    """What should have happened by when, or did; with what officials said of it, what is shown, and the calendar."""

    resource = resources.MILESTONE
    response_serializer = shapes.MilestoneSerializer
    ordering = CursorOrdering("due_by")
    filterset_class = filters.MilestoneFilters


class OutcomeViewSet(EditionViewSet):
    """Indicators with their targets, observations and computed status."""

    resource = resources.OUTCOME
    response_serializer = shapes.OutcomeSerializer
    ordering = CursorOrdering("root_content_id")
    filterset_class = filters.InitiativeChildFilters


class FundingViewSet(EditionViewSet):
    """Money by stage, from announced to spent, in whole Hong Kong dollars; the largest first."""

    resource = resources.FUNDING
    response_serializer = shapes.FundingSerializer
    ordering = CursorOrdering("amount_hkd", descending=True)  # no funding is published without an amount
    filterset_class = filters.FundingFilters


class AnnouncementViewSet(EditionViewSet):
    """Budgets and Policy Addresses with their figures and verdicts; the latest first."""

    resource = resources.ANNOUNCEMENT
    response_serializer = shapes.AnnouncementSerializer
    ordering = CursorOrdering("delivered_on", descending=True, nullable=True)
    filterset_class = filters.AnnouncementFilters


class OrganisationViewSet(EditionViewSet):
    """Organisations that lead, take part or speak."""

    resource = resources.ORGANISATION
    response_serializer = shapes.OrganisationSerializer
    filterset_class = filters.KindFilters


class PersonViewSet(EditionViewSet):
    """Officials and others, with the posts they held."""

    resource = resources.PERSON
    response_serializer = shapes.PersonSerializer
    filterset_class = filters.KindFilters


class AreaViewSet(EditionViewSet):
    """Policy areas."""

    resource = resources.AREA
    response_serializer = shapes.AreaSerializer


class ContextViewSet(EditionViewSet):
    """Facts, and known conflicts between sources, about an initiative, an announcement or the whole record."""

    resource = resources.CONTEXT
    response_serializer = shapes.ContextSerializer
    filterset_class = filters.ContextFilters
