"""The API of experts, commentary and forecasts."""

from .views import CommentaryViewSet, ExpertViewSet, ForecastViewSet

__all__ = ["CommentaryViewSet", "ExpertViewSet", "ForecastViewSet"]
