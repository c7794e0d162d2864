"""The site's own pages."""

from ..editions import PageEdition
from .served import Served
from .views import EditionViewSet


class PageViewSet(EditionViewSet):
    """About, method, privacy: the site's own pages, in Markdown."""

    served = Served(PageEdition)
