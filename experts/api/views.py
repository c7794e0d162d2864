"""API endpoints of experts: one declaration per type."""

from publishing.api import EditionViewSet, Ordering, Served

from ..editions import CommentaryEdition, ExpertEdition, ForecastEdition
from ..shapes import documents as shapes
from . import filters

FORECAST = Served(ForecastEdition, order=("made_on", "first_published_at", "content_id"))


class ExpertViewSet(EditionViewSet):
    """People and organisations that speak about the record, with affiliations, disclosed interests and forecasts."""

    served = Served(ExpertEdition, children=(FORECAST,))
    shape = shapes.Expert
    filterset_class = filters.ExpertFilters


class CommentaryViewSet(EditionViewSet):
    """Experts' words about initiatives and announcements; the latest first."""

    served = Served(CommentaryEdition)
    shape = shapes.Commentary
    ordering = Ordering("dated_from", descending=True, nullable=True)
    filterset_class = filters.CommentaryFilters


class ForecastViewSet(EditionViewSet):
    """Dated probabilities that a milestone is met by a day."""

    served = FORECAST
    shape = shapes.Forecast
    ordering = Ordering("root_content_id")
    filterset_class = filters.ForecastFilters
