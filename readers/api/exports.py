"""Exports of everything of one type as streamed JSON lines, one document a line in the form of its list and detail."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from record.queries import Moment, get_last_change_id, get_last_published_at

from ..etags import etag_action
from .exceptions import NotPublished
from .renderers import JSONLinesRenderer, RawJSONRenderer
from .resources import Resource, render_resources
from .schema import AS_OF_PARAMETER, LINKS_SCHEMA, describe_responses
from .views import PublicApiView

PLURAL_PARAMETER = OpenApiParameter("plural", str, OpenApiParameter.PATH, description="As in the address of the list.")
LAST_CHANGE_HEADER = "Last-Change"
LAST_CHANGE_PARAMETER = OpenApiParameter(
    LAST_CHANGE_HEADER,
    {"type": "integer", "minimum": 0},
    OpenApiParameter.HEADER,
    response=[200],
    description="The id of the last change that is in it: follow `/changes/` from there. 0 before the first.",
)
EXPORT_BATCH_SIZE = 200  # roots whose children are read together and held in memory


class ExportIndexView(PublicApiView):
    """Where the exports are."""

    resources: dict[str, Resource] = {}  # by plural, as in the file name

    @extend_schema(parameters=[LAST_CHANGE_PARAMETER], responses=describe_responses(LINKS_SCHEMA))
    @etag_action
    def index(self, request):
        files = {plural: f"{self.root_url}exports/{plural}.jsonl" for plural in self.resources}
        return Response(files, headers={LAST_CHANGE_HEADER: get_last_change_id(get_last_published_at())})


class ExportView(ExportIndexView):
    """One JSON document a line."""

    renderer_classes = (JSONLinesRenderer, RawJSONRenderer)
    parameters = {"retrieve": frozenset({"as_of"})}

    @extend_schema(
        parameters=[AS_OF_PARAMETER, PLURAL_PARAMETER, LAST_CHANGE_PARAMETER],
        responses=describe_responses(OpenApiTypes.STR, 400, 404, media_type=JSONLinesRenderer.media_type),
    )
    @etag_action
    def retrieve(self, request, plural):
        if plural not in self.resources:
            raise NotPublished()
        snapshot = self._snapshot()
        headers = {
            "Content-Disposition": f'attachment; filename="{plural}.jsonl"',
            LAST_CHANGE_HEADER: get_last_change_id(snapshot.instant),
        }
        return StreamingHttpResponse(
            self._lines(self.resources[plural], snapshot), content_type=JSONLinesRenderer.media_type, headers=headers
        )

    def _snapshot(self) -> Moment:
        """Return a moment with a fixed instant, so that publishing during the stream does not change it."""
        return self.moment if self.moment.instant else replace(self.moment, instant=get_last_published_at())

    def _lines(self, resource: Resource, moment: Moment) -> Iterator[bytes]:
        editions = resource.edition_class.objects.at(moment.instant).order_by("pk")
        rows = resource.select_columns(editions).iterator(chunk_size=EXPORT_BATCH_SIZE)
        while some := list(islice(rows, EXPORT_BATCH_SIZE)):
            yield b"".join(body + b"\n" for body in render_resources(resource, some, moment=moment, base=self.root_url))
