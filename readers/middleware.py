"""Which other sites may read an answer."""

from django.http import HttpResponse

CORS_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Change, Retry-After",
}
PREFLIGHT_HEADERS = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Cache-Control, Content-Type, If-Modified-Since, "
    "If-None-Match, Pragma, X-Requested-With",
    "Access-Control-Max-Age": "86400",
}


class CorsMiddleware:
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
        response = HttpResponse(status=204, headers=PREFLIGHT_HEADERS) if preflight else self.get_response(request)
        for name, value in CORS_HEADERS.items():
            response.headers[name] = value
        return response
