"""Publishing of many roots at once.

The page first shows the effect on each root, then publishes all of them in one publication.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from record.documents.canonical_json import ReferenceKey, sha256_hex

from ...actions.approvals import find_approvals, find_unapproved
from ...actions.permissions import ActionError, require_perm
from ...actions.publish import RootWarnings, ValidationFailed, collect_warnings, publish
from ...documents.changeset import Changeset, ChangesetEntry, build_changeset, find_along_drafts
from ...documents.drafts import Draft, DraftProblem, build_drafts
from ...documents.registry import get_published_type, get_row_key, get_row_type
from ...models import Root, Schedule
from ..diff import labels, problem_links
from ..editing.forms import BasePublishForm
from ..editing.formset_choices import is_primary_key
from .workflow_views import WorkflowView

MAX_BULK_ROOTS = 100  # roots published on one page


class BulkPublishForm(BasePublishForm):
    """Form for publishing several roots: the note of `BasePublishForm` counts for all of them."""

    others = forms.BooleanField(
        label=gettext_lazy("Publish the others, without those that must be mended first"), required=False
    )


@dataclass(frozen=True)
class PublishBatch:
    """Roots that an editor is asked to publish together, and what that would append.

    `problems_by_root`: the problems that keep single roots from being published, by key of the root.
    """

    roots: list[Root]
    drafts: list[Draft]
    problems_by_root: Mapping[ReferenceKey, list[DraftProblem]]
    publishable_drafts: list[Draft]  # of the roots without problems, then of the roots published along with them
    plan: Changeset

    @classmethod
    def from_roots(cls, roots: Iterable[Root]) -> "PublishBatch":
        """Build the batch; the number of queries grows with the types among the roots, not with the roots."""
        roots = list(roots)
        drafts = _load_drafts(roots)
        stopped = _find_blocked_roots(drafts)
        going = [draft for draft in drafts if draft.key not in stopped]
        going += find_along_drafts(going)
        return cls(roots, drafts, stopped, going, build_changeset(going))

    @property
    def seen_digest(self) -> str:
        """Digest of what the page shows: it changes with the working copy, the record or an approval.

        It keeps anybody from publishing what they have not seen.
        """
        states = {
            draft.key: [draft.digest, sorted(draft.based_on.items())]
            for draft in [*self.drafts, *self.publishable_drafts]
        }
        return sha256_hex(str([sorted(states.items()), sorted(self.problems_by_root)]))

    def changed_keys(self) -> list[ReferenceKey]:
        """Return the keys of the chosen roots that publishing would change."""
        changed = self.plan.roots()
        return [draft.key for draft in self.drafts if draft.key in changed]

    @cached_property
    def warnings(self) -> RootWarnings:
        """Return the warnings of what would be published, by root."""
        return collect_warnings(self.publishable_drafts, self.plan)

    def get_context(self) -> dict:
        """Return the context of admin/publish_many.html, apart from the form."""
        shown = _summarize_by_root(self.plan.entries)
        warnings = _link_problems_by_root(self.publishable_drafts, self.warnings)
        chosen = {draft.key for draft in self.drafts}
        small = {draft.key for draft in self.publishable_drafts} - chosen
        return {
            "roots": self._build_root_rows(shown, warnings),
            "along": [line for key in small for line in shown[key]],
            "along_warnings": [told for key in small for told in warnings[key]],
            "following": [line for key in shown.keys() - chosen - small for line in shown[key]],
            "stopped": bool(self.problems_by_root),
            "warned": any(warnings.values()),
            "anything": bool(self.plan.entries),
            "seen": self.seen_digest,
        }

    def _build_root_rows(self, lines: Mapping[ReferenceKey, list], warnings: Mapping[ReferenceKey, list]) -> list[dict]:
        """Return for each root what would change, what blocks it, its warnings, and its schedule; one query."""
        blockers = _link_problems_by_root(self.drafts, self.problems_by_root)
        waiting = Schedule.objects.waiting().filter(content_id__in=[root.content_id for root in self.roots])
        scheduled = {(row.type, str(row.content_id)): row for row in waiting}
        return [
            {
                "title": f"{labels.kind_of_type(key[0])}: {root}",
                "url": labels.change_form_url(type(root), root.pk),
                "lines": lines[key],
                "blockers": blockers[key],
                "warnings": warnings[key],
                "scheduled": scheduled.get(key),
            }
            for root in self.roots
            for key in [get_row_key(root)]
        ]


def _load_drafts(roots: list[Root]) -> list[Draft]:
    """Load the drafts of the roots, grouped by type in the order of the roots."""
    ids = defaultdict(list)
    for root in roots:
        ids[get_row_type(root)].append(root.content_id)
    return [draft for type, content_ids in ids.items() for draft in build_drafts(type, content_ids)]


def _find_blocked_roots(drafts: list[Draft]) -> dict[ReferenceKey, list[DraftProblem]]:
    """Return {key: problems} of the roots that have problems or lack the approval of a second person."""
    stopped = {draft.key: list(draft.problems) for draft in drafts if draft.problems}
    for draft in find_unapproved(drafts, build_changeset(drafts).entries, find_approvals(drafts)):
        told = DraftProblem(*draft.key, "", "", _("It needs the approval of a second person first."))
        stopped.setdefault(draft.key, []).append(told)
    return stopped


def _summarize_by_root(entries: list[ChangesetEntry]) -> dict[ReferenceKey, list[labels.SummaryLine]]:
    """Return {key of the root: summary lines of its entries}."""
    found = defaultdict(list)
    for entry, line in zip(entries, labels.summarize_entries(entries), strict=True):
        found[entry.root].append(line)
    return found


def _link_problems_by_root(
    drafts: list[Draft], problems: Mapping[ReferenceKey, Iterable[DraftProblem]]
) -> dict[ReferenceKey, list[problem_links.ProblemLink]]:
    """Return {key of the root: its problems as links to the fields}, with a number of queries that does not grow."""
    owners = [(key, problem) for key, of_root in problems.items() for problem in of_root]
    documents = [document for draft in drafts for document in draft.documents]
    found = defaultdict(list)
    told = problem_links.build_problem_links([problem for _key, problem in owners], documents)
    for (key, _problem), blocker in zip(owners, told, strict=True):
        found[key].append(blocker)
    return found


def bulk_publish_url(roots: Iterable[Root], *, back: str = "") -> str:
    """Return the URL of the page that publishes these roots together; `back` is where it leads afterwards."""
    chosen = defaultdict(list)
    for root in roots:
        chosen[get_row_type(root)].append(str(root.pk))
    query = {type: ",".join(pks) for type, pks in chosen.items()} | ({"next": back} if back else {})
    return f"{reverse('admin:record_publication_publish_many')}?{urlencode(query)}"


class BulkPublishMixin(admin.ModelAdmin):
    """List action of every root: publish the selected rows together."""

    actions = ("publish_many",)

    def has_publish_permission(self, request) -> bool:
        """Return True if the user may publish; Django asks this for actions that need `publish`."""
        return request.user.has_perm("record.publish")

    @admin.action(description=gettext_lazy("Publish the selected together…"), permissions=["publish"])
    def publish_many(self, request, queryset):
        """Redirect to the page of bulk publishing; refuse more than MAX_BULK_ROOTS rows."""
        roots = list(queryset[: MAX_BULK_ROOTS + 1])
        if len(roots) > MAX_BULK_ROOTS:
            messages.error(request, _("Choose at most %(most)d at once.") % {"most": MAX_BULK_ROOTS})
            return None
        return HttpResponseRedirect(bulk_publish_url(roots, back=request.get_full_path()))


class BulkPublishView(WorkflowView):
    """The page that shows what publishing the chosen roots together would do, and publishes them.

    It belongs to the admin of publications: the page makes one of them.
    """

    name = "publish_many"
    route = "publish/"
    template_name = "admin/publish_many.html"
    title = gettext_lazy("Publish together")
    form_class = BulkPublishForm

    def get_row(self):
        """Check the permission; the page belongs to no row. Raises MissingPermission, and as `_get_chosen_roots`."""
        require_perm(self.request.user, "record.publish")
        self.batch = PublishBatch.from_roots(self._get_chosen_roots())

    def get_form_url(self):
        return reverse("admin:record_publication_changelist")

    def get_form_kwargs(self):
        return {"needs_reason": bool(self.batch.warnings)}

    def get_context(self, form):
        return self.batch.get_context()

    def _get_chosen_roots(self) -> list[Root]:
        """Return the roots that the query string names as `type=pk,pk`.

        Raises Http404 if there are none, more than MAX_BULK_ROOTS, or unknown ones; PermissionDenied for those that
        the editor may not see.
        """
        chosen = []
        for type, pks in self.request.GET.items():
            if type != "next":
                chosen += self._load_rows(type, set(pks.split(",")))
        if not 0 < len(chosen) <= MAX_BULK_ROOTS:
            raise Http404
        return chosen

    def _load_rows(self, type: str, pks: set[str]) -> list[Root]:
        """Load the roots of one type by primary key; raises as `_get_chosen_roots`."""
        try:
            model = get_published_type(type).model
        except KeyError as error:
            raise Http404 from error
        if not issubclass(model, Root) or len(pks) > MAX_BULK_ROOTS or not all(map(is_primary_key, pks)):
            raise Http404
        if not self.model_admin.admin_site.get_model_admin(model).has_view_permission(self.request):
            raise PermissionDenied
        rows = list(model.objects.filter(pk__in=pks).order_by("pk"))
        if len(rows) < len(pks):
            raise Http404
        return rows

    def perform(self, form):
        batch = self.batch
        if self.request.POST.get("seen") != batch.seen_digest:
            raise ActionError(
                _("This was changed since you opened the page. Look at what would be published now, and try again.")
            )
        if batch.problems_by_root and not form.cleaned_data["others"]:
            raise ActionError(_("Nothing was published: mend what is listed, or choose to publish the others."))
        notes = dict.fromkeys((draft.key for draft in batch.drafts), form.to_note())
        drafts, overruled = batch.publishable_drafts, form.cleaned_data["overruled"]
        try:
            publish(drafts=drafts, by=self.request.user, notes=notes, overruled=overruled)
        except ValidationFailed as error:
            raise ActionError(_("Nothing was published: mend what is listed first.")) from error
        except ActionError as error:
            raise ActionError(_("Nothing was published. %(reason)s") % {"reason": error}) from error
        _report_bulk_result(self.request, len(batch.changed_keys()), len(batch.problems_by_root))


def _report_bulk_result(request, published: int, left: int) -> None:
    """Tell the editor how many roots were published and how many were left out."""
    if not published:
        messages.info(request, _("There was nothing to publish."))
        return
    told = ngettext("%d is published.", "%d are published together.", published) % published
    if left:
        told += " " + ngettext("%d is left as it was.", "%d are left as they were.", left) % left
    messages.success(request, told)
