"""Pages of redaction: choosing what must go, and the review by a second administrator of what would be removed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from record.choices import Language
from record.dates import FuzzyDate
from record.formatting import format_fuzzy_date
from record.languages import LANGUAGES, detect_language
from record.queries import load_references

from ...actions.redact import REDACT_PERMISSION, confirm_redaction, drop_redaction, dry_run_redaction, propose_redaction
from ...documents.deserialize import KeyKind
from ...documents.redactable import CHANGE_NOTES, RedactablePart, list_redactable_parts, parse_redactable_path
from ...documents.registry import get_row_key, get_row_type
from ...models import Redaction
from ..diff import labels
from ..editing.forms import WithdrawForm
from .workflow_views import WorkflowView, workflow_url

MAX_REDACTION_PARTS = 200  # other parts linked on one page; the rest appears once some of these are redacted


@dataclass(frozen=True)
class RedactionChoice:
    """A field that can be ticked, with all values it ever had.

    `language`: of the values, "" where each states its own. `other_script`: the name of the other Chinese script, if
    that text is redacted with it.
    """

    path: str
    label: str
    language: str
    values: list[tuple[str, str]]
    ticked: bool
    other_script: str


class RedactView(WorkflowView):
    """The page that proposes a redaction: the fields of one part of the root, the other parts, earlier proposals."""

    name = "redact"
    permission = REDACT_PERMISSION
    template_name = "admin/redact.html"
    title = gettext_lazy("Redact “%(name)s”")
    form_class = WithdrawForm

    def get_context(self, form):
        parts = list_redactable_parts(get_row_type(self.row), self.row.content_id)
        wanted = self.request.GET.get("part") or str(self.row.content_id)
        part = next((each for each in parts if each.content_id == wanted), None)
        return {
            "choices": _build_choices(part, self.request.POST.getlist("fields")) if part else [],
            "notes": CHANGE_NOTES if part and part.content_id == str(self.row.content_id) else "",
            "part": part and _present_part(part),
            "parts": [_present_part(each) for each in parts if each is not part][:MAX_REDACTION_PARTS],
            "proposals": [_present_proposal(self.row, each) for each in _find_redactions(self.row)],
        }

    def perform(self, form):
        """Propose the redaction of the ticked fields, and lead to the proposal."""
        proposed = propose_redaction(
            root=get_row_key(self.row),
            fields=self.request.POST.getlist("fields"),
            reason=form.to_document(),
            by=self.request.user,
        )
        messages.success(self.request, _("Proposed. Nothing is redacted before another administrator confirms it."))
        return workflow_url(self.row, "redaction", proposed.pk)


class RedactionView(WorkflowView):
    """The page of a proposed redaction, with all editions it would change: it confirms or drops it."""

    name = "redaction"
    route = "<int:pk>/redact/<int:redaction>/"
    permission = REDACT_PERMISSION
    template_name = "admin/redaction.html"
    title = gettext_lazy("Redaction of “%(name)s”")

    @cached_property
    def redaction(self) -> Redaction:
        """Load the redaction of the URL."""
        return get_object_or_404(_find_redactions(self.row), pk=self.kwargs["redaction"])

    def get_context(self, form):
        redaction, reason = self.redaction, self.redaction.reason
        return {
            "redaction": redaction,
            "fields": _present_chosen_fields(self.row, redaction),
            "reason": [(language, reason[language]) for language in LANGUAGES if reason.get(language)],
            "things": [] if redaction.closed_at else _list_affected_things(redaction),
            "own": redaction.proposed_by == self.request.user,
        }

    def perform(self, form):
        """Confirm or drop the proposal, by the button pressed."""
        if "_confirm" in self.request.POST:
            confirm_redaction(redaction=self.redaction, by=self.request.user)
            told = _("Redacted. The words are gone from every edition and from the newsroom.")
        else:
            drop_redaction(redaction=self.redaction, by=self.request.user)
            told = _("The proposal is dropped. Nothing was redacted.")
        messages.success(self.request, told)
        return workflow_url(self.row, "redact")


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
            Language(_path_language(part.other_script_paths[path])).label if path in part.other_script_paths else "",
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
        together |= part.other_script_paths
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
    names = load_references(purged.editions)
    own = row.type, str(row.content_id)
    for key, count in sorted(purged.editions.items(), key=lambda item: (own not in purged.roots[item[0]], item)):
        yield {
            "kind": labels.kind_of_type(key[0]),
            "title": labels.localize_title(key[0], names.get(key, {}).get("title")),
            "count": count,
            "other": own not in purged.roots[key],
        }
