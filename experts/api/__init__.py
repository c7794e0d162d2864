"""The API of what experts said."""

from .views import CommentaryViewSet, ExpertViewSet, ForecastViewSet

__all__ = ["CommentaryViewSet", "ExpertViewSet", "ForecastViewSet"]
