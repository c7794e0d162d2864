"""Exports of everything of one type as streamed JSON lines, one document a line in the form of its list and detail."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from ..queries import Moment, last_change, latest_instant
from .conditional import unless_known
from .problems import Unknown
from .rendering import JSONLines, StoredJSON
from .schema import AS_OF, LINKS, answers
from .served import Served, bodies
from .views import RecordView

PLURAL = OpenApiParameter("plural", str, OpenApiParameter.PATH, description="As in the address of the list.")
LAST_CHANGE = "Last-Change"
FOLLOWING = OpenApiParameter(
    LAST_CHANGE,
    {"type": "integer", "minimum": 0},
    OpenApiParameter.HEADER,
    response=[200],
    description="The id of the last change that is in it: follow `/changes/` from there. 0 before the first.",
)
AT_A_TIME = 200  # roots whose children are read together and held in memory


class ExportsView(RecordView):
    """Links to the exports."""

    served: dict[str, Served] = {}  # by plural, as in the file name

    @extend_schema(parameters=[FOLLOWING], responses=answers(LINKS))
    @unless_known
    def index(self, request):
        files = {plural: f"{self.base}exports/{plural}.jsonl" for plural in self.served}
        return Response(files, headers={LAST_CHANGE: last_change(latest_instant())})


class ExportView(ExportsView):
    """One JSON document a line."""

    renderer_classes = (JSONLines, StoredJSON)
    parameters = {"retrieve": frozenset({"as_of"})}

    @extend_schema(
        parameters=[AS_OF, PLURAL, FOLLOWING],
        responses=answers(OpenApiTypes.STR, 400, 404, media_type=JSONLines.media_type),
    )
    @unless_known
    def retrieve(self, request, plural):
        if plural not in self.served:
            raise Unknown()
        snapshot = self._snapshot()
        headers = {
            "Content-Disposition": f'attachment; filename="{plural}.jsonl"',
            LAST_CHANGE: last_change(snapshot.instant),
        }
        return StreamingHttpResponse(
            self._lines(self.served[plural], snapshot), content_type=JSONLines.media_type, headers=headers
        )

    def _snapshot(self) -> Moment:
        """Return a moment with a fixed instant, so that publishing during the stream does not change it."""
        return self.moment if self.moment.instant else replace(self.moment, instant=latest_instant())

    def _lines(self, served: Served, moment: Moment) -> Iterator[bytes]:
        editions = served.edition.objects.at(moment.instant).order_by("pk")
        rows = served.rows(editions).iterator(chunk_size=AT_A_TIME)
        while some := list(islice(rows, AT_A_TIME)):
            yield b"".join(body + b"\n" for body in bodies(served, some, moment=moment, base=self.base))
