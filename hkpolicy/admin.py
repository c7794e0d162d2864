"""The admin as a whole: how its front page is grouped, in which language it speaks."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from publishing.choices import Language
from publishing.dates import hong_kong_day
from publishing.models import EditorSettings

from .kept import Keeping, page_of
from .pages import errors

GROUPS = (
    (_("The record"), "Initiative Milestone Outcome Funding Verdict Announcement Figure Context"),
    (_("Facts"), "Statement Evidence Target Observation"),
    (_("Experts"), "Expert Commentary Forecast"),
    (_("Who and what about"), "Organisation Person PolicyArea Source"),
    (_("The site"), "Page Publication WorkingChange Schedule"),
    (_("People of the newsroom"), "User Group"),
)


class NewsroomSite(Keeping):
    site_header = site_title = _("Newsroom")
    index_title = _("Newsroom")

    def get_app_list(self, request, app_label=None):
        """On the front page grouped by what editors do; what is in no group stands under its app."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        groups = [self._group(name, [models.pop(each, None) for each in names.split()]) for name, names in GROUPS]
        rest = [app | {"models": [each for each in app["models"] if each["object_name"] in models]} for app in apps]
        return [group for group in [*groups, *rest] if group["models"]]

    def _group(self, name, models):
        return {
            "name": name,
            "app_label": "newsroom",
            "app_url": f"{reverse('admin:index', current_app=self.name)}#content-start",
            "has_module_perms": True,
            "models": [model for model in models if model],
        }

    def get_urls(self):
        own = [
            path("language/", require_POST(self.set_language), name="language"),
            path("needs/<slug:name>/", self.admin_view(self.need_view), name="need"),
        ]
        return [*own, *super().get_urls()]

    @method_decorator(never_cache)
    def index(self, request, extra_context=None):
        """What needs this editor; the models stand below it."""
        lists = _front().listed(self._asker(request))
        found = {
            "yours": [each for each in lists if each.need.yours],
            "records": [e for e in lists if not e.need.yours],
        }
        return super().index(request, found | (extra_context or {}))

    def need_view(self, request, name):
        """One list of the front page, whole."""
        found = _front().listing(name, self._asker(request), number=request.GET.get("page", 1))
        if found is None:
            raise Http404
        context = self.each_context(request) | {"title": found.need.title, "listed": found}
        return TemplateResponse(request, "admin/need.html", context)

    # Django lets these two be cached.
    password_change = method_decorator(never_cache)(Keeping.password_change)
    password_change_done = method_decorator(never_cache)(Keeping.password_change_done)

    def _asker(self, request):
        return _front().Asker(request.user, hong_kong_day(timezone.now()))

    def login(self, request, extra_context=None):
        """Who logs in finds the admin in their language."""
        response = super().login(request, extra_context)
        chosen = request.user.is_authenticated and EditorSettings.objects.filter(user=request.user).first()
        if request.method == "POST" and chosen:
            _speak(response, chosen.language)
        return response

    def set_language(self, request):
        """The language of the admin, kept for mail and for the next login."""
        back = request.POST.get("next", "")
        if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
            back = reverse("admin:index")
        response = HttpResponseRedirect(back)
        language = request.POST.get("language")
        if language in Language.values:
            _speak(response, language)
            if self.has_permission(request):
                EditorSettings.objects.update_or_create(user=request.user, defaults={"language": language})
        return response


def _front():
    """Not before there is a site: the admin modules of the apps register with it."""
    from publishing.admin import front

    return front


def forbidden(request, exception):
    """The newsroom's own page of what somebody may not do: what it needs, what they are, and the way back."""
    if not request.path.startswith(reverse("admin:index")):
        return errors.forbidden(request, exception)
    context = admin.site.each_context(request) | {
        "title": _("You may not do this"),
        "may": _roles_that_may(request, exception),
        "roles": list(request.user.groups.order_by("pk")),
        "back": page_of(request),
    }
    return TemplateResponse(request, "admin/403.html", context, status=403)


def _roles_that_may(request, exception) -> list[Group] | None:
    """None where it is not known what it needs."""
    permission = getattr(exception, "permission", "") or _permission_of_page(request.resolver_match)
    if not permission:
        return None
    app_label, codename = permission.split(".")
    rights = {"permissions__codename": codename, "permissions__content_type__app_label": app_label}
    return list(Group.objects.filter(**rights).order_by("pk"))


def _permission_of_page(match) -> str:
    """What Django's own pages of a model ask for; "" for any other page."""
    name, _underscore, page = (match.url_name or "").rpartition("_") if match else ("", "", "")
    app_label, _underscore, model = name.partition("_")
    verb = {"changelist": "view", "history": "view"}.get(page, page)
    return f"{app_label}.{verb}_{model}" if verb in ("view", "add", "change", "delete") else ""


def _speak(response, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 86400,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
