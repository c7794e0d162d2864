"""The admin site: how its index page is grouped, its dashboard, its language and its page for missing permissions."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from newsroom.models import EditorSettings
from record.choices import Language
from record.dates import today

from .session_recovery import StashingAdminSite, get_referring_page
from .views import errors

MODEL_GROUPS = (
    (_("The record"), "Initiative Milestone Outcome Funding Verdict Announcement Figure Context"),
    (_("Facts"), "Statement Evidence Target Observation"),
    (_("Experts"), "Expert Commentary Forecast"),
    (_("Who and what about"), "Organisation Person PolicyArea Source"),
    (_("The site"), "Page Publication WorkingChange Schedule"),
    (_("People of the newsroom"), "User Group"),
)


class NewsroomAdminSite(StashingAdminSite):
    """The newsroom's admin site: grouped models, a dashboard of worklists and a language kept per editor."""

    site_header = site_title = _("Newsroom")
    index_title = _("Newsroom")

    def get_app_list(self, request, app_label=None):
        """Group the models of the index page by what editors do; models in no group are listed under their app.

        With `app_label` (the page of one app) Django's own list is returned.
        """
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        groups = [self._group(name, [models.pop(each, None) for each in names.split()]) for name, names in MODEL_GROUPS]
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
            path("needs/<slug:name>/", self.admin_view(self.worklist_view), name="need"),
        ]
        return [*own, *super().get_urls()]

    @method_decorator(never_cache)
    def index(self, request, extra_context=None):
        """Show the worklists that need this editor, with the models below them."""
        lists = _import_dashboard().load_dashboard(self._get_dashboard_user(request))
        found = {
            "yours": [each for each in lists if each.worklist.personal],
            "records": [each for each in lists if not each.worklist.personal],
        }
        return super().index(request, found | (extra_context or {}))

    def worklist_view(self, request, name):
        """Show one worklist of the dashboard in full, page by page. Raises Http404 if there is no such list."""
        found = _import_dashboard().load_worklist_page(
            name, self._get_dashboard_user(request), number=request.GET.get("page", 1)
        )
        if found is None:
            raise Http404
        context = self.each_context(request) | {"title": found.worklist.title, "listed": found}
        return TemplateResponse(request, "admin/need.html", context)

    # Django itself allows these two pages to be cached.
    password_change = method_decorator(never_cache)(StashingAdminSite.password_change)
    password_change_done = method_decorator(never_cache)(StashingAdminSite.password_change_done)

    def _get_dashboard_user(self, request):
        return _import_dashboard().DashboardUser(request.user, today())

    def login(self, request, extra_context=None):
        """Log in, and switch the admin to the language the editor has chosen."""
        response = super().login(request, extra_context)
        chosen = request.user.is_authenticated and EditorSettings.objects.filter(user=request.user).first()
        if request.method == "POST" and chosen:
            _set_language_cookie(response, chosen.language)
        return response

    def set_language(self, request):
        """Set the language of the admin; for a logged-in editor also of their mail and of their next login."""
        back = request.POST.get("next", "")
        if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
            back = reverse("admin:index")
        response = HttpResponseRedirect(back)
        language = request.POST.get("language")
        if language in Language.values:
            _set_language_cookie(response, language)
            if self.has_permission(request):
                EditorSettings.objects.update_or_create(user=request.user, defaults={"language": language})
        return response


def _import_dashboard():
    """Import the dashboard late: the apps' admin modules register with the site, so the site must exist first."""
    from newsroom.admin.dashboard import registry

    return registry


def newsroom_permission_denied(request, exception):
    """Show the newsroom's own 403 page: which roles have the permission, which roles the editor has, and a way back.

    Outside the admin the readers' 403 page is shown.
    """
    if not request.path.startswith(reverse("admin:index")):
        return errors.permission_denied(request, exception)
    context = admin.site.each_context(request) | {
        "title": _("You may not do this"),
        "may": _find_roles_with_permission(request, exception),
        "roles": list(request.user.groups.order_by("pk")),
        "back": get_referring_page(request),
    }
    return TemplateResponse(request, "admin/403.html", context, status=403)


def _find_roles_with_permission(request, exception) -> list[Group] | None:
    """Return the groups that hold the missing permission; None if it is not known which one was needed."""
    permission = getattr(exception, "permission", "") or _infer_permission(request.resolver_match)
    if not permission:
        return None
    app_label, codename = permission.split(".")
    rights = {"permissions__codename": codename, "permissions__content_type__app_label": app_label}
    return list(Group.objects.filter(**rights).order_by("pk"))


def _infer_permission(match) -> str:
    """Return the permission that Django's own pages of a model require, such as "initiatives.change_person".

    Return "" for any other page.
    """
    name, _underscore, page = (match.url_name or "").rpartition("_") if match else ("", "", "")
    app_label, _underscore, model = name.partition("_")
    verb = {"changelist": "view", "history": "view"}.get(page, page)
    return f"{app_label}.{verb}_{model}" if verb in ("view", "add", "change", "delete") else ""


def _set_language_cookie(response, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 86400,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
