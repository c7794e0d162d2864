"""The site's own pages."""

from ..editions import PageEdition
from ..shapes.documents import Page
from .served import Served
from .views import EditionViewSet


class PageViewSet(EditionViewSet):
    """About, method, privacy: the site's own pages, in Markdown."""

    served = Served(PageEdition)
    shape = Page
