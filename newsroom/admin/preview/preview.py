"""Previews: the site's own page over a Draft, for those who may see the working copy.

They are never cached, never indexed, and never send a referrer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from record.choices import Language
from record.dates import today

from ...documents.changeset import resolve_draft
from ...documents.drafts import Draft
from ...documents.registry import get_published_type


@dataclass(frozen=True)
class PreviewBanner:
    """The notice on top of a preview. `until`: when a shared link ends. `form`: the URL back to the editor's form."""

    until: datetime | None = None
    form: str = ""


def render_preview(
    request,
    draft: Draft,
    language: str,
    *,
    address: Callable[[str], str],
    banner: PreviewBanner,
    besides: Iterable[Draft] = (),
) -> HttpResponse:
    """Render the site's page of a Draft in one language.

    `address`: returns the URL of this preview in a language. `besides`: Drafts that are not public either, but whose
    names the page shows all the same.
    """
    template, present = get_published_type(draft.type).page
    with translation.override(language):
        context = present(resolve_draft(draft, besides=besides), on=today())
        around = {
            "preview": banner,
            "canonical": "",
            "report": "",
            "languages": list_preview_languages(language, address),
        }
        response = HttpResponse(render_to_string(template, context | around, request))
    return mark_private(response, language)


def mark_private(response: HttpResponse, language: str) -> HttpResponse:
    """Set the headers that forbid caching, indexing and referrers, and that tell the language."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    response["Content-Language"] = language
    return response


def list_preview_languages(current: str, address: Callable[[str], str]) -> list[dict]:
    """Return the preview's languages in the form in which the site's pages list their own."""
    return [
        {"code": each.value, "name": each.label, "url": address(each.value), "current": each.value == current}
        for each in Language
    ]
