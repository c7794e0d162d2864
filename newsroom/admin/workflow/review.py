"""The page of a root's review: what would change, the thread, and what this user may say in it."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...actions.authors import find_authors
from ...actions.permissions import ActionError
from ...actions.publish import ValidationFailed
from ...actions.review import REVIEW_PERMISSION, approve, cancel_review_request, request_review, send_back
from ...choices import ReviewVerb
from ...documents.registry import get_row_key
from ...models import ReviewEntry
from ..editing.forms import WorkflowForm
from ..editing.widgets import TextArea
from .publish_preview import PublishProposal
from .workflow_views import WorkflowView


class ReviewForm(WorkflowForm):
    """Form with one note for any of the review's verbs, and whom to ask when a review is requested."""

    asked = forms.ModelChoiceField(
        label=gettext_lazy("Ask"),
        queryset=get_user_model().objects.none(),
        required=False,
        empty_label=gettext_lazy("whoever may review"),
    )
    note = forms.CharField(
        label=gettext_lazy("Note, for the newsroom"), required=False, widget=TextArea({"rows": 3}), max_length=5000
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        people = get_user_model().objects.with_perm(
            REVIEW_PERMISSION, backend="django.contrib.auth.backends.ModelBackend"
        )
        self.fields["asked"].queryset = (
            people.filter(is_staff=True).exclude(pk=by.pk).order_by("first_name", "last_name", "username")
        )

    def clean(self):
        """Require a note for sending back."""
        cleaned = super().clean()
        if self.data.get("verb") == "send_back" and not cleaned.get("note", "").strip() and "note" not in self.errors:
            self.add_error("note", _("Say in a note what is to be done."))
        return cleaned


@dataclass(frozen=True)
class ReviewThreadEntry:
    """An entry of the review thread. `current`: it is about the text as it is now."""

    entry: ReviewEntry
    current: bool


class ReviewView(WorkflowView):
    """The page of a root's review: what would change, the thread, and what this user may say in it."""

    name = "review"
    template_name = "admin/review.html"
    title = gettext_lazy("Review of “%(name)s”")
    form_class = ReviewForm

    def get_form_kwargs(self):
        return {"by": self.request.user}

    def get_context(self, form):
        proposal = PublishProposal.from_root(self.row)
        entries = ReviewEntry.objects.thread_of(*get_row_key(self.row)).select_related("by", "asked", "frozen")
        thread = [ReviewThreadEntry(entry, entry.frozen.digest == proposal.drafts[0].digest) for entry in entries]
        own_work = self.request.user.pk in find_authors(proposal.drafts)
        return proposal.get_context() | {
            "thread": thread,
            "verbs": self._allowed_verbs(thread, own_work),
            "own_work": own_work,
            "digest": proposal.drafts[0].digest,
        }

    def _allowed_verbs(self, thread: list[ReviewThreadEntry], own_work: bool) -> set[str]:
        """Return the verbs whose buttons are shown to this user; the actions themselves enforce the rules."""
        last = thread[-1].entry.verb if thread else ""
        open_now = last in (ReviewVerb.REQUESTED, ReviewVerb.APPROVED)
        may_review = self.request.user.has_perm(REVIEW_PERMISSION)
        may_change = self.model_admin.has_change_permission(self.request, self.row)
        asked = [said.entry.by for said in thread if said.entry.verb == ReviewVerb.REQUESTED]
        verbs = {
            "request": may_change and not (open_now and thread[-1].current),
            "approve": last == ReviewVerb.REQUESTED and may_review and not own_work,
            "send_back": open_now and may_review,
            "take_back": open_now and self.request.user in asked,
        }
        return {verb for verb, possible in verbs.items() if possible}

    def perform(self, form):
        """Call the action of the posted verb."""
        root, by, said, note = self.row, self.request.user, form.cleaned_data, form.cleaned_data["note"]
        actions = {
            "request": lambda: request_review(root=root, by=by, of=said["asked"], note=note),
            "approve": lambda: approve(root=root, by=by, seen=self.request.POST.get("digest", ""), note=note),
            "send_back": lambda: send_back(root=root, by=by, note=note),
            "take_back": lambda: cancel_review_request(root=root, by=by, note=note),
        }
        verb = self.request.POST.get("verb")
        if verb not in actions:
            raise ActionError(_("Choose what to say: request, approve, send back or take back."))
        try:
            entry = actions[verb]()
        except ValidationFailed as error:
            raise ActionError(_("Not approved: what is listed must be mended first.")) from error
        messages.success(self.request, f"{entry.get_verb_display()}: {root}")
