"""API endpoints of experts: one declaration per type."""

from readers.api.pagination import CursorOrdering
from readers.api.resources import Resource
from readers.api.views import EditionViewSet

from ..editions import CommentaryEdition, ExpertEdition, ForecastEdition
from . import filters
from . import serializers as shapes

FORECAST_RESOURCE = Resource(ForecastEdition, order=("made_on", "first_published_at", "content_id"))


class ExpertViewSet(EditionViewSet):
    """Who speaks about the record, with affiliations, disclosed interests and forecasts."""

    resource = Resource(ExpertEdition, children=(FORECAST_RESOURCE,))
    response_serializer = shapes.ExpertSerializer
    filterset_class = filters.ExpertFilters


class CommentaryViewSet(EditionViewSet):
    """What experts said of initiatives and announcements; the latest first."""

    resource = Resource(CommentaryEdition)
    response_serializer = shapes.CommentarySerializer
    ordering = CursorOrdering("dated_from", descending=True, nullable=True)
    filterset_class = filters.CommentaryFilters


class ForecastViewSet(EditionViewSet):
    """Dated probabilities that a milestone is met by a day."""

    resource = FORECAST_RESOURCE
    response_serializer = shapes.ForecastSerializer
    ordering = CursorOrdering("root_content_id")
    filterset_class = filters.ForecastFilters
