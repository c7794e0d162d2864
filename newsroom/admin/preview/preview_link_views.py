"""Views of shared previews: the page of one root as the working copy has it now, for people without an account.

Whoever holds the URL sees it. No session is read, so being logged in changes nothing. The URL carries the signed
number of the link and nothing that is stored, so that nothing stored gives it away.
"""

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from record.languages import LANGUAGES

from ...documents.drafts import Draft, build_drafts
from ...models import PreviewLink
from .preview import PreviewBanner, list_preview_languages, mark_private, render_preview

_link_signer = Signer(salt="newsroom.preview", sep="~")


def make_preview_token(link: PreviewLink) -> str:
    """Return the signed token that the URL of a link carries."""
    return _link_signer.sign(str(link.pk))


def shared_preview_path(token: str, language: str) -> str:
    """Return the path of a shared preview in a language."""
    return reverse("shared-preview", args=[token, language])


@csrf_exempt  # nothing is written, and whoever posts is not to be told that a token is missing
@require_safe
def shared_preview_detail(request, token: str, language: str):
    """Render the shared preview.

    Answers 404 for a wrong signature; 410 if the link has expired or was revoked, or what it shows is gone. Raises
    Http404 for an unknown language.
    """
    if language not in LANGUAGES:
        raise Http404
    try:
        link_id = int(_link_signer.unsign(token))
    except BadSignature:
        return _render_unavailable(request, "404.html", language, status=404)

    def address(each):
        return shared_preview_path(token, each)

    found = _load_shared_draft(link_id, at=timezone.now())
    if found is None:
        languages = list_preview_languages(language, address)
        return _render_unavailable(request, "readers/preview_gone.html", language, status=410, languages=languages)
    link, draft = found
    return render_preview(request, draft, language, address=address, banner=PreviewBanner(until=link.expires_at))


def _load_shared_draft(link_id: int, *, at: datetime) -> tuple[PreviewLink, Draft] | None:
    """Return the link and the Draft it shows; None if it has expired or was revoked, or the root is gone."""
    link = PreviewLink.objects.usable(at=at).filter(pk=link_id).first()
    drafts = build_drafts(link.type, [link.content_id]) if link else []
    return (link, drafts[0]) if drafts else None


def _render_unavailable(request, template: str, language: str, *, status: int, **context) -> HttpResponse:
    """Render a page that says why there is no preview, with the private headers."""
    with translation.override(language):
        text = render_to_string(template, context | {"canonical": "", "report": ""}, request)
    return mark_private(HttpResponse(text, status=status), language)
