"""Inviting somebody into the newsroom: an email in their language with a link to choose a password."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from ..models import EditorSettings
from .permissions import require_perm


@transaction.atomic
def invite(*, user, by, language: str = "") -> None:
    """Send the invitation once the transaction is committed. Safe to repeat.

    language: stored as theirs if one is given. The link works once, within PASSWORD_RESET_TIMEOUT seconds. Raises
    PermissionDenied.
    """
    require_perm(by, "auth.add_user")
    if language:
        EditorSettings.objects.update_or_create(user=user, defaults={"language": language})
    transaction.on_commit(lambda: _send_invitation(user, by))


def _send_invitation(user, by) -> None:
    """Send the invitation in the user's language."""
    code = urlsafe_base64_encode(force_bytes(user.pk))
    with translation.override(EditorSettings.language_of(user)):
        link = reverse("password_reset_confirm", args=[code, default_token_generator.make_token(user)])
        context = {
            "user": user,
            "by": by,
            "link": settings.SITE_URL + link,
            "days": settings.PASSWORD_RESET_TIMEOUT // 86400,
        }
        body = render_to_string("registration/invitation.txt", context)
        send_mail(_("Your account in the newsroom"), body, settings.DEFAULT_FROM_EMAIL, [user.email])
