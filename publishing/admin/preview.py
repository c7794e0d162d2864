"""The site's own page over a Draft: never cached, never indexed, for who may see the working copy."""

from collections.abc import Callable

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

from ..choices import Language
from ..dates import hong_kong_day
from ..documents import Draft, resolved

# {type: (template, context function)}: how the site shows a root; each app adds its own.
pages: dict[str, tuple[str, Callable]] = {}


def preview_response(request, draft: Draft, language: str, *, address: Callable[[str], str]) -> HttpResponse:
    """address: gives that of this preview in a language."""
    template, shape = pages[draft.type]
    with translation.override(language):
        context = shape(resolved(draft), on=hong_kong_day(timezone.now()))
        response = HttpResponse(render_to_string(template, context | _around(language, address), request))
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Content-Language"] = language
    return response


def _around(language: str, address: Callable[[str], str]) -> dict:
    """What the site puts around a page, in as far as a preview differs: nothing of it has a public address."""
    return {
        "preview": True,
        "canonical": "",
        "report": "",
        "languages": [
            {"code": each.value, "name": each.label, "url": address(each.value), "current": each.value == language}
            for each in Language
        ],
    }
