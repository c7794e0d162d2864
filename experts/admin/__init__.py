"""The newsroom's forms for experts, forecasts and commentary."""

from publishing.admin.preview import pages

from ..shapes.pages import PAGES
from . import commentary, experts, needs

__all__ = ["commentary", "experts", "needs"]

pages.update(PAGES)
