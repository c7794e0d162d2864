"""What somebody was writing when their session ended, or the database did not answer: it is given back.

It travels inside pages (signed, never in an address) until somebody is logged in; then it lies in that person's
session until the form it was meant for is opened, once. Nothing is saved by giving it back.
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

from .pages import errors

FIELD = SESSION_KEY = "kept"
SALT = "hkpolicy.kept"
SECONDS = 86400  # that a page of logging in may stand open
FORMS = 5  # of one session, given back at most


def seal(request) -> str:
    """What was sent and where to, signed. What was sealed already stays as it is; passwords are left out."""
    if FIELD in request.POST:
        return request.POST[FIELD]
    sent = request.POST.copy()
    for name in list(sent):
        if name == "csrfmiddlewaretoken" or "password" in name:
            del sent[name]
    return signing.dumps([request.get_full_path(), sent.urlencode()], salt=SALT, compress=True)


def keep(request, sealed: str) -> str | None:
    """Puts it into the session. Gives the address of its form; None where nothing of ours, or too old."""
    try:
        address, sent = signing.loads(sealed, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    kept = {each: text for each, text in request.session.get(SESSION_KEY, {}).items() if each != address}
    request.session[SESSION_KEY] = dict([*kept.items(), (address, sent)][-FORMS:])
    return address


def take(request) -> QueryDict | None:
    """What was kept for the page that is opened now. It can be taken once."""
    kept = request.session.get(SESSION_KEY, {})
    sent = kept.pop(request.get_full_path(), None)
    if sent is None:
        return None
    request.session[SESSION_KEY] = kept
    return QueryDict(sent)


def page_of(request) -> str:
    """The page of ours that sent this; an empty text where it is not told."""
    origin = urlsplit(request.headers.get("Referer", ""))
    return origin._replace(scheme="", netloc="").geturl() if origin.netloc == request.get_host() else ""


def is_form(request) -> bool:
    """Whether a page sent what was typed in it to itself, where it can be shown again."""
    from_itself = urlsplit(page_of(request) or request.path).path == request.path
    return "csrfmiddlewaretoken" in request.POST and (from_itself or FIELD in request.POST)


def is_ours(request) -> bool:
    """Whether a page of this site sent it, as far as the browser tells: nobody else's text is offered to be saved."""
    if origin := request.headers.get("Origin"):
        return urlsplit(origin).netloc == request.get_host() or origin in settings.CSRF_TRUSTED_ORIGINS
    return bool(page_of(request))


class Keeping(admin.AdminSite):
    """An admin in which nothing typed is lost when a session ends."""

    def get_urls(self):
        return [path("kept/", self.admin_view(require_POST(self.give_back)), name="kept"), *super().get_urls()]

    def admin_view(self, view, cacheable=False):
        shown = super().admin_view(view, cacheable)

        def keeping(request, *args, **kwargs):
            if request.method == "POST" and not request.user.is_authenticated:
                if is_form(request):
                    return self.ask_to_log_in(request)
                if back := page_of(request):  # a button: its own address is no page to come back to
                    return redirect_to_login(back, reverse("admin:login", current_app=self.name))
            if request.method == "GET" and self.has_permission(request):
                request.kept = take(request)
            return shown(request, *args, **kwargs)

        return update_wrapper(keeping, shown)

    def ask_to_log_in(self, request):
        """The page of logging in, with what was sent."""
        asking = copy(request)
        asking.method = "GET"
        login = reverse("admin:login", current_app=self.name)
        context = {FIELD: seal(request), "app_path": login, "next": reverse("admin:index", current_app=self.name)}
        response = super().login(asking, context)
        response.status_code = 403
        return response

    def login(self, request, extra_context=None):
        sealed = request.POST.get(FIELD, "")
        response = super().login(request, (extra_context or {}) | {FIELD: sealed})
        if request.method == "POST" and response.status_code == 302 and sealed:
            return self._on_to_the_form(request, sealed)
        return response

    def give_back(self, request):
        """On to the form, with what was sent when it could not be taken."""
        return self._on_to_the_form(request, request.POST.get(FIELD, ""))

    def _on_to_the_form(self, request, sealed: str):
        address = keep(request, sealed)
        if address is None:
            messages.error(request, _("What was kept is too old, or was changed on its way. Nothing was saved."))
        return HttpResponseRedirect(address or reverse("admin:index", current_app=self.name))


def can_be_given_back(request) -> bool:
    """Whether a form of the newsroom sent it, to which one can come back."""
    at_login = request.path == reverse("admin:login")
    ours = request.path.startswith(reverse("admin:index")) and (FIELD in request.POST or not at_login)
    return ours and is_ours(request) and is_form(request)


def server_error(request):
    """Who saved when the database did not answer is told so, and given back what they wrote. It asks no database."""
    database_is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    if not (database_is_away and can_be_given_back(request)):
        return errors.server_error(request)
    context = {FIELD: seal(request), "title": _("Nothing was saved"), "csrf_token": get_token(request)}
    return HttpResponse(render_to_string("admin/not_saved.html", context), status=503)


def csrf_failure(request, reason=""):
    """Who logged in anew elsewhere sends an old page: told, and given back what they wrote."""
    if not can_be_given_back(request):
        return csrf.csrf_failure(request, reason=reason)
    if not admin.site.has_permission(request):
        return admin.site.ask_to_log_in(request)
    context = admin.site.each_context(request) | {FIELD: seal(request), "title": _("Nothing was saved yet")}
    return TemplateResponse(request, "admin/kept.html", context, status=403).render()
