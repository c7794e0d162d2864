"""The newsroom's forms of what experts said."""

from publishing.admin.preview import pages

from ..shapes.pages import PAGES
from . import commentary, experts, needs

__all__ = ["commentary", "experts", "needs"]

pages.update(PAGES)
