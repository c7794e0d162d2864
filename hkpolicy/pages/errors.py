"""Error pages for readers; under /api/ they are problem documents."""

import logging
from functools import wraps

from django.shortcuts import render
from django.views import defaults

from publishing.api.problems import problem_response

log = logging.getLogger(__name__)
NO_PAGE = {"canonical": ""}  # an error page has no canonical URL for search engines


def problem_under_api(status):
    """Decorate an error view so that it returns a problem document of this status under /api/."""

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
    return render(request, "404.html", NO_PAGE, status=404)


@problem_under_api(400)
def bad_request(request, exception):
    return render(request, "400.html", NO_PAGE, status=400)


@problem_under_api(403)
def forbidden(request, exception=None):
    return render(request, "403.html", NO_PAGE, status=403)


@problem_under_api(500)
def server_error(request):
    """Show the styled error page; if that fails too, Django's plain one, here in three languages."""
    try:
        return render(request, "broken.html", NO_PAGE, status=500)
    except Exception:
        log.exception("the page for errors is broken itself")
        return defaults.server_error(request)
