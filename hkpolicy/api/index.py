"""The root of the API, and the answer to unknown URLs."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from readers.api.exceptions import NotPublished
from readers.api.schema import LINKS_SCHEMA, describe_responses
from readers.api.views import PublicApiView
from readers.etags import etag_action

from .endpoints import ENDPOINTS

OTHER_ENDPOINTS = ("changes", "search", "exports", "schema", "docs")


class IndexView(PublicApiView):
    """Where everything is."""

    @extend_schema(responses=describe_responses(LINKS_SCHEMA))
    @etag_action
    def index(self, request):
        return Response({name: f"{self.root_url}{name}/" for name in (*ENDPOINTS, *OTHER_ENDPOINTS)})


class NotFoundView(PublicApiView):
    """Any other address."""

    @extend_schema(exclude=True)
    def retrieve(self, request):
        raise NotPublished()
