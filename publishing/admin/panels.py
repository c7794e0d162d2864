"""The status panel on top of every form: the state of the root, and what can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.contrib.admin.utils import display_for_field, label_for_field
from django.urls import reverse
from django.utils.translation import gettext as _

from ..choices import Action, Language
from ..dates import hong_kong_day
from ..documents import draft_of, state_of, type_of, underway
from ..editions import LIVE, Change, edition_classes
from ..languages import say
from ..shapes.wording import day_in_words, exact_sum
from ..states import State
from . import summaries
from .completeness import Completeness, completeness
from .confirming import confirm_button
from .lists import badge
from .underway import told as underway_told
from .verbs import verb_url


@dataclass(frozen=True)
class Button:
    """A button without a page of its own: a POST to `url`.

    `seen`: the digest of what it concerns, as shown.
    """

    label: str
    url: str
    seen: str = ""


@dataclass(frozen=True)
class Panel:
    """Content of the status panel.

    URLs are "" where the user may not, or nothing is there to do.
    """

    root: object
    states: list[State]  # of publishing, then of the workflow where that differs
    own: bool  # the form is that of the root itself
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
    says: str
    completeness: Completeness | None
    buttons: list[Button] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def badges(self):
        """The badges of the states."""
        return [badge(state) for state in self.states]

    @property
    def withdrawn(self) -> bool:
        """True if the root is withdrawn."""
        return State.WITHDRAWN in self.states


def panel_of(request, row, root, *, buttons=(), notes=()) -> Panel:
    """Build the status panel of a row that is published with `root`.

    `buttons`, `notes`: additional ones of the row's admin class.
    """
    draft = draft_of(root)
    state = state_of(draft)
    state_now = underway(type_of(root), [root.content_id]).get(str(root.content_id), state)
    back = urlencode({"next": request.path})
    may = request.user.has_perm
    live = state in (State.PUBLISHED, State.CHANGED)
    return Panel(
        root=root,
        states=[state] if state_now == state else [state, state_now],
        own=row == root,
        title=f"{summaries.kind_of(type_of(root))}: {root}",
        publish_url=f"{verb_url(root, 'publish')}?{back}" if may("publishing.publish") else "",
        withdraw_url=f"{verb_url(root, 'withdraw')}?{back}" if live and may("publishing.withdraw") else "",
        review_url=f"{verb_url(root, 'review')}?{back}",
        unschedule_url=verb_url(root, "unschedule")
        if state_now == State.SCHEDULED and may("publishing.publish")
        else "",
        compare_url=f"{verb_url(root, 'compare')}?{back}" if live else "",
        editions_url=f"{verb_url(root, 'editions')}?{back}" if state != State.DRAFT else "",
        root_url=summaries.form_url(type(root), root.pk),
        **_public(root),
        previews=[(each.value, each.label, verb_url(root, "preview", each.value)) for each in Language],
        share_url=verb_url(root, "previews") if may(_change(root)) else "",
        redact_url=verb_url(root, "redact") if state != State.DRAFT and may("publishing.redact") else "",
        says=_says(row, root),
        completeness=completeness(draft, row),
        buttons=[*buttons, *(Button(*each) for each in filter(None, [confirm_button(request, row)]))],
        notes=[*(_withdrawal(root) if state == State.WITHDRAWN else ()), *underway_told(root), *notes],
    )


def _public(root) -> dict[str, str]:
    """Return the URLs of the root's public page and of its API resource.

    A withdrawn root has them too: they lead to its notice. Both are "" for a root that was never public.
    """
    edition_class = edition_classes()[type_of(root)]
    live = edition_class.history.filter(LIVE, content_id=root.content_id)
    slug = live.values_list("slug", flat=True).first()
    if slug is None:
        return {"public_url": "", "api_url": ""}
    api = reverse(f"api:{edition_class.plural}-detail", args=[root.content_id])
    return {"public_url": reverse(edition_class.type, args=[slug]), "api_url": api}


def _withdrawal(root) -> list[str]:
    """Return one sentence: when, by whom and why the root was withdrawn."""
    withdrawals = Change.objects.filter(content_id=root.content_id, action=Action.WITHDRAWN)
    change = withdrawals.select_related("publication__by").latest("pk")
    facts = {
        "day": day_in_words(hong_kong_day(change.publication.published_at)),
        "who": change.publication.by,
        "reason": say(change.note, summaries.language())[0],
    }
    return [_("Withdrawn on %(day)s by %(who)s. Readers are told: “%(reason)s”") % facts]


def _change(root) -> str:
    """Return the permission to change the root, as “app.change_model”."""
    return f"{root._meta.app_label}.change_{root._meta.model_name}"


def _says(row, root) -> str:
    """Return the sentence that says what publishing and withdrawing from this form act on."""
    if row == root:
        return _("Publishing and withdrawing act on “%(root)s” with everything that belongs to it.") % {"root": root}
    return _("This belongs to “%(root)s”. Publish publishes “%(root)s” with everything that belongs to it.") % {
        "root": root
    }


MOST_LISTED = 100


@dataclass(frozen=True)
class Listing:
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
            "more_url": more if len(children) > MOST_LISTED else "",
            "add_url": add if may_add(request, self.model) else "",
            "columns": [label_for_field(name, self.model) for name in self.columns],
            "rows": [
                {
                    "title": str(child),
                    "url": summaries.form_url(self.model, child.pk),
                    "held_back": child.held_back,
                    "cells": [self._cell(child, name) for name in self.columns],
                }
                for child in children[:MOST_LISTED]
            ],
        }

    def _children(self, row) -> list:
        """Load the rows, and one more than are shown if there are more; one query."""
        related = [name for name in (self.parent, *self.columns) if self.model._meta.get_field(name).is_relation]
        children = self.model._default_manager.filter(**{self.parent: row}).select_related(*related)
        return list(children[: MOST_LISTED + 1])

    def _cell(self, child, name: str):
        """Return a value as shown in its cell."""
        value = getattr(child, name)
        if name.endswith("_hkd") and value is not None:
            return exact_sum(value)
        return display_for_field(value, self.model._meta.get_field(name), "–")
