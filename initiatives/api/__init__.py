"""The API of initiatives: what was promised, with how much money, by when, and what came of it."""

from .views import (
    AnnouncementViewSet,
    AreaViewSet,
    ContextViewSet,
    FundingViewSet,
    InitiativeViewSet,
    MilestoneViewSet,
    OrganisationViewSet,
    OutcomeViewSet,
    PersonViewSet,
)

__all__ = [
    "AnnouncementViewSet",
    "AreaViewSet",
    "ContextViewSet",
    "FundingViewSet",
    "InitiativeViewSet",
    "MilestoneViewSet",
    "OrganisationViewSet",
    "OutcomeViewSet",
    "PersonViewSet",
]
