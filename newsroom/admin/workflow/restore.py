"""The page that restores an earlier edition into the working copy: what would change, and the button to do it."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from record.choices import Language
from record.formatting import format_moment
from record.models import Publication

from ...actions.permissions import ActionError
from ...actions.restore import RestoreResult, documents_after_publication, restore
from ...documents.changeset import resolve_draft
from ...documents.drafts import Draft, build_draft
from ...documents.registry import get_row_type
from ..diff import labels
from ..diff.diff_context import build_diff_context
from .compare import CompareMixin

MAX_NAMES_IN_MESSAGE = 10  # rows named in one message


class RestoreMixin(CompareMixin):
    """Mixin with the page of restoring for the admin of a root; for those who may change it."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(self.restore_view)
        return [path("<int:pk>/restore/<int:publication>/", view, name=name), *super().get_urls()]

    @method_decorator(never_cache)
    def restore_view(self, request, pk, publication):
        """Show what restoring the state after a publication would change; restore on POST."""
        root = self.root_or_404(request, pk)
        if not self.has_change_permission(request, root):
            raise PermissionDenied
        publication, draft = get_object_or_404(Publication, pk=publication), build_draft(root)
        when = format_moment(publication.published_at)
        context, status = {"title": _("Restore “%(name)s”") % {"name": root}, "when": when}, 200
        try:
            if request.method == "POST":
                self._restore(request, root, publication, draft.digest)
                return HttpResponseRedirect(labels.change_form_url(type(root), root.pk))
        except ActionError as error:
            context["refused"], status = str(error), 409
        try:
            context |= _build_restore_diff(draft, publication)
        except ActionError as error:
            context |= {"refused": str(error), "impossible": True}
            status = 409
        return self._page(request, root, "admin/restore.html", context | {"seen": draft.digest}, status)

    def _restore(self, request, root, publication: Publication, seen: str) -> None:
        """Restore the edition, and tell the editor what else happened to the rows.

        Raises Refused, also if the working copy is not as it was shown (`seen`).
        """
        if request.POST.get("seen") != seen:
            raise ActionError(_("This was changed since you opened the page. Look at it again."))
        done = restore(
            root_type=get_row_type(root), content_id=root.content_id, at_publication=publication, by=request.user
        )
        told = _("“%(name)s” reads as it was public on %(when)s. Readers see nothing of this until it is published.")
        messages.success(request, told % {"name": root, "when": format_moment(publication.published_at)})
        for heading, names in _list_side_effects(done):
            shown, more = names[:MAX_NAMES_IN_MESSAGE], len(names) - MAX_NAMES_IN_MESSAGE
            if more > 0:
                shown.append(ngettext("and %d more", "and %d more", more) % more)
            listed = format_html_join("", "<li>{}</li>", ((name,) for name in shown))
            messages.warning(request, format_html("{}<ul>{}</ul>", heading, listed))


def _build_restore_diff(draft: Draft, publication: Publication) -> dict:
    """Return the diff from the working copy to what was public then.

    Other objects have the names they have now. Raises Refused if the state cannot be restored.
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
