"""The pages of the verbs: publish, withdraw, preview. Each shows what will happen, and calls one action."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .. import rules
from ..actions import Blocked, Note, Refused, publish, withdraw
from ..documents import Draft, Entry, Plan, along, draft_of, plan, plan_withdrawal, type_of
from ..languages import LANGUAGES
from . import summaries
from .comparing import compared
from .forms import PublishForm, WithdrawForm
from .preview import Banner, preview_response


@dataclass(frozen=True)
class Proposal:
    """What an editor is asked to publish: the Draft, the small roots that go along, and what that would append."""

    drafts: list[Draft]
    plan: Plan

    @classmethod
    def of(cls, root) -> "Proposal":
        drafts = [draft_of(root)]
        drafts += along(drafts)
        return cls(drafts, plan(drafts))

    @property
    def root(self) -> rules.Key:
        return self.drafts[0].type, self.drafts[0].content_id

    @property
    def seen(self) -> str:
        """Changes when the working copy or the record does, so that nobody publishes what they have not seen."""
        return rules.sha256(str([(draft.digest, sorted(draft.based_on.items())) for draft in self.drafts]))

    def context(self) -> dict:
        small = {(draft.type, draft.content_id) for draft in self.drafts[1:]}
        own = [entry for entry in self.plan.entries if entry.root == self.root]
        along = [entry for entry in self.plan.entries if entry.root in small]
        following = [entry for entry in self.plan.entries if entry.root != self.root and entry.root not in small]
        documents = [document for draft in self.drafts for document in draft.documents]
        problems = [problem for draft in self.drafts for problem in draft.problems]
        return {
            "own": summaries.lines(own),
            "along": summaries.lines(along),
            **compared(*_sides([*own, *along])),
            "following": summaries.lines(following),
            "unnamed": summaries.named(self.plan.unnamed),
            "blockers": summaries.blockers(problems, documents),
            "seen": self.seen,
        }


def _sides(entries: list[Entry]) -> tuple[list[dict], list[dict]]:
    """The documents of these entries before and after."""
    readable = [entry for entry in entries if entry.live is not None and not entry.live.tombstone]
    return [entry.live.current() for entry in readable], [entry.document for entry in entries if entry.document]


class Verbs(admin.ModelAdmin):
    """Adds the verbs' pages to the admin of a root."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/publish/", view(self.publish_view), name=f"{name}_publish"),
            path("<int:pk>/withdraw/", view(self.withdraw_view), name=f"{name}_withdraw"),
            path("<int:pk>/preview/<str:language>/", view(self.preview_view), name=f"{name}_preview"),
            *super().get_urls(),
        ]

    def root_or_404(self, request, pk, permission: str = ""):
        """The working row. Raises PermissionDenied for who may not see it, or lacks the verb's permission."""
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row) or (permission and not request.user.has_perm(permission)):
            raise PermissionDenied
        return row

    @method_decorator(never_cache)
    def publish_view(self, request, pk):
        root = self.root_or_404(request, pk, "publishing.publish")
        proposal = Proposal.of(root)
        form = PublishForm(request.POST or None)
        refused, status = "", 200
        if request.method == "POST" and form.is_valid():
            refused = self._publish(request, root, proposal, form)
            if refused is None:
                return HttpResponseRedirect(self.way_back(request, root))
            status = 409
        context = proposal.context() | {
            "refused": refused,
            "form": form,
            "title": _("Publish “%(name)s”") % {"name": root},
        }
        return self._page(request, root, "admin/publish.html", context, status)

    def _publish(self, request, root, proposal: Proposal, form: PublishForm) -> str | None:
        """Publishes what was seen. Gives why not, or None when done."""
        if request.POST.get("seen") != proposal.seen:
            return _("This was changed since you opened the page. Look at what would be published now, and try again.")
        note = Note(form.text(), major=form.cleaned_data["update_type"] == "major")
        try:
            publication = publish(drafts=proposal.drafts, by=request.user, notes={proposal.root: note})
        except Blocked:
            return _("Nothing was published: mend what is listed first.")
        except Refused as error:
            return _("Nothing was published. %(reason)s") % {"reason": error}
        if publication is None:
            messages.info(request, _("There was nothing to publish."))
        else:
            messages.success(request, _("“%(name)s” is published.") % {"name": root})
        return None

    @method_decorator(never_cache)
    def withdraw_view(self, request, pk):
        root = self.root_or_404(request, pk, "publishing.withdraw")
        key = (type_of(root), str(root.content_id))
        form = WithdrawForm(request.POST or None)
        refused, status = "", 200
        if request.method == "POST" and form.is_valid():
            try:
                done = withdraw(root=key, reason=form.text(), by=request.user)
            except Refused as error:
                refused, status = str(error), 409
            else:
                told = _("“%(name)s” is withdrawn.") if done else _("“%(name)s” was not public: nothing was withdrawn.")
                messages.success(request, told % {"name": root})
                return HttpResponseRedirect(self.way_back(request, root))
        entries = plan_withdrawal(key).entries
        context = {
            "own": summaries.lines(entry for entry in entries if entry.root == key),
            "following": summaries.lines(entry for entry in entries if entry.root != key),
            "refused": refused,
            "form": form,
            "title": _("Withdraw “%(name)s”") % {"name": root},
        }
        return self._page(request, root, "admin/withdraw.html", context, status)

    def preview_view(self, request, pk, language):
        root = self.root_or_404(request, pk)
        if language not in LANGUAGES:
            raise Http404
        banner = Banner(form=summaries.form_url(type(root), root.pk))
        return preview_response(
            request, draft_of(root), language, address=lambda each: verb_url(root, "preview", each), banner=banner
        )

    def way_back(self, request, root) -> str:
        """Where the editor came from, if that is a page of ours; else the root's form."""
        asked = request.POST.get("next") or request.GET.get("next") or ""
        if url_has_allowed_host_and_scheme(
            asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return asked
        return summaries.form_url(type(root), root.pk)

    def _page(self, request, root, template, context, status):
        context |= self.admin_site.each_context(request) | {
            "opts": self.opts,
            "original": root,
            "back": self.way_back(request, root),
            "form_url": summaries.form_url(type(root), root.pk),
        }
        return TemplateResponse(request, template, context, status=status)


def verb_url(root, verb: str, *args) -> str:
    return reverse(f"admin:{root._meta.app_label}_{root._meta.model_name}_{verb}", args=[root.pk, *args])
