"""JSON renderers: UTF-8 is not escaped, and bytes that are JSON already are passed through."""

import orjson
from rest_framework.renderers import BaseRenderer


class RawJSONRenderer(BaseRenderer):
    """Renderer that passes JSON bytes through and dumps anything else."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data, accepted_media_type=None, renderer_context=None):
        if data is None:
            return b""
        return data if isinstance(data, bytes) else orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z)


class JSONLinesRenderer(BaseRenderer):
    """Renderer of JSON lines. The view streams the lines itself; only its errors are rendered here."""

    media_type = "application/jsonl"
    format = "jsonl"
    charset = None
    render = RawJSONRenderer.render


def render_list_page(results: list[bytes], *, next: str | None, previous: str | None) -> bytes:
    """Build the JSON of one page of a list from the JSON of its results."""
    links = orjson.dumps({"next": next, "previous": previous})[:-1]
    return b'%b,"results":[%b]}' % (links, b",".join(results))
