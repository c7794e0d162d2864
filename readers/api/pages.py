"""API of the site's own pages."""

from record.models import PageEdition

from .resources import Resource
from .serializers import PageSerializer
from .views import EditionViewSet


class PageViewSet(EditionViewSet):
    """The site's own pages, such as About, Method and Privacy, in Markdown."""

    served = Resource(PageEdition)
    shape = PageSerializer
