"""A shared preview, for somebody without an account: the page of one root as the working copy has it now.

Whoever holds the address sees it; no session is read, so being logged in changes nothing. The address carries the
signed number of the link and nothing that is stored, so nothing stored gives it away.
"""

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from ..documents import Draft, drafts_of
from ..languages import LANGUAGES
from ..models import PreviewLink
from .preview import Banner, in_each_language, kept_private, preview_response

_signer = Signer(salt="publishing.preview", sep="~")


def token_of(link: PreviewLink) -> str:
    return _signer.sign(str(link.pk))


def shared_path(token: str, language: str) -> str:
    return reverse("shared-preview", args=[token, language])


@csrf_exempt  # nothing is written: whoever posts is told that it is no such address, not that a token is missing
@require_safe
def shared_preview(request, token: str, language: str):
    if language not in LANGUAGES:
        raise Http404
    try:
        link_id = int(_signer.unsign(token))
    except BadSignature:
        return _sorry(request, "404.html", language, status=404)

    def address(each):
        return shared_path(token, each)

    found = _shown(link_id, at=timezone.now())
    if found is None:
        languages = in_each_language(language, address)
        return _sorry(request, "publishing/preview_gone.html", language, status=410, languages=languages)
    link, draft = found
    return preview_response(request, draft, language, address=address, banner=Banner(until=link.expires_at))


def _shown(link_id: int, *, at: datetime) -> tuple[PreviewLink, Draft] | None:
    """None where the link has expired or was revoked, or what it shows is gone."""
    link = PreviewLink.objects.usable(at=at).filter(pk=link_id).first()
    drafts = drafts_of(link.type, [link.content_id]) if link else []
    return (link, drafts[0]) if drafts else None


def _sorry(request, template: str, language: str, *, status: int, **context) -> HttpResponse:
    with translation.override(language):
        text = render_to_string(template, context | {"canonical": "", "report": ""}, request)
    return kept_private(HttpResponse(text, status=status), language)
