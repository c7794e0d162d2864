"""The lists of version 1, by the plural in their URLs."""

from experts import api as experts
from initiatives import api as initiatives
from publishing.api.pages import PageViewSet

VIEWSETS = (
    initiatives.InitiativeViewSet,
    initiatives.MilestoneViewSet,
    initiatives.OutcomeViewSet,
    initiatives.FundingViewSet,
    initiatives.AnnouncementViewSet,
    experts.ExpertViewSet,
    experts.CommentaryViewSet,
    experts.ForecastViewSet,
    initiatives.OrganisationViewSet,
    initiatives.PersonViewSet,
    initiatives.AreaViewSet,
    initiatives.ContextViewSet,
    PageViewSet,
)
ENDPOINTS = {viewset.served.edition.plural: viewset for viewset in VIEWSETS}
SERVED = {plural: viewset.served for plural, viewset in ENDPOINTS.items()}
