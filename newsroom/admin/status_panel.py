"""The status panel on top of every form: the state of the root, and what can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.contrib.admin.utils import display_for_field, label_for_field
from django.urls import reverse
from django.utils.translation import gettext as _

from record.choices import ChangeAction, Language
from record.dates import hong_kong_day
from record.formatting import format_day, format_exact_hkd
from record.languages import localize
from record.models import LIVE, Change, edition_classes

from ..actions.permissions import perm
from ..choices import RootState
from ..documents.changeset import get_public_state
from ..documents.drafts import build_draft
from ..documents.registry import get_row_type
from ..documents.workflow_state import get_workflow_states
from .diff import labels
from .diff.completeness import Completeness, assess_completeness
from .editing.changelists import format_state_badge
from .workflow.confirm import get_confirm_button
from .workflow.workflow_messages import describe_workflow as underway_told
from .workflow.workflow_views import workflow_url


@dataclass(frozen=True)
class PanelButton:
    """A button without a page of its own: a POST to `url`.

    `seen_digest`: the digest of what it concerns, as shown.
    """

    label: str
    url: str
    seen_digest: str = ""


@dataclass(frozen=True)
class StatusPanel:
    """Content of the status panel.

    URLs are "" where the user may not, or nothing is there to do.
    """

    root: object
    states: list[RootState]  # of publishing, then of the workflow where that differs
    is_root_form: bool
    title: str
    publish_url: str
    withdraw_url: str
    root_url: str
    review_url: str
    unschedule_url: str
    compare_url: str
    editions_url: str
    public_url: str  # of the site's page, or of the notice of its withdrawal; "" if it was never public
    api_url: str  # of the same in the API
    previews: list[tuple[str, str, str]]  # (language, its name, URL)
    share_url: str
    redact_url: str
    scope_note: str
    completeness: Completeness | None
    buttons: list[PanelButton] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def badges(self):
        """The badges of the states."""
        return [format_state_badge(state) for state in self.states]

    @property
    def withdrawn(self) -> bool:
        """True if the root is withdrawn."""
        return RootState.WITHDRAWN in self.states


def build_status_panel(request, row, root, *, buttons=(), notes=()) -> StatusPanel:
    """Build the status panel of a row that is published with `root`.

    `buttons`, `notes`: additional ones of the row's admin class.
    """
    draft = build_draft(root)
    state = get_public_state(draft)
    state_now = get_workflow_states(get_row_type(root), [root.content_id]).get(str(root.content_id), state)
    back = urlencode({"next": request.path})
    may = request.user.has_perm
    live = state in (RootState.PUBLISHED, RootState.CHANGED)
    return StatusPanel(
        root=root,
        states=[state] if state_now == state else [state, state_now],
        is_root_form=row == root,
        title=f"{labels.kind_of_type(get_row_type(root))}: {root}",
        publish_url=f"{workflow_url(root, 'publish')}?{back}" if may("record.publish") else "",
        withdraw_url=f"{workflow_url(root, 'withdraw')}?{back}" if live and may("record.withdraw") else "",
        review_url=f"{workflow_url(root, 'review')}?{back}",
        unschedule_url=workflow_url(root, "unschedule")
        if state_now == RootState.SCHEDULED and may("record.publish")
        else "",
        compare_url=f"{workflow_url(root, 'compare')}?{back}" if live else "",
        editions_url=f"{workflow_url(root, 'editions')}?{back}" if state != RootState.DRAFT else "",
        root_url=labels.change_form_url(type(root), root.pk),
        **_public_urls(root),
        previews=[(each.value, each.label, workflow_url(root, "preview", each.value)) for each in Language],
        share_url=workflow_url(root, "previews") if may(perm(root, "change")) else "",
        redact_url=workflow_url(root, "redact") if state != RootState.DRAFT and may("newsroom.redact") else "",
        scope_note=_describe_scope(row, root),
        completeness=assess_completeness(draft, row),
        buttons=[*buttons, *(PanelButton(*each) for each in filter(None, [get_confirm_button(request, row)]))],
        notes=[*(_describe_withdrawal(root) if state == RootState.WITHDRAWN else ()), *underway_told(root), *notes],
    )


def _public_urls(root) -> dict[str, str]:
    """Return the URLs of the root's public page and of its API resource.

    A withdrawn root has them too: they lead to its notice. Both are "" for a root that was never public.
    """
    edition_class = edition_classes()[get_row_type(root)]
    live = edition_class.history.filter(LIVE, content_id=root.content_id)
    slug = live.values_list("slug", flat=True).first()
    if slug is None:
        return {"public_url": "", "api_url": ""}
    api = reverse(f"api:{edition_class.url_prefix}-detail", args=[root.content_id])
    return {"public_url": reverse(edition_class.type, args=[slug]), "api_url": api}


def _describe_withdrawal(root) -> list[str]:
    """Return one sentence: when, by whom and why the root was withdrawn."""
    withdrawals = Change.objects.filter(content_id=root.content_id, action=ChangeAction.WITHDRAWN)
    change = withdrawals.select_related("publication__by").latest("pk")
    facts = {
        "day": format_day(hong_kong_day(change.publication.published_at)),
        "who": change.publication.by,
        "reason": localize(change.note, labels.editor_language())[0],
    }
    return [_("Withdrawn on %(day)s by %(who)s. Readers are told: “%(reason)s”") % facts]


def _describe_scope(row, root) -> str:
    """Return the sentence that says what publishing and withdrawing from this form act on."""
    if row == root:
        return _("Publishing and withdrawing act on “%(root)s” with everything that belongs to it.") % {"root": root}
    return _("This belongs to “%(root)s”. Publish publishes “%(root)s” with everything that belongs to it.") % {
        "root": root
    }


MAX_CHILD_ROWS = 100


@dataclass(frozen=True)
class ChildTable:
    """A table of child rows on the form of their parent.

    `parent`: the foreign key to it. `columns`: the fields shown; one of whole Hong Kong dollars ends in “_hkd”.
    """

    model: type
    parent: str
    columns: tuple[str, ...]

    def table(self, request, row, may_add: Callable) -> dict:
        """Return the template context of the table: headings, at most MAX_CHILD_ROWS rows, and URLs.

        `may_add(request, model)` decides about the link to add a row.
        """
        options = self.model._meta
        children = self._children(row)
        more = (
            f"{reverse(f'admin:{options.app_label}_{options.model_name}_changelist')}?{self.parent}__id__exact={row.pk}"
        )
        add = f"{reverse(f'admin:{options.app_label}_{options.model_name}_add')}?{urlencode({self.parent: row.pk})}"
        return {
            "relation": self.model._meta.get_field(self.parent).remote_field.related_name,
            "heading": options.verbose_name_plural,
            "name": options.verbose_name,
            "more_url": more if len(children) > MAX_CHILD_ROWS else "",
            "add_url": add if may_add(request, self.model) else "",
            "columns": [label_for_field(name, self.model) for name in self.columns],
            "rows": [
                {
                    "title": str(child),
                    "url": labels.change_form_url(self.model, child.pk),
                    "held_back": child.held_back,
                    "cells": [self._cell(child, name) for name in self.columns],
                }
                for child in children[:MAX_CHILD_ROWS]
            ],
        }

    def _children(self, row) -> list:
        """Load the rows, and one more than are shown if there are more; one query."""
        related = [name for name in (self.parent, *self.columns) if self.model._meta.get_field(name).is_relation]
        children = self.model._default_manager.filter(**{self.parent: row}).select_related(*related)
        return list(children[: MAX_CHILD_ROWS + 1])

    def _cell(self, child, name: str):
        """Return a value as shown in its cell."""
        value = getattr(child, name)
        if name.endswith("_hkd") and value is not None:
            return format_exact_hkd(value)
        return display_for_field(value, self.model._meta.get_field(name), "–")
