"""Pages of the workflow: publish, withdraw, preview. Each shows what will happen, and calls one action."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from record.formatting import format_moment
from record.languages import LANGUAGES

from ...actions.approvals import NotApproved, find_approver
from ...actions.permissions import ActionError, require_perm
from ...actions.publish import ValidationFailed, publish
from ...actions.schedule import schedule_publication
from ...actions.withdraw import withdraw
from ...documents.changeset import build_withdrawal_changeset, find_along_drafts
from ...documents.drafts import build_draft
from ...documents.registry import get_row_key
from ..diff import labels
from ..editing.forms import PublishForm, WithdrawForm
from ..editing.restored_posts import restored_initial
from ..preview.preview import PreviewBanner, render_preview
from .publish_preview import PublishProposal
from .workflow_messages import find_waiting_schedule


class WorkflowMixin(admin.ModelAdmin):
    """Mixin with the pages of publishing, withdrawing and previewing, for the admin of a root."""

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
        """Return the working row.

        Raises Http404 if there is none; PermissionDenied if the user may not view it or lacks `permission`.
        """
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if permission:
            require_perm(request.user, permission)
        return row

    @method_decorator(never_cache)
    def publish_view(self, request, pk):
        """Show what publishing the root would do; publish or schedule it on POST. Answers 409 if that is refused."""
        root = self.root_or_404(request, pk, "record.publish")
        proposal = PublishProposal.of(root)
        context = proposal.context()
        form = PublishForm(request.POST or None, warned=bool(context["warnings"]), initial=restored_initial(request))
        refused, status = "", 200
        if request.method == "POST" and form.is_valid():
            refused = self._publish(request, root, proposal, form)
            if refused is None:
                return HttpResponseRedirect(self.way_back(request, root))
            status = 409
        context |= {
            "refused": refused,
            "form": form,
            "scheduled": find_waiting_schedule(root),
            "unschedule_url": workflow_url(root, "unschedule"),
            "not_approved": _explain_missing_approval(proposal),
            "review_url": workflow_url(root, "review"),
            "title": _("Publish “%(name)s”") % {"name": root},
        }
        return self._page(request, root, "admin/publish.html", context, status)

    def _publish(self, request, root, proposal: PublishProposal, form: PublishForm) -> str | None:
        """Publish or schedule the proposal if it is still as shown. Return the reason if it was refused, else None."""
        if request.POST.get("seen") != proposal.seen:
            return _("This was changed since you opened the page. Look at what would be published now, and try again.")
        try:
            told = _schedule_publication(root, proposal, form, request.user) or _publish_now(
                root, proposal, form, request.user
            )
        except ValidationFailed as error:
            if all(problem.until for problem in error.problems):
                return _("It can be scheduled for that day, and not go public before.")
            return _("Nothing was published: mend what is listed first.")
        except ActionError as error:
            return _("Nothing was published. %(reason)s") % {"reason": error}
        messages.success(request, told)
        return None

    @method_decorator(never_cache)
    def withdraw_view(self, request, pk):
        """Show what withdrawing the root would do; withdraw it on POST. Answers 409 if that is refused."""
        root = self.root_or_404(request, pk, "record.withdraw")
        key = get_row_key(root)
        form = WithdrawForm(request.POST or None, initial=restored_initial(request))
        refused, status = "", 200
        if request.method == "POST" and form.is_valid():
            try:
                done = withdraw(root=key, reason=form.text(), by=request.user)
            except ActionError as error:
                refused, status = str(error), 409
            else:
                told = _("“%(name)s” is withdrawn.") if done else _("“%(name)s” was not public: nothing was withdrawn.")
                messages.success(request, told % {"name": root})
                return HttpResponseRedirect(self.way_back(request, root))
        entries = build_withdrawal_changeset(key).entries
        context = {
            "own": labels.summarize_entries(entry for entry in entries if entry.root == key),
            "following": labels.summarize_entries(entry for entry in entries if entry.root != key),
            "refused": refused,
            "form": form,
            "title": _("Withdraw “%(name)s”") % {"name": root},
        }
        return self._page(request, root, "admin/withdraw.html", context, status)

    def preview_view(self, request, pk, language):
        """Render the site's page of the working copy. Raises Http404 for an unknown language."""
        root = self.root_or_404(request, pk)
        if language not in LANGUAGES:
            raise Http404
        draft = build_draft(root)
        return render_preview(
            request,
            draft,
            language,
            address=lambda each: workflow_url(root, "preview", each),
            banner=PreviewBanner(form=labels.change_form_url(type(root), root.pk)),
            besides=find_along_drafts([draft]),
        )

    def way_back(self, request, root) -> str:
        """Return the URL where the editor came from, if it is a page of this site; else that of the root's form."""
        return get_next_url(request) or labels.change_form_url(type(root), root.pk)

    def _page(self, request, root, template, context, status):
        """Render a page of the workflow with the admin's context and the links back."""
        context |= self.admin_site.each_context(request) | {
            "opts": self.opts,
            "original": root,
            "back": self.way_back(request, root),
            "form_url": labels.change_form_url(type(root), root.pk),
        }
        return TemplateResponse(request, template, context, status=status)


def _explain_missing_approval(proposal: PublishProposal) -> str:
    """Return why the proposal needs the approval of a second person first; "" if it may be published."""
    try:
        find_approver(proposal.drafts, proposal.plan.entries)
    except NotApproved as error:
        return str(error)
    return ""


def _publish_now(root, proposal: PublishProposal, form: PublishForm, by) -> str:
    """Publish the proposal with the change note; return the message for the editor."""
    notes = {proposal.root: form.note()}
    done = publish(drafts=proposal.drafts, by=by, notes=notes, overruled=form.cleaned_data["overruled"])
    return _("“%(name)s” is published.") % {"name": root} if done else _("There was nothing to publish.")


def _schedule_publication(root, proposal: PublishProposal, form: PublishForm, by) -> str | None:
    """Schedule the proposal; return the message for the editor, or None if the form gives no moment."""
    at, overruled = form.cleaned_data["publish_at"], form.cleaned_data["overruled"]
    if at is None:
        return None
    schedule_publication(drafts=proposal.drafts, at=at, by=by, note=form.note(), overruled=overruled)
    return _("“%(name)s” goes public on %(when)s (Hong Kong).") % {"name": root, "when": format_moment(at)}


def workflow_url(root, verb: str, *args) -> str:
    """Return the URL of a page of the workflow for this root."""
    return reverse(f"admin:{root._meta.app_label}_{root._meta.model_name}_{verb}", args=[root.pk, *args])


def get_next_url(request) -> str:
    """Return the URL of this site to which the parameter `next` asks to return; "" if there is none or it is unsafe."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if safe else ""
