"""The root of the API, and the answer to unknown URLs."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from publishing.api import RecordView
from publishing.api.conditional import unless_known
from publishing.api.problems import Unknown
from publishing.api.schema import LINKS, answers

from .endpoints import ENDPOINTS

OTHERS = ("changes", "search", "exports", "schema", "docs")


class IndexView(RecordView):
    """List the endpoints with their URLs."""

    @extend_schema(responses=answers(LINKS))
    @unless_known
    def index(self, request):
        return Response({name: f"{self.base}{name}/" for name in (*ENDPOINTS, *OTHERS)})


class NowhereView(RecordView):
    """Answer 404 to any other URL."""

    @extend_schema(exclude=True)
    def retrieve(self, request):
        raise Unknown()
