"""The newsroom's forms for experts, forecasts and commentary."""

from newsroom.admin.preview.preview import preview_pages

from ..presenters.pages import PAGE_PRESENTERS
from . import commentary, experts, worklists

__all__ = ["commentary", "experts", "worklists"]

preview_pages.update(PAGE_PRESENTERS)
