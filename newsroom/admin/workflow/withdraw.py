"""The page that withdraws a root."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...actions.withdraw import withdraw
from ...documents.changeset import build_withdrawal_changeset
from ...documents.registry import get_row_key
from ..diff import labels
from ..editing.forms import WithdrawForm
from .workflow_views import WorkflowView


class WithdrawView(WorkflowView):
    """The page that shows what withdrawing the root would do, and withdraws it."""

    name = "withdraw"
    permission = "record.withdraw"
    template_name = "admin/withdraw.html"
    title = gettext_lazy("Withdraw “%(name)s”")
    form_class = WithdrawForm

    def get_context(self, form):
        key = get_row_key(self.row)
        entries = build_withdrawal_changeset(key).entries
        return {
            "own": labels.summarize_entries(entry for entry in entries if entry.root == key),
            "following": labels.summarize_entries(entry for entry in entries if entry.root != key),
        }

    def perform(self, form):
        done = withdraw(root=get_row_key(self.row), reason=form.to_document(), by=self.request.user)
        told = _("“%(name)s” is withdrawn.") if done else _("“%(name)s” was not public: nothing was withdrawn.")
        messages.success(self.request, told % {"name": self.row})
