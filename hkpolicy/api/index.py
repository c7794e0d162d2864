"""The root of the API, and what stands where there is nothing."""

from rest_framework.response import Response

from publishing.api import RecordView
from publishing.api.conditional import unless_known
from publishing.api.problems import Unknown

from .endpoints import ENDPOINTS

OTHERS = ("changes", "search", "exports", "schema", "docs")


class IndexView(RecordView):
    """Where everything is."""

    @unless_known
    def list(self, request):
        return Response({name: f"{self.base}{name}/" for name in (*ENDPOINTS, *OTHERS)})


class NowhereView(RecordView):
    """Any other address."""

    def retrieve(self, request):
        raise Unknown()
