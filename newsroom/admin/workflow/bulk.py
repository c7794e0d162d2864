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
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from record.documents.canonical_json import ReferenceKey, sha256_hex

from ...actions.approvals import find_approvals, find_unapproved
from ...actions.permissions import ActionError, require_perm
from ...actions.publish import ValidationFailed, collect_warnings, publish
from ...documents.changeset import Changeset, ChangesetEntry, build_changeset, find_along_drafts
from ...documents.drafts import Draft, DraftProblem, build_drafts
from ...documents.registry import get_builder, get_row_key, get_row_type
from ...models import Root, Schedule
from ..diff import labels, problem_links
from ..editing.forms import BasePublishForm
from ..editing.formset_choices import is_primary_key
from ..editing.restored_posts import restored_initial
from .workflow_views import get_next_url

MAX_BULK_ROOTS = 100  # roots published on one page


class BulkPublishForm(BasePublishForm):
    """Form for publishing several roots: the note of `BasePublishForm` counts for all of them."""

    others = forms.BooleanField(
        label=gettext_lazy("Publish the others, without those that must be mended first"), required=False
    )


@dataclass(frozen=True)
class PublishBatch:
    """Roots that an editor is asked to publish together, and what that would append.

    `stopped`: the problems that keep single roots from being published, by key of the root.
    """

    roots: list[Root]
    drafts: list[Draft]
    stopped: Mapping[ReferenceKey, list[DraftProblem]]
    going: list[Draft]  # of the roots without problems, then of the roots published along with them
    plan: Changeset

    @classmethod
    def of(cls, roots: Iterable[Root]) -> "PublishBatch":
        """Build the batch; the number of queries grows with the types among the roots, not with the roots."""
        roots = list(roots)
        drafts = _load_drafts(roots)
        stopped = _find_blocked_roots(drafts)
        going = [draft for draft in drafts if draft.key not in stopped]
        going += find_along_drafts(going)
        return cls(roots, drafts, stopped, going, build_changeset(going))

    @property
    def seen(self) -> str:
        """Digest of what the page shows: it changes with the working copy, the record or an approval.

        It keeps anybody from publishing what they have not seen.
        """
        states = {draft.key: [draft.digest, sorted(draft.based_on.items())] for draft in [*self.drafts, *self.going]}
        return sha256_hex(str([sorted(states.items()), sorted(self.stopped)]))

    def changing(self) -> list[ReferenceKey]:
        """Return the keys of the chosen roots that publishing would change."""
        changed = self.plan.roots()
        return [draft.key for draft in self.drafts if draft.key in changed]

    def context(self) -> dict:
        """Return the context of admin/publish_many.html, apart from the form."""
        shown, warnings = (
            _summarize_by_root(self.plan.entries),
            _link_problems_by_root(self.going, collect_warnings(self.going, self.plan)),
        )
        chosen = {draft.key for draft in self.drafts}
        small = {draft.key for draft in self.going} - chosen
        return {
            "roots": self._shown(shown, warnings),
            "along": [line for key in small for line in shown[key]],
            "along_warnings": [told for key in small for told in warnings[key]],
            "following": [line for key in shown.keys() - chosen - small for line in shown[key]],
            "stopped": bool(self.stopped),
            "warned": any(warnings.values()),
            "anything": bool(self.plan.entries),
            "seen": self.seen,
        }

    def _shown(self, lines: Mapping[ReferenceKey, list], warnings: Mapping[ReferenceKey, list]) -> list[dict]:
        """Return for each root what would change, what blocks it, its warnings, and its schedule; one query."""
        blockers = _link_problems_by_root(self.drafts, self.stopped)
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


class BulkPublishViewMixin(admin.ModelAdmin):
    """Mixin with the page of bulk publishing, for the admin of publications: the page makes one of them."""

    def get_urls(self):
        view = self.admin_site.admin_view(never_cache(self.publish_many_view))
        return [path("publish/", view, name="record_publication_publish_many"), *super().get_urls()]

    def publish_many_view(self, request):
        """Show what publishing the chosen roots together would do; publish them on POST.

        Answers 409 with the reason if the action refuses.
        """
        require_perm(request.user, "record.publish")
        batch = PublishBatch.of(self._chosen(request))
        context = batch.context()
        form = BulkPublishForm(request.POST or None, warned=context["warned"], initial=restored_initial(request))
        back = get_next_url(request) or reverse("admin:record_publication_changelist")
        refused, status = "", 200
        if request.method == "POST" and form.is_valid():
            refused = _publish_batch(request, batch, form)
            if refused is None:
                return HttpResponseRedirect(back)
            status = 409
        context |= self.admin_site.each_context(request)
        context |= {"form": form, "refused": refused, "back": back, "title": _("Publish together"), "opts": self.opts}
        return TemplateResponse(request, "admin/publish_many.html", context, status=status)

    def _chosen(self, request) -> list[Root]:
        """Return the roots that the query string names as `type=pk,pk`.

        Raises Http404 if there are none, more than MAX_BULK_ROOTS, or unknown ones; PermissionDenied for those that
        the editor may not see.
        """
        chosen = []
        for type, pks in request.GET.items():
            if type != "next":
                chosen += self._rows(request, type, set(pks.split(",")))
        if not 0 < len(chosen) <= MAX_BULK_ROOTS:
            raise Http404
        return chosen

    def _rows(self, request, type: str, pks: set[str]) -> list[Root]:
        """Load the roots of one type by primary key; raises as `_chosen`."""
        try:
            model = get_builder(type).model
        except KeyError as error:
            raise Http404 from error
        if not issubclass(model, Root) or len(pks) > MAX_BULK_ROOTS or not all(map(is_primary_key, pks)):
            raise Http404
        if not self.admin_site.get_model_admin(model).has_view_permission(request):
            raise PermissionDenied
        rows = list(model.objects.filter(pk__in=pks).order_by("pk"))
        if len(rows) < len(pks):
            raise Http404
        return rows


def _publish_batch(request, batch: PublishBatch, form: BulkPublishForm) -> str | None:
    """Publish the batch if it is still as it was shown. Return the reason if it was not published, else None."""
    if request.POST.get("seen") != batch.seen:
        return _("This was changed since you opened the page. Look at what would be published now, and try again.")
    if batch.stopped and not form.cleaned_data["others"]:
        return _("Nothing was published: mend what is listed, or choose to publish the others.")
    notes = dict.fromkeys((draft.key for draft in batch.drafts), form.note())
    try:
        publish(drafts=batch.going, by=request.user, notes=notes, overruled=form.cleaned_data["overruled"])
    except ValidationFailed:
        return _("Nothing was published: mend what is listed first.")
    except ActionError as error:
        return _("Nothing was published. %(reason)s") % {"reason": error}
    _report_bulk_result(request, len(batch.changing()), len(batch.stopped))
    return None


def _report_bulk_result(request, published: int, left: int) -> None:
    """Tell the editor how many roots were published and how many were left out."""
    if not published:
        messages.info(request, _("There was nothing to publish."))
        return
    told = ngettext("%d is published.", "%d are published together.", published) % published
    if left:
        told += " " + ngettext("%d is left as it was.", "%d are left as they were.", left) % left
    messages.success(request, told)
