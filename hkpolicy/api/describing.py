"""The API's description (OpenAPI 3.1) and its page, with assets of our own."""

from functools import cache
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.response import Response

from publishing.api import RecordView
from publishing.api.conditional import unless_known
from publishing.api.rendering import StoredJSON

WORDS = Path(__file__).with_name("description.md")


def introduced(result: dict, **_) -> dict:
    """With our words at the top, and said outright: no operation needs credentials."""
    return result | {"info": result["info"] | {"description": WORDS.read_text()}, "security": []}


@cache
def description() -> dict:
    """The same for everyone, so made once a process."""
    with override("en"):
        return SchemaGenerator().get_schema(request=None, public=True)


class SchemaView(RecordView):
    """The description of this API."""

    @extend_schema(exclude=True)
    @unless_known
    def retrieve(self, request):
        return Response(description())


class DocsView(SpectacularSwaggerSplitView):
    """The description as a page to try things out on."""

    authentication_classes = ()
    permission_classes = ()
    url_name = "api:schema"

    def options(self, request, *args, **kwargs):
        """Without a body: the page's template has no place for what Django REST Framework tells here."""
        return HttpResponse(headers={"Allow": ", ".join(self.allowed_methods)})

    def finalize_response(self, request, response, *args, **kwargs):
        """Errors are problem documents here, too."""
        if getattr(response, "exception", False):
            request.accepted_renderer, request.accepted_media_type = StoredJSON(), StoredJSON.media_type
        return super().finalize_response(request, response, *args, **kwargs)
