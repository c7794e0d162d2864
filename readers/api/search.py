"""Search endpoint for what is live."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from record.languages import tokenize_texts
from record.search import MAX_QUERY_LENGTH, SearchHit, SearchPosition, get_searchable_editions, search_editions_from

from ..etags import etag_action
from . import serializers as shapes
from .exceptions import BadParameter
from .pagination import parse_page_size
from .schema import CURSOR_PARAMETER, PAGE_SIZE_PARAMETER, describe_responses
from .views import LiveApiView

QUERY_PARAMETER = OpenApiParameter(
    "q",
    {"type": "string", "minLength": 1, "maxLength": MAX_QUERY_LENGTH},
    required=True,
    description="Words; all must occur.",
)
CURSOR_PATTERN = re.compile(r"([0-9]{1,6})-([0-9]{1,6})")  # a cursor: batch, and number of its hits to skip
TYPE_PARAMETER = OpenApiParameter("type", str, many=True, description="Only things of these types.")


class SearchView(LiveApiView):
    """Things whose title, other names or summary have every word of `q`, hits in the title first.

    Of what very many things say, the oldest 300 of each type are ranked together, then the next 300.
    """

    parameters = {"list": frozenset({"q", "type", "page_size", "cursor"})}

    @extend_schema(
        parameters=[QUERY_PARAMETER, TYPE_PARAMETER, PAGE_SIZE_PARAMETER, CURSOR_PARAMETER],
        responses=describe_responses(shapes.HitSerializer, 400),
    )
    @etag_action
    def list(self, request):
        size, place = parse_page_size(request.query_params), self._place()
        hits, more = search_editions_from(place, self._words(), types=self._types(), limit=size)
        return Response(
            {"next": self._build_next_url(more), "previous": None, "results": [self._row(hit) for hit in hits]}
        )

    def multi_value(self):
        return frozenset({"type"})

    def _words(self) -> str:
        words = self.request.query_params.get("q", "")
        if len(words) > MAX_QUERY_LENGTH:
            raise BadParameter("q", _("At most %(most)d characters.") % {"most": MAX_QUERY_LENGTH})
        if not tokenize_texts(words):
            raise BadParameter("q", _("Words to look for: letters, digits or Chinese characters."))
        return words

    def _types(self) -> Sequence[str]:
        types, known = self.request.query_params.getlist("type"), [each.type for each in get_searchable_editions()]
        if unknown := set(types) - set(known):
            detail = _("No type that is searched: %(unknown)s. One of: %(known)s.")
            raise BadParameter("type", detail % {"unknown": ", ".join(unknown)[:120], "known": ", ".join(known)})
        return types

    def _place(self) -> SearchPosition:
        given = self.request.query_params.get("cursor", "")
        found = CURSOR_PATTERN.fullmatch(given)
        if given and not found:
            raise BadParameter("cursor", _("This is no cursor of this list; take it from `next` or `previous`."))
        return SearchPosition(int(found[1]), int(found[2])) if found else SearchPosition()

    def _build_next_url(self, place: SearchPosition | None) -> str | None:
        if place is None:
            return None
        return replace_query_param(self.request.build_absolute_uri(), "cursor", f"{place.batch}-{place.offset}")

    def _row(self, hit: SearchHit) -> dict:
        return {
            "type": hit.type,
            "content_id": hit.content_id,
            "slug": hit.slug or None,
            "title": hit.title,
            "root": hit.root_content_id,
            "url": f"{self.root_url}{hit.url_prefix}/{hit.slug or hit.content_id}/",
        }
