"""Pages of a root's editions: the list of its publications, and any two states side by side."""

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from record.choices import UpdateType
from record.formatting import format_moment
from record.languages import localize
from record.models import Change, Publication, edition_classes
from record.queries import documents_at

from ...documents.history import documents_after_changeset
from ...documents.registry import get_row_key
from ..diff import labels
from ..diff.diff_context import build_diff_context
from .publish_preview import PublishProposal
from .workflow_views import WorkflowView, workflow_url

LIVE_SIDE, WORKING_SIDE = "live", "working"


@dataclass(frozen=True)
class ComparedSide:
    """One side of a comparison: its title and documents."""

    title: str
    documents: list[dict]


@dataclass(frozen=True)
class RootPublication:
    """A publication that touched a root or what belongs to it.

    `number`: of the root's edition after it, None before the first. `restore_url`: "" if nothing of the root was
    public after it.
    """

    publication: Publication
    number: int | None
    restore_url: str
    title: str
    kinds: str
    action: str
    update_type: str
    note: str
    note_language: str


class CompareView(WorkflowView):
    """Two states of a root side by side, for everybody who may see its form.

    The parameters `from` and `to` are each "live" (the default of `from`), "working" (that of `to`) or the id of a
    publication.
    """

    name = "compare"
    template_name = "admin/compare.html"
    title = gettext_lazy("Compare “%(name)s”")
    http_method_names = ("get", "head", "options")

    def get_context(self, form):
        asked = [self.request.GET.get("from", LIVE_SIDE), self.request.GET.get("to", WORKING_SIDE)]
        old, new = (_load_side(self.row, each) for each in asked)
        linked = asked[1] == WORKING_SIDE
        return build_diff_context(old.documents, new.documents, linked=linked, unfolded=True) | {
            "old": old,
            "new": new,
            "editions_url": workflow_url(self.row, "editions"),
        }


class EditionsView(WorkflowView):
    """The list of the publications that touched a root, for everybody who may see its form."""

    name = "editions"
    template_name = "admin/editions.html"
    title = gettext_lazy("Editions of “%(name)s”")
    http_method_names = ("get", "head", "options")

    def get_context(self, form):
        return {
            "acts": list_root_publications(self.row),
            "compare_url": workflow_url(self.row, "compare"),
            "may_restore": self.model_admin.has_change_permission(self.request, self.row),
        }


def _load_side(root, asked: str) -> ComparedSide:
    """Load the side named "live", "working", or by the id of a publication that touched the root.

    Raises Http404 for anything else.
    """
    if asked == LIVE_SIDE:
        return ComparedSide(_("what is public"), documents_at(get_row_key(root)))
    if asked == WORKING_SIDE:
        return ComparedSide(
            _("the working copy"), documents_after_changeset(get_row_key(root), PublishProposal.from_root(root).plan)
        )
    found = next((act for act in list_root_publications(root) if str(act.publication.pk) == asked), None)
    if found is None:
        raise Http404
    return ComparedSide(found.title, documents_at(get_row_key(root), found.publication.published_at))


def list_root_publications(root) -> list[RootPublication]:
    """Return every publication that touched a root or what belongs to it, newest first; two queries."""
    type, content_id = get_row_key(root)
    changes = Change.objects.filter(root_type=type, root_content_id=content_id).order_by("-publication_id", "pk")
    by_publication: dict[Publication, list[Change]] = {}
    for change in changes.select_related("publication__by", "publication__approved_by"):
        by_publication.setdefault(change.publication, []).append(change)
    history = edition_classes()[type].history.filter(content_id=content_id).order_by("live_from")
    editions = list(history.values_list("live_from", "number", "tombstone"))
    return [_build_root_publication(root, publication, made, editions) for publication, made in by_publication.items()]


def _build_root_publication(root, publication: Publication, changes: list[Change], editions: list) -> RootPublication:
    """Describe a publication by its changes of a root; `editions` are (live_from, number, tombstone) by time."""
    at = bisect_right([each[0] for each in editions], publication.published_at)
    _moment, number, withdrawn = editions[at - 1] if at else (None, None, True)
    when = format_moment(publication.published_at)
    note, language = localize(next((each.note for each in changes if each.note), None), labels.editor_language())
    counts = Counter(labels.kind_of_type(each.type) for each in changes)
    major = any(each.update_type == UpdateType.MAJOR for each in changes)
    return RootPublication(
        publication=publication,
        number=number,
        restore_url="" if withdrawn else workflow_url(root, "restore", publication.pk),
        title=_("edition %(number)s of %(when)s") % {"number": number or "–", "when": when},
        kinds=", ".join(f"{kind} ×{count}" if count > 1 else kind for kind, count in counts.items()),
        action=", ".join(dict.fromkeys(str(each.get_action_display()) for each in changes)),
        update_type=(UpdateType.MAJOR if major else UpdateType.MINOR).label,
        note=note,
        note_language=language,
    )
