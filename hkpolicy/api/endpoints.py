"""The lists of version 1, by the plural in their URLs."""

from experts.api import views as experts
from initiatives.api import views as initiatives
from readers.api.pages import PageViewSet

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
ENDPOINTS = {viewset.resource.edition_class.url_prefix: viewset for viewset in VIEWSETS}
RESOURCES = {plural: viewset.resource for plural, viewset in ENDPOINTS.items()}
