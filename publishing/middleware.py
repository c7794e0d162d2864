"""Attribute changes to the user of the request, and clean what was typed."""

from django.http import QueryDict
from django.urls import reverse

from . import rules
from .models import acting


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
