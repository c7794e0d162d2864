"""Read-only admin of publications: what was published, and by whom."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from record.languages import localize
from record.models import Change, Publication
from record.queries import load_references

from ..diff import labels
from ..editing.changelists import DeferredJoinPaginator, count_related
from ..read_only import ReadOnlyAdmin
from ..workflow.bulk import BulkPublishView
from ..workflow.workflow_views import WorkflowViewsMixin


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin, WorkflowViewsMixin):
    """Admin of publications, with the page that publishes several roots together."""

    list_display = ("id", "published_at", "by", "count", "roots")
    list_filter = ("published_at",)
    list_select_related = ("by",)
    date_hierarchy = "published_at"
    ordering = ("-id",)
    fields = ("published_at", "by", "approved_by", "changes_table")
    readonly_fields = fields
    list_per_page = 50
    paginator = DeferredJoinPaginator
    show_full_result_count = False
    workflow_views = (BulkPublishView,)

    def get_queryset(self, request):
        """Annotate the numbers of changes and of roots."""
        counts = {
            "change_count": count_related(Change, "publication"),
            "root_count": count_related(Change, "publication", different="root_content_id"),
        }
        return super().get_queryset(request).annotate(**counts)

    @admin.display(description=_("changes"), ordering="change_count")
    def count(self, publication):
        return publication.change_count

    @admin.display(description=_("things published"), ordering="root_count")
    def roots(self, publication):
        return publication.root_count

    @admin.display(description=_("changes"))
    def changes_table(self, publication):
        """Show the changes of the publication under the names that the record has now."""
        changes = list(publication.changes.order_by("pk"))
        names = load_references((change.type, str(change.content_id)) for change in changes)
        rows = [_build_change_row(change, names.get((change.type, str(change.content_id)), {})) for change in changes]
        return render_to_string("admin/changes_table.html", {"rows": rows})


def _build_change_row(change: Change, name: dict) -> dict:
    """Describe one change for the table. `name`: what the record calls the object, or {}."""
    language = labels.editor_language()
    return {
        "kind": labels.kind_of_type(change.type),
        "title": labels.localize_title(change.type, name.get("title")),
        "action": change.get_action_display(),
        "update_type": change.get_update_type_display(),
        "note": localize(change.note, language)[0],
    }
