"""The page of a root's review: what would change, the thread, and what this user may say in it."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from ...actions.authors import find_authors
from ...actions.permissions import ActionError
from ...actions.publish import ValidationFailed
from ...actions.review import REVIEW_PERMISSION, approve, cancel_review_request, request_review, send_back
from ...choices import ReviewVerb
from ...documents.registry import get_row_type
from ...models import ReviewEntry
from ..editing.forms import WorkflowForm
from ..editing.restored_posts import restored_initial
from ..editing.widgets import TextArea
from .publish_preview import PublishProposal
from .workflow_views import WorkflowMixin


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


class ReviewMixin(WorkflowMixin):
    """Mixin with the page of the review, for the admin of a root."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [path("<int:pk>/review/", view(self.review_view), name=f"{name}_review"), *super().get_urls()]

    @method_decorator(never_cache)
    def review_view(self, request, pk):
        """Show the review of a root; say something in it on POST. Answers 409 if the action refuses."""
        root = self.root_or_404(request, pk)
        form = ReviewForm(request.POST or None, by=request.user, initial=restored_initial(request))
        refused, status = "", 200
        if request.method == "POST" and form.is_valid():
            refused = _apply_review_verb(request, root, form.cleaned_data)
            if refused is None:
                return HttpResponseRedirect(self.way_back(request, root))
            status = 409
        return self._page(request, root, "admin/review.html", self._review(request, root, form, refused), status)

    def _review(self, request, root, form, refused) -> dict:
        """Return the context of admin/review.html."""
        proposal = PublishProposal.of(root)
        entries = ReviewEntry.objects.of(get_row_type(root), root.content_id).select_related("by", "asked", "frozen")
        thread = [ReviewThreadEntry(entry, entry.frozen.digest == proposal.drafts[0].digest) for entry in entries]
        own_work = request.user.pk in find_authors(proposal.drafts)
        return proposal.context() | {
            "thread": thread,
            "verbs": self._verbs(request, root, thread, own_work),
            "own_work": own_work,
            "digest": proposal.drafts[0].digest,
            "form": form,
            "refused": refused,
            "title": _("Review of “%(name)s”") % {"name": root},
        }

    def _verbs(self, request, root, thread: list[ReviewThreadEntry], own_work: bool) -> set[str]:
        """Return the verbs whose buttons are shown to this user; the actions themselves enforce the rules."""
        last = thread[-1].entry.verb if thread else ""
        open_now = last in (ReviewVerb.REQUESTED, ReviewVerb.APPROVED)
        may_review = request.user.has_perm(REVIEW_PERMISSION)
        asked = [said.entry.by for said in thread if said.entry.verb == ReviewVerb.REQUESTED]
        verbs = {
            "request": self.has_change_permission(request, root) and not (open_now and thread[-1].current),
            "approve": last == ReviewVerb.REQUESTED and may_review and not own_work,
            "send_back": open_now and may_review,
            "take_back": open_now and request.user in asked,
        }
        return {verb for verb, possible in verbs.items() if possible}


def _apply_review_verb(request, root, said: dict) -> str | None:
    """Call the action of the posted verb. Return the reason if it was refused, else None."""
    done = {
        "request": lambda: request_review(root=root, by=request.user, of=said["asked"], note=said["note"]),
        "approve": lambda: approve(root=root, by=request.user, seen=request.POST.get("digest", ""), note=said["note"]),
        "send_back": lambda: send_back(root=root, by=request.user, note=said["note"]),
        "take_back": lambda: cancel_review_request(root=root, by=request.user, note=said["note"]),
    }
    verb = request.POST.get("verb")
    if verb not in done:
        return _("Choose what to say: request, approve, send back or take back.")
    try:
        entry = done[verb]()
    except ValidationFailed:
        return _("Not approved: what is listed must be mended first.")
    except ActionError as error:
        return str(error)
    messages.success(request, f"{entry.get_verb_display()}: {root}")
    return None
