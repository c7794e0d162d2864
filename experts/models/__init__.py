"""The working copy of experts and commentary, and the edition tables it is published into."""

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
