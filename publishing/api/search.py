"""Search over what is live."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from ..languages import tokens
from ..search import LONGEST, Hit, search, searchable
from ..shapes import documents as shapes
from .conditional import unless_known
from .cursors import page_size
from .problems import BadParameter
from .schema import PAGE_SIZE, answers
from .views import LiveView

Q = OpenApiParameter(
    "q", {"type": "string", "minLength": 1, "maxLength": LONGEST}, required=True, description="Words; all must occur."
)
TYPE = OpenApiParameter("type", str, many=True, description="Only things of these types.")


class SearchView(LiveView):
    """Things whose title, other names or summary have every word of `q`, hits in the title first."""

    parameters = {"list": frozenset({"q", "type", "page_size"})}

    @extend_schema(parameters=[Q, TYPE, PAGE_SIZE], responses=answers(shapes.Hit, 400))
    @unless_known
    def list(self, request):
        size = page_size(request.query_params)
        hits = search(self._words(), types=self._types(), limit=size)
        return Response({"next": None, "previous": None, "results": [self._row(hit) for hit in hits]})

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

    def _row(self, hit: Hit) -> dict:
        return {
            "type": hit.type,
            "content_id": hit.content_id,
            "slug": hit.slug or None,
            "title": hit.title,
            "root": hit.root_content_id,
            "url": f"{self.base}{hit.plural}/{hit.slug or hit.content_id}/",
        }
