"""Attribute changes to the user of the request, and clean what was typed."""

from django.http import QueryDict
from django.urls import reverse

from record.characters import strip_control_characters

from .models import set_actor


class AuditActorMiddleware:
    """Attribute audit-log entries made during a request to its user."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with set_actor(request.user):
            return self.get_response(request)


class ControlCharactersMiddleware:
    """Remove control characters from what is posted to the newsroom (`rules.strip_control_characters`)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method == "POST" and request.path_info.startswith(reverse("admin:index")):
            request.POST = _clean_form_data(request.POST)
        return self.get_response(request)


def _clean_form_data(posted: QueryDict) -> QueryDict:
    """Return the same values in the same order without control characters; a copy only if one had any."""
    typed = {name: [strip_control_characters(value) for value in values] for name, values in posted.lists()}
    if typed == dict(posted.lists()):
        return posted
    cleaned = posted.copy()
    for name, values in typed.items():
        cleaned.setlist(name, values)
    return cleaned
