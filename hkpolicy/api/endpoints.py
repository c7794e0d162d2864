"""The lists of version 1, by the plural that stands in their addresses."""

from initiatives import api as initiatives

ENDPOINTS = {
    "initiatives": initiatives.InitiativeViewSet,
    "milestones": initiatives.MilestoneViewSet,
    "outcomes": initiatives.OutcomeViewSet,
    "funding": initiatives.FundingViewSet,
    "announcements": initiatives.AnnouncementViewSet,
    "organisations": initiatives.OrganisationViewSet,
    "people": initiatives.PersonViewSet,
    "areas": initiatives.AreaViewSet,
    "context": initiatives.ContextViewSet,
}
