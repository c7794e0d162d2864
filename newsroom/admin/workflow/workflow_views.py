"""Base classes of the workflow's pages and buttons: each belongs to one row, and calls one action on POST."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.generic import View

from ...actions.permissions import ActionError, require_perm
from ..diff.labels import change_form_url
from ..editing.restored_posts import restored_initial


class WorkflowView(View):
    """A page of one row: it shows what will happen, and performs it on POST.

    `name`: last part of its URL's name. `route`: its path below the admin, by default `<int:pk>/name/`. `permission`:
    what it needs besides the view permission. `title`: may contain %(name)s, the row. Without `form_class` every POST
    is performed.
    """

    model_admin: admin.ModelAdmin | None = None  # given to `as_view`
    name = ""
    route = ""
    permission = ""
    template_name = ""
    title = ""
    form_class: type | None = None
    http_method_names = ("get", "head", "post", "options")

    @classmethod
    def as_url_pattern(cls, model_admin: admin.ModelAdmin):
        """Return the URL pattern of this view for one admin."""
        view = model_admin.admin_site.admin_view(cls.as_view(model_admin=model_admin))
        name = f"{model_admin.opts.app_label}_{model_admin.opts.model_name}_{cls.name}"
        return path(cls.route or f"<int:pk>/{cls.name}/", view, name=name)

    def dispatch(self, request, *args, **kwargs):
        if request.method.lower() in self.http_method_names:
            self.row = self.get_row()
        return super().dispatch(request, *args, **kwargs)

    def get_row(self):
        """Return the row. Raises Http404 if there is none; PermissionDenied if the user may not view it or do this."""
        row = self.model_admin.get_object(self.request, str(self.kwargs["pk"]))
        if row is None:
            raise Http404
        if not self.model_admin.has_view_permission(self.request, row):
            raise PermissionDenied
        for permission in self.get_permissions(row):
            require_perm(self.request.user, permission)
        return row

    def get_permissions(self, row) -> list[str]:
        """Return the permissions that the page needs besides the one to view the row."""
        return [self.permission] if self.permission else []

    def get(self, request, *args, **kwargs):
        return self.render(self.get_form())

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if form is not None and not form.is_valid():
            return self.render(form)
        try:
            url = self.perform(form)
        except ActionError as error:
            return self.refuse(form, error)
        return HttpResponseRedirect(url or self.get_success_url())

    def perform(self, form) -> str | None:
        """Call the action and tell the editor. Return the URL to go to, None for `get_success_url()`.

        Raises ActionError with the sentence for the editor if it cannot be done.
        """
        raise NotImplementedError

    def refuse(self, form, error: ActionError):
        """Answer a POST that could not be performed."""
        return self.render(form, refused=str(error))

    def get_form(self):
        """Return the form, with what was written when the session ended; None without `form_class`."""
        if self.form_class is None:
            return None
        initial = restored_initial(self.request)
        return self.form_class(self.request.POST or None, initial=initial, **self.get_form_kwargs())

    def get_form_kwargs(self) -> dict:
        """Return further arguments of the form."""
        return {}

    def get_context(self, form) -> dict:
        """Return the context of the template, without what every page has."""
        return {}

    def get_form_url(self) -> str:
        """Return the URL of the row's form."""
        return change_form_url(type(self.row), self.row.pk)

    def get_success_url(self) -> str:
        """Return the URL where the editor came from, if it is a page of this site; else that of the row's form."""
        return get_next_url(self.request) or self.get_form_url()

    def render(self, form, refused: str = "") -> TemplateResponse:
        """Render the page; with status 409 if something was refused."""
        context = {
            "form": form,
            "refused": refused,
            "title": self.title % {"name": self.row},
            "opts": self.model_admin.opts,
            "original": self.row,
            "back": self.get_success_url(),
            "form_url": self.get_form_url(),
        }
        context |= self.model_admin.admin_site.each_context(self.request) | self.get_context(form)
        return TemplateResponse(self.request, self.template_name, context, status=409 if context["refused"] else 200)


class WorkflowButtonView(WorkflowView):
    """A button without a page of its own: a message tells why a POST was refused."""

    http_method_names = ("post", "options")

    def refuse(self, form, error: ActionError):
        messages.error(self.request, str(error))
        return HttpResponseRedirect(self.get_success_url())


class WorkflowViewsMixin(admin.ModelAdmin):
    """Mixin that adds the pages and buttons in `workflow_views` to an admin."""

    workflow_views: tuple[type[WorkflowView], ...] = ()

    def get_urls(self):
        return [*(view.as_url_pattern(self) for view in self.workflow_views), *super().get_urls()]


def workflow_url(row, name: str, *args) -> str:
    """Return the URL of a page of the workflow for this row."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk, *args])


def get_next_url(request) -> str:
    """Return the URL of this site to which the parameter `next` asks to return; "" if there is none or it is unsafe."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if safe else ""
