"""What readers see when something is not there, not understood or broken; under /api/ it is a problem document."""

import logging
from functools import wraps

from django.shortcuts import render
from django.views import defaults

from publishing.api.problems import problem_response

log = logging.getLogger(__name__)


def problem_under_api(status):
    def decorated(page):
        @wraps(page)
        def answer(request, *args, **kwargs):
            if request.path.startswith("/api/"):
                return problem_response(request, status)
            return page(request, *args, **kwargs)

        return answer

    return decorated


@problem_under_api(404)
def not_found(request, exception):
    return render(request, "404.html", status=404)


@problem_under_api(400)
def bad_request(request, exception):
    return render(request, "400.html", status=400)


@problem_under_api(500)
def server_error(request):
    """The styled page; a plain one in three languages where even that breaks."""
    try:
        return render(request, "broken.html", status=500)
    except Exception:
        log.exception("the page for errors is broken itself")
        return defaults.server_error(request)
