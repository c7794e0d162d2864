"""Stashing of a form that could not be saved because the session had ended or the database did not answer.

The POST data travels inside pages (signed, never in a URL) until somebody is logged in. It then lies in that person's
session until the form it was meant for is opened, once. Restoring it saves nothing.
"""

import sys
from copy import copy
from functools import update_wrapper
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views import csrf
from django.views.decorators.http import require_POST

from .views import errors

STASH_FIELD = STASH_SESSION_KEY = "kept"
STASH_SALT = "hkpolicy.session_recovery"
STASH_MAX_AGE_SECONDS = 86400  # how long a login page with signed data may stay open
MAX_STASHED_FORMS = 5  # most forms stashed in one session


def sign_post(request) -> str:
    """Return the request's path and POST data, signed, without passwords. Data already signed is returned as it is."""
    if STASH_FIELD in request.POST:
        return request.POST[STASH_FIELD]
    sent = request.POST.copy()
    for name in list(sent):
        if name == "csrfmiddlewaretoken" or "password" in name:
            del sent[name]
    return signing.dumps([request.get_full_path(), sent.urlencode()], salt=STASH_SALT, compress=True)


def stash_post(request, sealed: str) -> str | None:
    """Store signed POST data in the session. Return the path of its form; None if the signature is bad or too old."""
    try:
        address, sent = signing.loads(sealed, salt=STASH_SALT, max_age=STASH_MAX_AGE_SECONDS)
    except signing.BadSignature:
        return None
    kept = {each: text for each, text in request.session.get(STASH_SESSION_KEY, {}).items() if each != address}
    request.session[STASH_SESSION_KEY] = dict([*kept.items(), (address, sent)][-MAX_STASHED_FORMS:])
    return address


def pop_post(request) -> QueryDict | None:
    """Remove and return the POST data stashed for the page being opened; None if there is none."""
    kept = request.session.get(STASH_SESSION_KEY, {})
    sent = kept.pop(request.get_full_path(), None)
    if sent is None:
        return None
    request.session[STASH_SESSION_KEY] = kept
    return QueryDict(sent)


def get_referring_page(request) -> str:
    """Return the path of the page of this site that sent the request (its Referer); "" if it is not known."""
    origin = urlsplit(request.headers.get("Referer", ""))
    return origin._replace(scheme="", netloc="").geturl() if origin.netloc == request.get_host() else ""


def is_form_post(request) -> bool:
    """Return True if a page posted a form to its own URL, where the form can be shown again."""
    from_itself = urlsplit(get_referring_page(request) or request.path).path == request.path
    return "csrfmiddlewaretoken" in request.POST and (from_itself or STASH_FIELD in request.POST)


def is_same_origin(request) -> bool:
    """Return True if Origin or Referer is ours; otherwise the POST must not be offered for re-submission."""
    if origin := request.headers.get("Origin"):
        return urlsplit(origin).netloc == request.get_host() or origin in settings.CSRF_TRUSTED_ORIGINS
    return bool(get_referring_page(request))


class StashingAdminSite(admin.AdminSite):
    """Admin site that loses nothing typed when a session ends."""

    def get_urls(self):
        return [path("kept/", self.admin_view(require_POST(self.restore_stash)), name="kept"), *super().get_urls()]

    def admin_view(self, view, cacheable=False):
        """Wrap an admin view: a POST without a session leads to the login page with its data stashed.

        On a GET `request.restored_post` is the POST data stashed for this page, or None.
        """
        shown = super().admin_view(view, cacheable)

        def keeping(request, *args, **kwargs):
            if request.method == "POST" and not request.user.is_authenticated:
                if is_form_post(request):
                    return self.show_login_with_stash(request)
                if back := get_referring_page(request):  # a button: its own URL is no page to return to
                    return redirect_to_login(back, reverse("admin:login", current_app=self.name))
            if request.method == "GET" and self.has_permission(request):
                request.restored_post = pop_post(request)
            return shown(request, *args, **kwargs)

        return update_wrapper(keeping, shown)

    def show_login_with_stash(self, request):
        """Show the login page (status 403) with the POST data signed inside it."""
        asking = copy(request)
        asking.method = "GET"
        login = reverse("admin:login", current_app=self.name)
        context = {
            STASH_FIELD: sign_post(request),
            "app_path": login,
            "next": reverse("admin:index", current_app=self.name),
        }
        response = super().login(asking, context)
        response.status_code = 403
        return response

    def login(self, request, extra_context=None):
        """Log in; afterwards redirect to the form whose POST data came along."""
        sealed = request.POST.get(STASH_FIELD, "")
        response = super().login(request, (extra_context or {}) | {STASH_FIELD: sealed})
        if request.method == "POST" and response.status_code == 302 and sealed:
            return self._redirect_to_form(request, sealed)
        return response

    def restore_stash(self, request):
        """Stash the posted data and redirect to its form."""
        return self._redirect_to_form(request, request.POST.get(STASH_FIELD, ""))

    def _redirect_to_form(self, request, sealed: str):
        address = stash_post(request, sealed)
        if address is None:
            messages.error(request, _("What was kept is too old, or was changed on its way. Nothing was saved."))
        return HttpResponseRedirect(address or reverse("admin:index", current_app=self.name))


def can_restore_post(request) -> bool:
    """Return True if a form of the newsroom sent the request and can be shown again."""
    at_login = request.path == reverse("admin:login")
    ours = request.path.startswith(reverse("admin:index")) and (STASH_FIELD in request.POST or not at_login)
    return ours and is_same_origin(request) and is_form_post(request)


def newsroom_server_error(request):
    """Show a page that offers what was posted again (status 503), if the database did not answer a newsroom form.

    Any other error gets the usual page. Makes no query.
    """
    database_is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    if not (database_is_away and can_restore_post(request)):
        return errors.server_error(request)
    context = {STASH_FIELD: sign_post(request), "title": _("Nothing was saved"), "csrf_token": get_token(request)}
    return HttpResponse(render_to_string("admin/not_saved.html", context), status=503)


def newsroom_csrf_failure(request, reason=""):
    """Offer what was posted again, if an old page of the newsroom was sent after logging in anew.

    Without a session the login page is shown. Any other request gets Django's own page.
    """
    if not can_restore_post(request):
        return csrf.csrf_failure(request, reason=reason)
    if not admin.site.has_permission(request):
        return admin.site.show_login_with_stash(request)
    context = admin.site.each_context(request) | {STASH_FIELD: sign_post(request), "title": _("Nothing was saved yet")}
    return TemplateResponse(request, "admin/kept.html", context, status=403).render()
