"""The page that publishes a root, now or at a later moment."""

from django.contrib import messages
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from record.formatting import format_moment

from ...actions.approvals import NotApproved, find_approver
from ...actions.permissions import ActionError
from ...actions.publish import ValidationFailed, publish
from ...actions.schedule import schedule_publication
from ..editing.forms import PublishForm
from .publish_preview import PublishProposal
from .workflow_messages import find_waiting_schedule
from .workflow_views import WorkflowView, workflow_url


class PublishView(WorkflowView):
    """The page that shows what publishing the root would do, and publishes or schedules it."""

    name = "publish"
    permission = "record.publish"
    template_name = "admin/publish.html"
    title = gettext_lazy("Publish “%(name)s”")
    form_class = PublishForm

    @cached_property
    def proposal(self) -> PublishProposal:
        """Build what the page proposes once: the same for the form, the action and what is shown."""
        return PublishProposal.from_root(self.row)

    def get_form_kwargs(self):
        return {"needs_reason": bool(self.proposal.warnings)}

    def get_context(self, form):
        return self.proposal.get_context() | {
            "scheduled": find_waiting_schedule(self.row),
            "unschedule_url": workflow_url(self.row, "unschedule"),
            "not_approved": _explain_missing_approval(self.proposal),
            "review_url": workflow_url(self.row, "review"),
        }

    def perform(self, form):
        if self.request.POST.get("seen") != self.proposal.seen_digest:
            raise ActionError(
                _("This was changed since you opened the page. Look at what would be published now, and try again.")
            )
        try:
            done = self._schedule(form) if form.cleaned_data["publish_at"] else self._publish(form)
        except ValidationFailed as error:
            if all(problem.until for problem in error.problems):
                raise ActionError(_("It can be scheduled for that day, and not go public before.")) from error
            raise ActionError(_("Nothing was published: mend what is listed first.")) from error
        except ActionError as error:
            raise ActionError(_("Nothing was published. %(reason)s") % {"reason": error}) from error
        messages.success(self.request, done)

    def _publish(self, form: PublishForm) -> str:
        """Publish the proposal with the change note; return the message for the editor."""
        notes = {self.proposal.root: form.to_note()}
        overruled = form.cleaned_data["overruled"]
        done = publish(drafts=self.proposal.drafts, by=self.request.user, notes=notes, overruled=overruled)
        return _("“%(name)s” is published.") % {"name": self.row} if done else _("There was nothing to publish.")

    def _schedule(self, form: PublishForm) -> str:
        """Schedule the proposal for the form's moment; return the message for the editor."""
        at, overruled = form.cleaned_data["publish_at"], form.cleaned_data["overruled"]
        drafts, note = self.proposal.drafts, form.to_note()
        schedule_publication(drafts=drafts, at=at, by=self.request.user, note=note, overruled=overruled)
        return _("“%(name)s” goes public on %(when)s (Hong Kong).") % {"name": self.row, "when": format_moment(at)}


def _explain_missing_approval(proposal: PublishProposal) -> str:
    """Return why the proposal needs the approval of a second person first; "" if it may be published."""
    try:
        find_approver(proposal.drafts, proposal.plan.entries)
    except NotApproved as error:
        return str(error)
    return ""
