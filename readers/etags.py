"""Conditional requests: ETags, and 304 for an answer that the client already has."""

import hashlib
from functools import wraps

from django.conf import settings
from django.http import HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.utils.translation import get_language
from rest_framework.response import Response

from record.dates import today
from record.queries import get_last_publication_id


def build_etag(request, *more) -> str:
    """Build a weak ETag that changes with the record, the Hong Kong day, the URL, the language and the release.

    One query. more: further values that the answer depends on.
    """
    parts = (
        get_last_publication_id(),
        today(),
        request.build_absolute_uri(),
        more,
        get_language(),
        settings.RELEASE,
    )
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def etag_action(read):
    """Decorate an API action to answer 304, without reading editions, if the client already has the answer."""

    @wraps(read)
    def answer(view, request, *args, **kwargs):
        etag = build_etag(request, request.accepted_renderer.format)
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            return Response(status=304, headers={"ETag": etag})
        view.check_parameters()
        response = read(view, request, *args, **kwargs)
        if response.status_code == 200:
            response.headers["ETag"] = etag
        return response

    return answer


def conditional_page(view):
    """Decorate a page or feed view to answer 304, after one query, if the reader already has it.

    With DEBUG every answer is made anew, because code changes without a new release.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        if settings.DEBUG or request.method not in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        etag = build_etag(request, settings.SITE_URL, settings.CONTACT_EMAIL)
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            response = HttpResponseNotModified()
        else:
            response = view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response.headers["ETag"] = etag
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response

    return answer
