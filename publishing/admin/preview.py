"""The site's own page over a Draft: never cached, never indexed, for who may see the working copy."""

import json

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

from ..dates import hong_kong_day
from ..documents import Draft, resolved

# {type: (template, context function)}: how the site shows a root. The function takes the root's document, those of its
# children, and the day of the calendar.
pages: dict = {}
PLAIN = "admin/preview.html"


def preview_response(request, draft: Draft, language: str) -> HttpResponse:
    root, *children = resolved(draft)
    with translation.override(language):
        response = HttpResponse(_rendered(request, draft.type, root, children))
        response["Content-Language"] = language
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _rendered(request, type: str, root: dict, children: list[dict]) -> str:
    if type not in pages:
        context = {"texts": [json.dumps(each, ensure_ascii=False, indent=2) for each in (root, *children)]}
        return render_to_string(PLAIN, context, request)
    template, context_of = pages[type]
    context = context_of(root, children, hong_kong_day(timezone.now()))
    return render_to_string(template, context | {"preview": True}, request)
