"""The page that merges one row into another: it shows which one stays, what will move and what must be published."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.actions.merge import ReferencingRows, find_referencing_rows, merge, merge_permissions, was_published
from newsroom.actions.permissions import ActionError
from newsroom.admin.diff import labels
from newsroom.admin.editing.changelists import format_state_badge
from newsroom.admin.editing.formset_choices import prefetch_choices
from newsroom.admin.workflow.bulk import MAX_BULK_ROOTS, bulk_publish_url
from newsroom.admin.workflow.workflow_views import WorkflowView, workflow_url
from newsroom.choices import RootState
from newsroom.documents.changeset import get_public_states
from newsroom.documents.registry import get_row_key, get_row_type, get_working_rows
from newsroom.models import Root
from newsroom.models.ownership import locate_rows

from ..models import Citation, Initiative, Organisation, Person, Source, Statement

AUTOCOMPLETE_FIELDS = {  # the relation whose autocomplete finds rows of the type
    Source: Citation._meta.get_field("source"),
    Organisation: Initiative._meta.get_field("lead"),
    Person: Statement._meta.get_field("person"),
}
MAX_LISTED_ROWS = 50  # of one kind


class MergeTargetForm(forms.Form):
    """The choice of the row that stays."""

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"] = forms.ModelChoiceField(
            label=gettext_lazy("The one that stays"),
            queryset=type(row)._default_manager.exclude(pk=row.pk),
            widget=AutocompleteSelect(AUTOCOMPLETE_FIELDS[type(row)], admin.site),
        )
        prefetch_choices([self])


@dataclass(frozen=True)
class MovingRows:
    """Rows of one kind that refer to the merged row by the same field, and will refer to the one that stays."""

    kind: str
    field: str
    count: int
    row_lines: list[labels.SummaryLine]

    @classmethod
    def from_referencing_rows(cls, held: ReferencingRows) -> "MovingRows":
        kind = capfirst(str(held.model._meta.verbose_name_plural))
        field = str(getattr(held.field, "verbose_name", "") or "")
        return cls(kind, field, len(held.rows), _build_row_lines(held.rows[:MAX_LISTED_ROWS]))


def _build_row_lines(rows: list) -> list[labels.SummaryLine]:
    """Return a line for each row, with the URL of its form; a citation is shown as the row that cites."""
    if not isinstance(rows[0], Citation):
        return [labels.SummaryLine("", str(each), labels.change_form_url(type(each), each.pk), "") for each in rows]
    prefetch_related_objects(rows, "cited")
    facts = [(each, each.cited) for each in rows]
    return [
        labels.SummaryLine(
            capfirst(str(fact._meta.verbose_name)), str(fact), labels.change_form_url(type(fact), fact.pk), each.locator
        )
        for each, fact in facts
    ]


def find_affected_roots(row) -> list[Root]:
    """Return the roots that change for readers once this row is merged: they name or cite it. One query per kind."""
    rows = [each for held in find_referencing_rows(row) for each in held.rows]
    sources = [each for each in [row, *rows] if isinstance(each, Source)]
    cited = list(Citation.objects.filter(source__in=sources))
    places = locate_rows([*(each for each in rows if not isinstance(each, Source)), *cited], {})
    keys = {(place.root_type, place.root_id) for place in places}
    if isinstance(row, Root):
        keys.discard(get_row_key(row))
    return [root for _key, root in sorted(get_working_rows(keys).items())]


def load_states_by_root(roots: Iterable[Root]) -> dict[Root, RootState]:
    by_type = defaultdict(list)
    for root in roots:
        by_type[get_row_type(root)].append(root)
    found = {type: get_public_states(type, [root.content_id for root in of_type]) for type, of_type in by_type.items()}
    return {root: found[type][str(root.content_id)] for type, of_type in by_type.items() for root in of_type}


class MergeView(WorkflowView):
    """The page that merges one row into another."""

    name = "merge"
    template_name = "admin/merge.html"
    title = gettext_lazy("Merge “%(name)s” into another")

    def get_permissions(self, row):
        return merge_permissions(row)

    def get_form(self):
        chosen = self.request.POST or (self.request.GET if "into" in self.request.GET else None)
        return MergeTargetForm(chosen, row=self.row)

    def get_context(self, form):
        into = form.cleaned_data["into"] if form.is_valid() else None
        context = {
            "media": self.model_admin.media + form.media,
            "into": into,
            "was_published": was_published(self.row),
        }
        if into:
            context["moving"] = [MovingRows.from_referencing_rows(held) for held in find_referencing_rows(self.row)]
            context["roots"] = [
                {"line": _build_root_line(root), "badge": format_state_badge(state)}
                for root, state in load_states_by_root(find_affected_roots(self.row)).items()
            ]
        return context

    def perform(self, form):
        row, into = self.row, form.cleaned_data["into"]
        roots = [*find_affected_roots(row), *find_affected_roots(into), *([into] if isinstance(into, Root) else [])]
        names = {"one": row, "other": into}
        try:
            moved = merge(row=row, into=into, by=self.request.user)
        except ActionError as error:
            raise ActionError(_("Nothing was merged. %(reason)s") % {"reason": error}) from error
        told = _("“%(one)s” is merged into “%(other)s”. Rows that moved: %(count)d.")
        messages.success(self.request, told % (names | {"count": len(moved)}))
        return _url_after_merge(self.request, into, roots)


class MergeMixin(admin.ModelAdmin):
    """Adds a link to the merge page to the form of an admin, which has `MergeView` among its `workflow_views`."""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.pk and request.user.has_perms(merge_permissions(obj)):
            context["merge_url"] = workflow_url(obj, "merge")
        return super().render_change_form(request, context, add, change, form_url, obj)


def _build_root_line(root: Root) -> labels.SummaryLine:
    return labels.SummaryLine(
        labels.kind_of_type(get_row_type(root)), str(root), labels.change_form_url(type(root), root.pk), ""
    )


def _url_after_merge(request, into, roots: list[Root]) -> str:
    """Return the URL of the page that publishes the roots changed by merging, else of the form of the row left."""
    form = labels.change_form_url(type(into), into.pk)
    changed = [root for root, state in load_states_by_root(dict.fromkeys(roots)).items() if state == RootState.CHANGED]
    if not changed or not request.user.has_perm("record.publish"):
        return form
    if len(changed) > MAX_BULK_ROOTS:
        messages.warning(
            request, _("More is to be published: the first %(most)d are shown.") % {"most": MAX_BULK_ROOTS}
        )
    return bulk_publish_url(changed[:MAX_BULK_ROOTS], back=form)
