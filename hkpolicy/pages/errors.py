"""What readers see when something is not there, not understood or broken."""

import logging

from django.shortcuts import render
from django.views import defaults

log = logging.getLogger(__name__)


def not_found(request, exception):
    return render(request, "404.html", status=404)


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def server_error(request):
    """The styled page; a plain one in three languages where even that breaks."""
    try:
        return render(request, "broken.html", status=500)
    except Exception:
        log.exception("the page for errors is broken itself")
        return defaults.server_error(request)
