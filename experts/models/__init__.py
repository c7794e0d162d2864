"""The working copy of what experts said, and the edition tables it is published into."""

from ..editions import CommentaryEdition, ExpertEdition, ForecastEdition
from .commentary import Commentary, Theme
from .experts import Affiliation, Expert, Forecast

__all__ = [
    "Affiliation",
    "Commentary",
    "CommentaryEdition",
    "Expert",
    "ExpertEdition",
    "Forecast",
    "ForecastEdition",
    "Theme",
]
