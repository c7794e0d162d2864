"""Pages of redaction: choosing what must go, and the review by a second administrator of what would be removed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from record.choices import Language
from record.dates import FuzzyDate
from record.formatting import format_fuzzy_date
from record.languages import LANGUAGES, detect_language

from ...actions.permissions import ActionError
from ...actions.redact import REDACT_PERMISSION, confirm_redaction, drop_redaction, dry_run_redaction, propose_redaction
from ...documents.changeset import get_record_names
from ...documents.deserialize import KeyKind
from ...documents.redactable import CHANGE_NOTES, RedactablePart, list_redactable_parts, parse_redactable_path
from ...documents.registry import get_row_key, get_row_type
from ...models import Redaction
from ..diff import labels
from ..editing.forms import WithdrawForm
from ..editing.restored_posts import restored_initial
from .workflow_views import WorkflowMixin, workflow_url

MAX_REDACTION_PARTS = 200  # other parts linked on one page; the rest appears once some of these are redacted


@dataclass(frozen=True)
class RedactionChoice:
    """A field that can be ticked, with all values it ever had.

    `language`: of the values, "" where each states its own. `takes_along`: the name of the other Chinese script, if
    that text is redacted with it.
    """

    path: str
    label: str
    language: str
    values: list[tuple[str, str]]
    ticked: bool
    takes_along: str


class RedactionMixin(WorkflowMixin):
    """Mixin with the pages of redaction for the admin of a root; for administrators."""

    def get_urls(self):
        name, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("<int:pk>/redact/", view(self.redact_view), name=f"{name}_redact"),
            path("<int:pk>/redact/<int:redaction>/", view(self.redaction_view), name=f"{name}_redaction"),
            *super().get_urls(),
        ]

    @method_decorator(never_cache)
    def redact_view(self, request, pk):
        """Show the fields of one part of the root, the other parts and earlier proposals; propose on POST."""
        root = self.root_or_404(request, pk, REDACT_PERMISSION)
        parts = list_redactable_parts(get_row_type(root), root.content_id)
        wanted = request.GET.get("part") or str(root.content_id)
        part = next((each for each in parts if each.content_id == wanted), None)
        form = WithdrawForm(request.POST or None, initial=restored_initial(request))
        refused, status = "", 200
        if request.method == "POST" and form.is_valid():
            try:
                return HttpResponseRedirect(self._propose(request, root, form))
            except ActionError as error:
                refused, status = str(error), 409
        context = {
            "choices": _build_choices(part, request.POST.getlist("fields")) if part else [],
            "notes": CHANGE_NOTES if part and part.content_id == str(root.content_id) else "",
            "part": part and _present_part(part),
            "parts": [_present_part(each) for each in parts if each is not part][:MAX_REDACTION_PARTS],
            "proposals": [_present_proposal(root, each) for each in _find_redactions(root)],
            "refused": refused,
            "form": form,
            "title": _("Redact “%(name)s”") % {"name": root},
        }
        return self._page(request, root, "admin/redact.html", context, status)

    def _propose(self, request, root, form: WithdrawForm) -> str:
        """Propose the redaction of the ticked fields; return the URL of the proposal. Raises Refused."""
        proposed = propose_redaction(
            root=get_row_key(root),
            fields=request.POST.getlist("fields"),
            reason=form.text(),
            by=request.user,
        )
        messages.success(request, _("Proposed. Nothing is redacted before another administrator confirms it."))
        return workflow_url(root, "redaction", proposed.pk)

    @method_decorator(never_cache)
    def redaction_view(self, request, pk, redaction):
        """Show a proposed redaction with all editions it would change; confirm or drop it on POST."""
        root = self.root_or_404(request, pk, REDACT_PERMISSION)
        row = get_object_or_404(_find_redactions(root), pk=redaction)
        refused, status = "", 200
        if request.method == "POST":
            try:
                self._close(request, row)
                return HttpResponseRedirect(workflow_url(root, "redact"))
            except ActionError as error:
                refused, status = str(error), 409
        context = {
            "redaction": row,
            "fields": _present_chosen_fields(root, row),
            "reason": [(language, row.reason[language]) for language in LANGUAGES if row.reason.get(language)],
            "things": [] if row.closed_at else _list_affected_things(row),
            "own": row.proposed_by == request.user,
            "refused": refused,
            "title": _("Redaction of “%(name)s”") % {"name": root},
        }
        return self._page(request, root, "admin/redaction.html", context, status)

    def _close(self, request, row: Redaction) -> None:
        """Confirm or drop the proposal, by the button pressed. Raises Refused."""
        if "_confirm" in request.POST:
            confirm_redaction(redaction=row, by=request.user)
            messages.success(request, _("Redacted. The words are gone from every edition and from the newsroom."))
        else:
            drop_redaction(redaction=row, by=request.user)
            messages.success(request, _("The proposal is dropped. Nothing was redacted."))


def _find_redactions(root):
    """Return the redactions of a root, newest first."""
    rows = Redaction.objects.filter(type=get_row_type(root), content_id=root.content_id)
    return rows.select_related("proposed_by", "confirmed_by", "dropped_by").order_by("-pk")


def _present_proposal(root, row: Redaction) -> dict:
    """Return the template context of a proposed redaction."""
    return {
        "row": row,
        "url": workflow_url(root, "redaction", row.pk),
        "fields": [_path_label(path) for path in row.fields],
    }


def _present_part(part: RedactablePart) -> dict:
    """Return the template context of a part: its id and its name with its kind."""
    kind = capfirst(str(part.model._meta.verbose_name))
    return {"content_id": part.content_id, "name": f"{kind}: {part.name}" if part.name else kind}


def _build_choices(part: RedactablePart, ticked: Iterable[str] = ()) -> list[RedactionChoice]:
    """Return the fields of a part as choices; `ticked` holds the paths that were chosen before."""
    return [
        RedactionChoice(
            path,
            _path_label(path, kind=False),
            _path_language(path),
            [_format_old_value(value) for value in values],
            path in ticked,
            Language(_path_language(part.together[path])).label if path in part.together else "",
        )
        for path, values in part.values.items()
    ]


def _present_chosen_fields(root, row: Redaction) -> list[dict]:
    """Return the fields of a redaction with their values, and the other script where it goes along.

    A closed redaction shows no values: the words are gone, or the proposal was dropped.
    """
    said: dict[str, list] = {}
    together: dict[str, str] = {}
    for part in list_redactable_parts(get_row_type(root), root.content_id):
        said |= part.values
        together |= part.together
    paths = dict.fromkeys(each for path in row.fields for each in (path, together.get(path)) if each)
    shown = {} if row.closed_at else said
    return [
        {
            "label": _path_label(path),
            "language": _path_language(path),
            "values": [_format_old_value(each) for each in shown.get(path, [])],
        }
        for path in paths
    ]


def _path_label(path: str, *, kind: bool = True) -> str:
    """Return what editors call a field: its kind (if `kind`), its label, and its language or part in brackets."""
    if path == CHANGE_NOTES:
        return _("All its change notes and reasons of withdrawal")
    field = parse_redactable_path(path)
    label = capfirst(labels.get_key_label(field.model, field.key))
    if field.field.part:
        part = Language(field.field.part).label if field.kind is KeyKind.TEXT else _("the words used")
        label = f"{label} ({part})"
    return f"{capfirst(str(field.model._meta.verbose_name))}: {label}" if kind else label


def _path_language(path: str) -> str:
    """Return the language in which a path ends; "" if it ends in none."""
    return next((part for part in path.split("/")[-1:] if part in LANGUAGES), "")


def _format_old_value(value) -> tuple[str, str]:
    """Return (words, their language) of a value."""
    if isinstance(value, dict):
        date = FuzzyDate.from_document(value)
        words = " – ".join(filter(None, [format_fuzzy_date(date), value["phrase"]]))
    else:
        words = ", ".join(value) if isinstance(value, list) else str(value)
    return words, detect_language(words)


def _list_affected_things(row: Redaction) -> Iterator[dict]:
    """Yield every object whose editions hold the words, the redacted root's own first, with the number of editions."""
    purged = dry_run_redaction(row)
    names = get_record_names(purged.editions)
    own = row.type, str(row.content_id)
    for key, count in sorted(purged.editions.items(), key=lambda item: (own not in purged.roots[item[0]], item)):
        yield {
            "kind": labels.kind_of_type(key[0]),
            "title": labels.localize_title(key[0], names.get(key, {}).get("title")),
            "count": count,
            "other": own not in purged.roots[key],
        }
