"""The page that restores an earlier edition into the working copy: what would change, and the button to do it."""

from dataclasses import replace

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from record.choices import Language
from record.formatting import format_moment
from record.models import Publication

from ...actions.permissions import ActionError, perm
from ...actions.restore import RestoreResult, documents_after_publication, restore
from ...documents.changeset import resolve_draft
from ...documents.drafts import Draft, build_draft
from ...documents.registry import get_row_type
from ..diff import labels
from ..diff.diff_context import build_diff_context
from .workflow_views import WorkflowView

MAX_NAMES_IN_MESSAGE = 10  # rows named in one message


class RestoreView(WorkflowView):
    """The page that shows what restoring the state after a publication would change, and restores it.

    It is for those who may change the root.
    """

    name = "restore"
    route = "<int:pk>/restore/<int:publication>/"
    template_name = "admin/restore.html"
    title = gettext_lazy("Restore “%(name)s”")

    def get_permissions(self, row):
        return [perm(row, "change")]

    @cached_property
    def publication(self) -> Publication:
        """Load the publication of the URL."""
        return get_object_or_404(Publication, pk=self.kwargs["publication"])

    @cached_property
    def draft(self) -> Draft:
        """Build the Draft once: the one that is compared and shown."""
        return build_draft(self.row)

    def get_context(self, form):
        context = {"when": format_moment(self.publication.published_at), "seen": self.draft.digest}
        try:
            return context | _build_restore_diff(self.draft, self.publication)
        except ActionError as error:
            return context | {"refused": str(error), "impossible": True}

    def perform(self, form):
        """Restore the edition, and tell the editor what else happened to the rows."""
        publication = self.publication
        if self.request.POST.get("seen") != self.draft.digest:
            raise ActionError(_("This was changed since you opened the page. Look at it again."))
        done = restore(
            root_type=get_row_type(self.row),
            content_id=self.row.content_id,
            at_publication=publication,
            by=self.request.user,
        )
        told = _("“%(name)s” reads as it was public on %(when)s. Readers see nothing of this until it is published.")
        messages.success(self.request, told % {"name": self.row, "when": format_moment(publication.published_at)})
        for heading, names in _list_side_effects(done):
            shown, more = names[:MAX_NAMES_IN_MESSAGE], len(names) - MAX_NAMES_IN_MESSAGE
            if more > 0:
                shown.append(ngettext("and %d more", "and %d more", more) % more)
            listed = format_html_join("", "<li>{}</li>", ((name,) for name in shown))
            messages.warning(self.request, format_html("{}<ul>{}</ul>", heading, listed))
        return self.get_form_url()


def _build_restore_diff(draft: Draft, publication: Publication) -> dict:
    """Return the diff from the working copy to what was public then.

    Other objects have the names they have now. Raises ActionError if the state cannot be restored.
    """
    then = documents_after_publication(draft.type, draft.content_id, publication)
    return build_diff_context(
        resolve_draft(draft), resolve_draft(replace(draft, documents=tuple(then))), linked=False, unfolded=True
    )


def _list_side_effects(done: RestoreResult) -> list[tuple[str, list[str]]]:
    """Return (heading, names) of what the editor should check after restoring: remade, held-back, left-out rows."""
    texts = [
        f"{_quote_row(row)}: {name} ({Language(language).label})" for row, name, language in _held_text_labels(done)
    ]
    found = [
        (_("Made again, since it was deleted:"), [_quote_row(row) for row in done.recreated]),
        (_("Held back, since that edition does not have it:"), [_quote_row(row) for row in done.held_back] + texts),
        (_("Left out:"), done.left_out),
    ]
    return [(heading, names) for heading, names in found if names]


def _held_text_labels(done: RestoreResult):
    """Return (row, label, language) of the texts that were held back."""
    return [(row, labels.get_key_label(type(row), name), language) for row, name, language in done.held_texts]


def _quote_row(row) -> str:
    """Return the kind and name of a row."""
    return f"{capfirst(str(row._meta.verbose_name))} “{row}”"
