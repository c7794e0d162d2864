"""The page of a root's preview links: who made them and until when they last; make another, revoke one."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from record.choices import Language

from ...actions.permissions import perm
from ...actions.preview_links import revoke_preview, share_preview
from ...documents.registry import get_row_type
from ...models import PreviewLink
from ..editing.forms import WorkflowForm
from ..preview.preview_link_views import make_preview_token, shared_preview_path
from .workflow_views import WorkflowView, workflow_url

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
    def from_link(cls, link: PreviewLink, *, at) -> "PreviewLinkDisplay":
        """Build the display of a link at an instant."""
        if link.revoked_at or link.expires_at <= at:
            return cls(link, [])
        token = make_preview_token(link)
        return cls(
            link,
            [(each.value, each.label, settings.SITE_URL + shared_preview_path(token, each.value)) for each in Language],
        )


class PreviewLinksView(WorkflowView):
    """The page of a root's preview links, for those who may change the root."""

    name = "previews"
    template_name = "admin/previews.html"
    title = gettext_lazy("Shared previews of “%(name)s”")

    def get_permissions(self, row):
        return [perm(row, "change")]

    @cached_property
    def revoked_id(self) -> int | None:
        """Return the id of the link whose button was pressed; None if it was that of the form."""
        posted = self.request.POST.get("revoke", "")
        return int(posted) if posted.isdecimal() else None

    def get_form(self):
        """Return the form of a new link; None if a link is to be revoked."""
        if self.revoked_id is not None:
            return None
        return PreviewLinkForm(self.request.POST if self.request.method == "POST" else None)

    def perform(self, form):
        if form is None:
            revoke_preview(root=self.row, link_id=self.revoked_id, by=self.request.user)
            messages.success(self.request, _("The link shows nothing any more."))
        else:
            share_preview(root=self.row, by=self.request.user, lasting=timedelta(days=form.cleaned_data["days"]))
            messages.success(self.request, _("The preview is shared. Copy the address in the reader's language."))
        return workflow_url(self.row, "previews")

    def get_context(self, form):
        links = PreviewLink.objects.filter(type=get_row_type(self.row), content_id=self.row.content_id)
        now = timezone.now()
        newest = links.select_related("by", "revoked_by").order_by("-pk")[:MAX_LINKS_SHOWN]
        shared = [PreviewLinkDisplay.from_link(link, at=now) for link in newest]
        return {"form": form or PreviewLinkForm(), "shared": shared}
