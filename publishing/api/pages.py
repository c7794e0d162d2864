"""API of the site's own pages."""

from ..editions import PageEdition
from ..shapes.documents import Page
from .served import Served
from .views import EditionViewSet


class PageViewSet(EditionViewSet):
    """The site's own pages, such as About, Method and Privacy, in Markdown."""

    served = Served(PageEdition)
    shape = Page
