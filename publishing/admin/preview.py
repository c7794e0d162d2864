"""The site's own page over a Draft: never cached, never indexed, for who may see the working copy."""

from importlib import import_module

from django.apps import apps
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.module_loading import module_has_submodule

from ..dates import hong_kong_day
from ..documents import Draft, resolved


def preview_response(request, draft: Draft, language: str) -> HttpResponse:
    template, context_of = pages()[draft.type]
    with translation.override(language):
        context = context_of(resolved(draft), on=hong_kong_day(timezone.now()))
        response = HttpResponse(render_to_string(template, context | {"preview": True}, request))
        response["Content-Language"] = language
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def pages() -> dict:
    """{type: (template, context function)} of every app, see `publishing.shapes`: how the site shows a root."""
    found: dict = {}
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, "shapes"):
            found |= import_module(f"{app.name}.shapes.pages").PAGES
    return found
