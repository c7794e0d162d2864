"""API of the site's own pages."""

from record.models import PageEdition

from .resources import Resource
from .serializers import PageSerializer
from .views import EditionViewSet


class PageViewSet(EditionViewSet):
    """About, method, privacy: the site's own pages, in Markdown."""

    resource = Resource(PageEdition)
    response_serializer = PageSerializer
