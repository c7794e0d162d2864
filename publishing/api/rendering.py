"""JSON as bytes: UTF-8 not escaped, and texts that are JSON already taken as they are."""

import orjson
from rest_framework.renderers import BaseRenderer


class StoredJSON(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data, accepted_media_type=None, renderer_context=None):
        if data is None:
            return b""
        return data if isinstance(data, bytes) else orjson.dumps(data, default=str, option=orjson.OPT_UTC_Z)


class JSONLines(BaseRenderer):
    """One JSON object a line. The lines are streamed by the view; what is rendered here is its errors."""

    media_type = "application/jsonl"
    format = "jsonl"
    charset = None
    render = StoredJSON.render


def page(results: list[bytes], *, next: str | None, previous: str | None) -> bytes:
    """One page of a list, from the JSON of its results."""
    links = orjson.dumps({"next": next, "previous": previous})[:-1]
    return b'%b,"results":[%b]}' % (links, b",".join(results))
