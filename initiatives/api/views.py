"""API endpoints of initiatives: one declaration per type."""

from publishing.api import EditionViewSet, Ordering

from ..shapes import documents as shapes
from . import filters, served


class InitiativeViewSet(EditionViewSet):
    """Initiatives, each with its milestones, outcomes, funding and verdicts."""

    served = served.INITIATIVE
    shape = shapes.Initiative
    filterset_class = filters.InitiativeFilters


class MilestoneViewSet(EditionViewSet):
    """Promises and events, with official statements, evidence and the computed calendar."""

    served = served.MILESTONE
    shape = shapes.Milestone
    ordering = Ordering("due_by")
    filterset_class = filters.MilestoneFilters


class OutcomeViewSet(EditionViewSet):
    """Indicators with their targets, observations and computed status."""

    served = served.OUTCOME
    shape = shapes.Outcome
    ordering = Ordering("root_content_id")
    filterset_class = filters.OfInitiative


class FundingViewSet(EditionViewSet):
    """Money by stage, from announced to spent, in whole Hong Kong dollars; the largest first."""

    served = served.FUNDING
    shape = shapes.Funding
    ordering = Ordering("amount_hkd", descending=True)  # no funding is published without an amount
    filterset_class = filters.FundingFilters


class AnnouncementViewSet(EditionViewSet):
    """Budgets and Policy Addresses with their figures and verdicts; the latest first."""

    served = served.ANNOUNCEMENT
    shape = shapes.Announcement
    ordering = Ordering("delivered_on", descending=True, nullable=True)
    filterset_class = filters.AnnouncementFilters


class OrganisationViewSet(EditionViewSet):
    """Organisations that lead, take part or speak."""

    served = served.ORGANISATION
    shape = shapes.Organisation
    filterset_class = filters.KindFilters


class PersonViewSet(EditionViewSet):
    """Officials and others, with the posts they held."""

    served = served.PERSON
    shape = shapes.Person
    filterset_class = filters.KindFilters


class AreaViewSet(EditionViewSet):
    """Policy areas."""

    served = served.AREA
    shape = shapes.Area


class ContextViewSet(EditionViewSet):
    """Facts, and known conflicts between sources, about an initiative, an announcement or the whole record."""

    served = served.CONTEXT
    shape = shapes.Context
    filterset_class = filters.ContextFilters
