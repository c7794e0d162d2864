"""The page of a root's preview links: who made them and until when they last; make another, revoke one."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from record.choices import Language

from ...actions.permissions import ActionError
from ...actions.preview_links import revoke_preview, share_preview
from ...documents.registry import get_row_type
from ...models import PreviewLink
from ..editing.forms import WorkflowForm
from ..preview.preview_link_views import make_preview_token, shared_preview_path
from .workflow_views import WorkflowMixin, workflow_url

MAX_LINKS_SHOWN = 50  # newest links of a root on its page; older ones have long expired
LINK_LIFETIMES = [(1, gettext_lazy("1 day")), (7, gettext_lazy("7 days")), (30, gettext_lazy("30 days"))]


class PreviewLinkForm(WorkflowForm):
    """Form for a new preview link: how long it lasts."""

    days = forms.TypedChoiceField(label=gettext_lazy("Lasts"), choices=LINK_LIFETIMES, coerce=int, initial=7)


@dataclass(frozen=True)
class PreviewLinkDisplay:
    """A link as its page shows it. `addresses`: (language, its name, URL), empty for a link that has ended."""

    link: PreviewLink
    addresses: list[tuple[str, str, str]]

    @classmethod
    def of(cls, link: PreviewLink, *, at) -> "PreviewLinkDisplay":
        """Build the display of a link at an instant."""
        if link.revoked_at or link.expires_at <= at:
            return cls(link, [])
        token = make_preview_token(link)
        return cls(
            link,
            [(each.value, each.label, settings.SITE_URL + shared_preview_path(token, each.value)) for each in Language],
        )


class PreviewLinkMixin(WorkflowMixin):
    """Mixin with the page of a root's preview links, for those who may change the root."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_previews"
        view = self.admin_site.admin_view(self.previews_view)
        return [path("<int:pk>/previews/", view, name=name), *super().get_urls()]

    @method_decorator(never_cache)
    def previews_view(self, request, pk):
        """List the newest links; make or revoke one on POST. Answers 409 if the action refuses."""
        root = self.root_or_404(request, pk, f"{self.opts.app_label}.change_{self.opts.model_name}")
        form, refused, status = PreviewLinkForm(), "", 200
        if request.method == "POST":
            try:
                if (form := self._done(request, root)) is None:
                    return HttpResponseRedirect(workflow_url(root, "previews"))
            except ActionError as error:
                refused, status = str(error), 409
        links = PreviewLink.objects.filter(type=get_row_type(root), content_id=root.content_id)
        now = timezone.now()
        newest = links.select_related("by", "revoked_by").order_by("-pk")[:MAX_LINKS_SHOWN]
        context = {
            "form": form,
            "refused": refused,
            "shared": [PreviewLinkDisplay.of(link, at=now) for link in newest],
            "title": _("Shared previews of “%(name)s”") % {"name": root},
        }
        return self._page(request, root, "admin/previews.html", context, status)

    def _done(self, request, root) -> PreviewLinkForm | None:
        """Share or revoke as posted and return None; return the form if it is invalid. Raises Refused."""
        revoked = request.POST.get("revoke", "")
        if revoked.isdecimal():
            revoke_preview(root=root, link_id=int(revoked), by=request.user)
            messages.success(request, _("The link shows nothing any more."))
            return None
        form = PreviewLinkForm(request.POST)
        if form.is_valid():
            share_preview(root=root, by=request.user, lasting=timedelta(days=form.cleaned_data["days"]))
            messages.success(request, _("The preview is shared. Copy the address in the reader's language."))
            return None
        return form
