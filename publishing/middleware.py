"""What surrounds a request: who sent it, what they typed, and which other sites may read the answer."""

from django.http import HttpResponse, QueryDict
from django.urls import reverse

from . import rules
from .models import acting

OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Change, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Cache-Control, Content-Type, If-Modified-Since, "
    "If-None-Match, Pragma, X-Requested-With",
    "Access-Control-Max-Age": "86400",
}


class OtherSitesMiddleware:
    """Apps in browsers may read the API, the feeds and the charts from any site: nothing in them depends on who asks.

    Outermost, so that redirects and errors, too, can be followed or read.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith("/api/") and not request.path_info.endswith(
            (".atom", ".ics", ".csv", ".svg")
        ):
            return self.get_response(request)
        preflight = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = HttpResponse(status=204, headers=PREFLIGHT) if preflight else self.get_response(request)
        for name, value in OPEN_TO_ALL.items():
            response.headers[name] = value
        return response


class ActingMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with acting(request.user):
            return self.get_response(request)


class TypedTextMiddleware:
    """Every form of the newsroom gets what was typed without control characters (`rules.without_controls`)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method == "POST" and request.path_info.startswith(reverse("admin:index")):
            request.POST = _without_controls(request.POST)
        return self.get_response(request)


def _without_controls(posted: QueryDict) -> QueryDict:
    """The same values in the same order; a copy only where one had such a character."""
    typed = {name: [rules.without_controls(value) for value in values] for name, values in posted.lists()}
    if typed == dict(posted.lists()):
        return posted
    cleaned = posted.copy()
    for name, values in typed.items():
        cleaned.setlist(name, values)
    return cleaned
