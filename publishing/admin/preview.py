"""The site's own page over a Draft, for who may see the working copy: never cached, never indexed, never a referrer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation

from ..choices import Language
from ..dates import hong_kong_day
from ..documents import Draft, resolved

# {type: (template, context function)}: how the site shows a root; each app adds its own.
pages: dict[str, tuple[str, Callable]] = {}


@dataclass(frozen=True)
class Banner:
    """What a preview says on top. until: it is shared as long; form: where an editor goes back to."""

    until: datetime | None = None
    form: str = ""


def preview_response(
    request,
    draft: Draft,
    language: str,
    *,
    address: Callable[[str], str],
    banner: Banner,
    besides: Iterable[Draft] = (),
) -> HttpResponse:
    """address: gives that of this preview in a language. besides: not public either, and named all the same."""
    template, shape = pages[draft.type]
    with translation.override(language):
        context = shape(resolved(draft, besides=besides), on=hong_kong_day(timezone.now()))
        around = {"preview": banner, "canonical": "", "report": "", "languages": in_each_language(language, address)}
        response = HttpResponse(render_to_string(template, context | around, request))
    return kept_private(response, language)


def kept_private(response: HttpResponse, language: str) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    response["Content-Language"] = language
    return response


def in_each_language(current: str, address: Callable[[str], str]) -> list[dict]:
    """The preview's languages as the site's pages list their own; nothing of it has a public address."""
    return [
        {"code": each.value, "name": each.label, "url": address(each.value), "current": each.value == current}
        for each in Language
    ]
