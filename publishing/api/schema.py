"""How endpoints describe themselves in OpenAPI."""

from drf_spectacular.openapi import AutoSchema


class EditionSchema(AutoSchema):
    pass
