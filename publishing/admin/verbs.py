"""The pages of the verbs: publish, withdraw, preview. Each shows what will happen, and calls one action."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ..actions import Blocked, NotApproved, Refused, permit, publish, schedule, withdraw
from ..actions.approvals import approver_of
from ..documents import along, draft_of, key_of, plan_withdrawal
from ..languages import LANGUAGES
from ..shapes.wording import moment_in_words
from . import summaries
from .forms import PublishForm, WithdrawForm
from .preview import Banner, preview_response
from .proposals import Proposal
from .underway import waiting
from .unsaved import typed


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
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if permission:
            permit(request.user, permission)
        return row

    @method_decorator(never_cache)
    def publish_view(self, request, pk):
        root = self.root_or_404(request, pk, "publishing.publish")
        proposal = Proposal.of(root)
        context = proposal.context()
        form = PublishForm(request.POST or None, warned=bool(context["warnings"]), initial=typed(request))
        refused, status = "", 200
        if request.method == "POST" and form.is_valid():
            refused = self._publish(request, root, proposal, form)
            if refused is None:
                return HttpResponseRedirect(self.way_back(request, root))
            status = 409
        context |= {
            "refused": refused,
            "form": form,
            "scheduled": waiting(root),
            "unschedule_url": verb_url(root, "unschedule"),
            "not_approved": _not_approved(proposal),
            "review_url": verb_url(root, "review"),
            "title": _("Publish “%(name)s”") % {"name": root},
        }
        return self._page(request, root, "admin/publish.html", context, status)

    def _publish(self, request, root, proposal: Proposal, form: PublishForm) -> str | None:
        """Publishes what was seen, or schedules it. Gives why not, or None when done."""
        if request.POST.get("seen") != proposal.seen:
            return _("This was changed since you opened the page. Look at what would be published now, and try again.")
        try:
            told = _schedule(root, proposal, form, request.user) or _publish(root, proposal, form, request.user)
        except Blocked as error:
            if all(problem.until for problem in error.problems):
                return _("It can be scheduled for that day, and not go public before.")
            return _("Nothing was published: mend what is listed first.")
        except Refused as error:
            return _("Nothing was published. %(reason)s") % {"reason": error}
        messages.success(request, told)
        return None

    @method_decorator(never_cache)
    def withdraw_view(self, request, pk):
        root = self.root_or_404(request, pk, "publishing.withdraw")
        key = key_of(root)
        form = WithdrawForm(request.POST or None, initial=typed(request))
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
        draft = draft_of(root)
        return preview_response(
            request,
            draft,
            language,
            address=lambda each: verb_url(root, "preview", each),
            banner=Banner(form=summaries.form_url(type(root), root.pk)),
            besides=along([draft]),
        )

    def way_back(self, request, root) -> str:
        """Where the editor came from, if that is a page of ours; else the root's form."""
        return asked_way_back(request) or summaries.form_url(type(root), root.pk)

    def _page(self, request, root, template, context, status):
        context |= self.admin_site.each_context(request) | {
            "opts": self.opts,
            "original": root,
            "back": self.way_back(request, root),
            "form_url": summaries.form_url(type(root), root.pk),
        }
        return TemplateResponse(request, template, context, status=status)


def _not_approved(proposal: Proposal) -> str:
    """Why nothing may go out before somebody else approved it; "" where it may."""
    try:
        approver_of(proposal.drafts, proposal.plan.entries)
    except NotApproved as error:
        return str(error)
    return ""


def _publish(root, proposal: Proposal, form: PublishForm, by) -> str:
    notes = {proposal.root: form.note()}
    done = publish(drafts=proposal.drafts, by=by, notes=notes, overruled=form.cleaned_data["overruled"])
    return _("“%(name)s” is published.") % {"name": root} if done else _("There was nothing to publish.")


def _schedule(root, proposal: Proposal, form: PublishForm, by) -> str | None:
    """None where no moment is given."""
    at, overruled = form.cleaned_data["publish_at"], form.cleaned_data["overruled"]
    if at is None:
        return None
    schedule(drafts=proposal.drafts, at=at, by=by, note=form.note(), overruled=overruled)
    return _("“%(name)s” goes public on %(when)s (Hong Kong).") % {"name": root, "when": moment_in_words(at)}


def verb_url(root, verb: str, *args) -> str:
    return reverse(f"admin:{root._meta.app_label}_{root._meta.model_name}_{verb}", args=[root.pk, *args])


def asked_way_back(request) -> str:
    """The page of ours that the editor asked to come back to; "" where there is none."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if safe else ""
