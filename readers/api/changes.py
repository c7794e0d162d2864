"""Change log in commit order, from which partners keep a copy without missing anything."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from record.models import Change, edition_classes
from record.queries import editions_for_changes, list_changes_after

from ..etags import etag_action
from . import serializers as shapes
from .exceptions import BadParameter
from .pagination import parse_page_size
from .schema import PAGE_SIZE_PARAMETER, describe_responses
from .views import LiveApiView

AFTER_PARAMETER = OpenApiParameter(
    "after", {"type": "integer", "minimum": 0, "default": 0}, description="The id of the last change you have seen."
)


class ChangesView(LiveApiView):
    """One row an edition, one a redaction, and one for a root that lost a child to another, after this change."""

    parameters = {"list": frozenset({"after", "page_size"})}

    @extend_schema(
        parameters=[AFTER_PARAMETER, PAGE_SIZE_PARAMETER], responses=describe_responses(shapes.ChangeSerializer, 400)
    )
    @etag_action
    def list(self, request):
        size = parse_page_size(request.query_params)
        found = list_changes_after(self._after(), limit=size + 1)
        changes = found[:size]
        numbers = editions_for_changes(changes, "number")
        more = replace_query_param(request.build_absolute_uri(), "after", changes[-1].pk) if len(found) > size else None
        results = [self._row(change, *numbers.get(change.pk, (None,))) for change in changes]
        return Response({"next": more, "previous": None, "results": results})

    def _after(self) -> int:
        given = self.request.query_params.get("after", "") or "0"
        if not (given.isascii() and given.isdigit() and len(given) < 19):
            raise BadParameter("after", _("The id of a change: a whole number."))
        return int(given)

    def _row(self, change: Change, number: int | None) -> dict:
        root = self._build_url(change.root_type, change.root_content_id)
        own = edition_classes()[change.type].has_url
        return {
            "id": change.pk,
            "publication": change.publication_id,
            "published_at": change.publication.published_at,
            "action": change.action,
            "update_type": change.update_type,
            "note": change.note,
            "type": change.type,
            "content_id": change.content_id,
            "edition": number,
            "url": self._build_url(change.type, change.content_id) if own else root,
            "root": {"type": change.root_type, "content_id": change.root_content_id, "url": root},
        }

    def _build_url(self, type: str, content_id) -> str:
        return f"{self.root_url}{edition_classes()[type].url_prefix}/{content_id}/"
