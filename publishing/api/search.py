"""Search endpoint for what is live."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from ..languages import tokens
from ..search import LONGEST, Hit, Place, search_from, searchable
from ..shapes import documents as shapes
from .conditional import unless_known
from .cursors import page_size
from .problems import BadParameter
from .schema import CURSOR, PAGE_SIZE, answers
from .views import LiveView

Q = OpenApiParameter(
    "q", {"type": "string", "minLength": 1, "maxLength": LONGEST}, required=True, description="Words; all must occur."
)
PLACE = re.compile(r"([0-9]{1,6})-([0-9]{1,6})")  # a cursor: batch, and number of its hits to skip
TYPE = OpenApiParameter("type", str, many=True, description="Only things of these types.")


class SearchView(LiveView):
    """Things whose title, aliases or summary contain every word of `q`, hits in the title first.

    If very many things contain them, the oldest 300 of each type are ranked together, then the next 300.
    """

    parameters = {"list": frozenset({"q", "type", "page_size", "cursor"})}

    @extend_schema(parameters=[Q, TYPE, PAGE_SIZE, CURSOR], responses=answers(shapes.Hit, 400))
    @unless_known
    def list(self, request):
        size, place = page_size(request.query_params), self._place()
        hits, more = search_from(place, self._words(), types=self._types(), limit=size)
        return Response({"next": self._at(more), "previous": None, "results": [self._row(hit) for hit in hits]})

    def repeatable(self):
        return frozenset({"type"})

    def _words(self) -> str:
        words = self.request.query_params.get("q", "")
        if len(words) > LONGEST:
            raise BadParameter("q", _("At most %(most)d characters.") % {"most": LONGEST})
        if not tokens(words):
            raise BadParameter("q", _("Words to look for: letters, digits or Chinese characters."))
        return words

    def _types(self) -> Sequence[str]:
        types, known = self.request.query_params.getlist("type"), [each.type for each in searchable()]
        if unknown := set(types) - set(known):
            detail = _("No type that is searched: %(unknown)s. One of: %(known)s.")
            raise BadParameter("type", detail % {"unknown": ", ".join(unknown)[:120], "known": ", ".join(known)})
        return types

    def _place(self) -> Place:
        given = self.request.query_params.get("cursor", "")
        found = PLACE.fullmatch(given)
        if given and not found:
            raise BadParameter("cursor", _("This is no cursor of this list; take it from `next` or `previous`."))
        return Place(int(found[1]), int(found[2])) if found else Place()

    def _at(self, place: Place | None) -> str | None:
        if place is None:
            return None
        return replace_query_param(self.request.build_absolute_uri(), "cursor", f"{place.batch}-{place.passed}")

    def _row(self, hit: Hit) -> dict:
        return {
            "type": hit.type,
            "content_id": hit.content_id,
            "slug": hit.slug or None,
            "title": hit.title,
            "root": hit.root_content_id,
            "url": f"{self.base}{hit.plural}/{hit.slug or hit.content_id}/",
        }
