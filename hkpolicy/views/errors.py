"""Error pages for readers; under /api/ they are problem documents."""

import logging
from functools import wraps

from django.shortcuts import render
from django.views import defaults

from readers.api.exceptions import build_problem_response

log = logging.getLogger(__name__)
ERROR_CONTEXT = {"canonical": ""}  # an error page has no canonical URL for search engines


def problem_json(status):
    """Decorate an error view so that it returns a problem document of this status under /api/."""

    def decorated(page):
        @wraps(page)
        def answer(request, *args, **kwargs):
            if request.path.startswith("/api/"):
                return build_problem_response(request, status)
            return page(request, *args, **kwargs)

        return answer

    return decorated


@problem_json(404)
def page_not_found(request, exception):
    return render(request, "404.html", ERROR_CONTEXT, status=404)


@problem_json(400)
def bad_request(request, exception):
    return render(request, "400.html", ERROR_CONTEXT, status=400)


@problem_json(403)
def permission_denied(request, exception=None):
    return render(request, "403.html", ERROR_CONTEXT, status=403)


@problem_json(500)
def server_error(request):
    """Show the styled error page; if that fails too, Django's plain one, here in three languages."""
    try:
        return render(request, "broken.html", ERROR_CONTEXT, status=500)
    except Exception:
        log.exception("the page for errors is broken itself")
        return defaults.server_error(request)
