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

from ..actions import Refused, confirm_redaction, drop_redaction, propose_redaction
from ..actions.redacting import REDACT, effect_of
from ..choices import Language
from ..dates import FuzzyDate
from ..documents import key_of, type_of
from ..documents.plans import names_in_record
from ..documents.redactable import CHANGE_NOTES, Part, named, redactable
from ..documents.reverse import Kind
from ..languages import LANGUAGES, language_of
from ..models import Redaction
from ..shapes.wording import date_in_words
from . import summaries
from .forms import WithdrawForm
from .unsaved import typed
from .verbs import Verbs, verb_url

MOST = 200  # other parts linked on one page; the rest appears once some of these are redacted


@dataclass(frozen=True)
class Choice:
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


class Redacting(Verbs):
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
        root = self.root_or_404(request, pk, REDACT)
        parts = redactable(type_of(root), root.content_id)
        wanted = request.GET.get("part") or str(root.content_id)
        part = next((each for each in parts if each.content_id == wanted), None)
        form = WithdrawForm(request.POST or None, initial=typed(request))
        refused, status = "", 200
        if request.method == "POST" and form.is_valid():
            try:
                return HttpResponseRedirect(self._propose(request, root, form))
            except Refused as error:
                refused, status = str(error), 409
        context = {
            "choices": _choices(part, request.POST.getlist("fields")) if part else [],
            "notes": CHANGE_NOTES if part and part.content_id == str(root.content_id) else "",
            "part": part and _told(part),
            "parts": [_told(each) for each in parts if each is not part][:MOST],
            "proposals": [_proposal(root, each) for each in _redactions_of(root)],
            "refused": refused,
            "form": form,
            "title": _("Redact “%(name)s”") % {"name": root},
        }
        return self._page(request, root, "admin/redact.html", context, status)

    def _propose(self, request, root, form: WithdrawForm) -> str:
        """Propose the redaction of the ticked fields; return the URL of the proposal. Raises Refused."""
        proposed = propose_redaction(
            root=key_of(root),
            fields=request.POST.getlist("fields"),
            reason=form.text(),
            by=request.user,
        )
        messages.success(request, _("Proposed. Nothing is redacted before another administrator confirms it."))
        return verb_url(root, "redaction", proposed.pk)

    @method_decorator(never_cache)
    def redaction_view(self, request, pk, redaction):
        """Show a proposed redaction with all editions it would change; confirm or drop it on POST."""
        root = self.root_or_404(request, pk, REDACT)
        row = get_object_or_404(_redactions_of(root), pk=redaction)
        refused, status = "", 200
        if request.method == "POST":
            try:
                self._close(request, row)
                return HttpResponseRedirect(verb_url(root, "redact"))
            except Refused as error:
                refused, status = str(error), 409
        context = {
            "redaction": row,
            "fields": _chosen(root, row),
            "reason": [(language, row.reason[language]) for language in LANGUAGES if row.reason.get(language)],
            "things": [] if row.closed_at else _things(row),
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


def _redactions_of(root):
    """Return the redactions of a root, newest first."""
    rows = Redaction.objects.filter(type=type_of(root), content_id=root.content_id)
    return rows.select_related("proposed_by", "confirmed_by", "dropped_by").order_by("-pk")


def _proposal(root, row: Redaction) -> dict:
    """Return the template context of a proposed redaction."""
    return {"row": row, "url": verb_url(root, "redaction", row.pk), "fields": [_label(path) for path in row.fields]}


def _told(part: Part) -> dict:
    """Return the template context of a part: its id and its name with its kind."""
    kind = capfirst(str(part.model._meta.verbose_name))
    return {"content_id": part.content_id, "name": f"{kind}: {part.name}" if part.name else kind}


def _choices(part: Part, ticked: Iterable[str] = ()) -> list[Choice]:
    """Return the fields of a part as choices; `ticked` holds the paths that were chosen before."""
    return [
        Choice(
            path,
            _label(path, kind=False),
            _language(path),
            [_shown(value) for value in values],
            path in ticked,
            Language(_language(part.together[path])).label if path in part.together else "",
        )
        for path, values in part.values.items()
    ]


def _chosen(root, row: Redaction) -> list[dict]:
    """Return the fields of a redaction with their values, and the other script where it goes along.

    A closed redaction shows no values: the words are gone, or the proposal was dropped.
    """
    said: dict[str, list] = {}
    together: dict[str, str] = {}
    for part in redactable(type_of(root), root.content_id):
        said |= part.values
        together |= part.together
    paths = dict.fromkeys(each for path in row.fields for each in (path, together.get(path)) if each)
    shown = {} if row.closed_at else said
    return [
        {"label": _label(path), "language": _language(path), "values": [_shown(each) for each in shown.get(path, [])]}
        for path in paths
    ]


def _label(path: str, *, kind: bool = True) -> str:
    """Return what editors call a field: its kind (if `kind`), its label, and its language or part in brackets."""
    if path == CHANGE_NOTES:
        return _("All its change notes and reasons of withdrawal")
    field = named(path)
    label = capfirst(summaries.label_of(field.model, field.key))
    if field.field.part:
        part = Language(field.field.part).label if field.kind is Kind.TEXT else _("the words used")
        label = f"{label} ({part})"
    return f"{capfirst(str(field.model._meta.verbose_name))}: {label}" if kind else label


def _language(path: str) -> str:
    """Return the language in which a path ends; "" if it ends in none."""
    return next((part for part in path.split("/")[-1:] if part in LANGUAGES), "")


def _shown(value) -> tuple[str, str]:
    """Return (words, their language) of a value."""
    if isinstance(value, dict):
        date = FuzzyDate.from_document(value)
        words = " – ".join(filter(None, [date_in_words(date), value["phrase"]]))
    else:
        words = ", ".join(value) if isinstance(value, list) else str(value)
    return words, language_of(words)


def _things(row: Redaction) -> Iterator[dict]:
    """Yield every object whose editions hold the words, the redacted root's own first, with the number of editions."""
    purged = effect_of(row)
    names = names_in_record(purged.editions)
    own = row.type, str(row.content_id)
    for key, count in sorted(purged.editions.items(), key=lambda item: (own not in purged.roots[item[0]], item)):
        yield {
            "kind": summaries.kind_of(key[0]),
            "title": summaries.title_of(key[0], names.get(key, {}).get("title")),
            "count": count,
            "other": own not in purged.roots[key],
        }
