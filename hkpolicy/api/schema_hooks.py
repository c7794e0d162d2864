"""The API's schema (OpenAPI 3.1) and its documentation page, with assets served by this site."""

from functools import cache
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.response import Response

from readers.api.renderers import RawJSONRenderer
from readers.api.views import PublicApiView
from readers.etags import etag_action

DESCRIPTION_FILE = Path(__file__).with_name("description.md")


def add_description(result: dict, **_) -> dict:
    """Add our description, and state that no operation needs credentials (drf-spectacular postprocessing hook)."""
    return result | {"info": result["info"] | {"description": DESCRIPTION_FILE.read_text()}, "security": []}


@cache
def get_openapi_schema() -> dict:
    """Return the OpenAPI schema. It is the same for everyone, so it is built once a process."""
    with override("en"):
        return SchemaGenerator().get_schema(request=None, public=True)


class SchemaView(PublicApiView):
    """Return the schema of this API."""

    @extend_schema(exclude=True)
    @etag_action
    def retrieve(self, request):
        return Response(get_openapi_schema())


class DocsView(SpectacularSwaggerSplitView):
    """An interactive documentation page of this API."""

    authentication_classes = ()
    permission_classes = ()
    url_name = "api:schema"

    def options(self, request, *args, **kwargs):
        """Answer OPTIONS without a body: the page's template cannot show Django REST Framework's metadata."""
        return HttpResponse(headers={"Allow": ", ".join(self.allowed_methods)})

    def finalize_response(self, request, response, *args, **kwargs):
        """Render errors as problem documents here, too."""
        if getattr(response, "exception", False):
            request.accepted_renderer, request.accepted_media_type = RawJSONRenderer(), RawJSONRenderer.media_type
        return super().finalize_response(request, response, *args, **kwargs)
