"""OpenAPI descriptions of endpoints."""

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.pagination import BasePagination

from .exceptions import PROBLEM_MEDIA_TYPE
from .serializers import ProblemSerializer

AS_OF_PARAMETER = OpenApiParameter(
    "as_of",
    OpenApiTypes.STR,
    description="What this site said then: a date (the end of that day in Hong Kong) or a timestamp with offset, "
    "not in the future. What is computed from the calendar uses that day.",
    examples=[],
)
PAGE_SIZE_PARAMETER = OpenApiParameter(
    "page_size", {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}, description="Results a page."
)
CURSOR_PARAMETER = OpenApiParameter("cursor", OpenApiTypes.STR, description="From `next` or `previous`.")
NAME_PARAMETER = OpenApiParameter(
    "name", OpenApiTypes.STR, OpenApiParameter.PATH, description="A slug, also a former one, or a content_id."
)
LINKS_SCHEMA = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}
NOT_MODIFIED_RESPONSE = OpenApiResponse(description="What you have (If-None-Match) is what there is.")


def describe_responses(body, *problems: int, media_type: str = "application/json") -> dict:
    """Return the responses of an operation: 200 with its body, 304, and these problem codes."""
    texts = {400: "A parameter is wrong.", 404: "Nothing is published there.", 410: "It was withdrawn."}
    found = {(200, media_type): body, 304: NOT_MODIFIED_RESPONSE}
    found |= {
        (code, PROBLEM_MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=texts[code]) for code in problems
    }
    return found | {
        (429, PROBLEM_MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description="Too many requests; see Retry-After.")
    }


class CursorPaginationSchema(BasePagination):
    """Pagination class for the description only: `cursors` makes the pages."""

    def get_paginated_response_schema(self, schema):
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view):
        return []


class PublicApiSchema(AutoSchema):
    """Schema of all endpoints: operation ids and tags come from the URL."""

    def get_operation_id(self):
        return f"{self.get_tags()[0]}_{self.view.action}"

    def get_tags(self):
        return [self.path.removeprefix("/api/v1/").split("/")[0] or "index"]


class EditionSchema(PublicApiSchema):
    """Schema of the lists and details of editions."""

    def get_override_parameters(self):
        if self.view.action != "list":
            return [NAME_PARAMETER, AS_OF_PARAMETER]
        return [AS_OF_PARAMETER, PAGE_SIZE_PARAMETER, CURSOR_PARAMETER]

    def get_response_serializers(self):
        if self.view.action == "list":
            return describe_responses(self.view.response_serializer, 400)
        moved = OpenApiResponse(description="A former slug: the address it has now.")
        return describe_responses(self.view.response_serializer, 400, 404, 410) | {301: moved}
