"""Rules of deletion.

A root that was ever published is withdrawn instead; a published child leaves with its root's next publication; a row
that others name stays until they name another.
"""

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.db.models import CASCADE, PROTECT
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from record.models import edition_classes

from ...actions.permissions import perm
from ...documents.registry import get_root, get_row_type
from ...documents.workflow_state import get_workflow_states
from ...models import Child, Root


def filter_ever_published(rows) -> list:
    """Return those rows, all of one model, that were ever published; one query."""
    ids = [row.content_id for row in rows]
    history = edition_classes()[get_row_type(rows[0])].history
    known = set(history.filter(content_id__in=ids).values_list("content_id", flat=True))
    return [row for row in rows if row.content_id in known]


def find_published_roots(rows) -> list:
    """Return the roots that were ever published among all rows that deleting these would delete."""
    return [row for each in _collect_roots(rows) for row in filter_ever_published(each)]


def find_roots_in_workflow(rows) -> list:
    """Return the roots under review or scheduled among all rows that deleting these would delete."""
    found = []
    for each in _collect_roots(rows):
        busy = get_workflow_states(get_row_type(each[0]), [row.content_id for row in each])
        found += [row for row in each if str(row.content_id) in busy]
    return found


def _collect_roots(rows) -> list[list]:
    """Return the roots that would be deleted with these rows, one list for each model."""
    collector = NestedObjects(using=router.db_for_write(type(rows[0])))
    collector.collect(rows)
    return [list(each) for model, each in collector.data.items() if issubclass(model, Root) and each]


class SafeDeleteMixin(admin.ModelAdmin):
    """Mixin that refuses deletions which would break the record or leave references empty.

    `protect_if_referenced`: also refuse to delete a row that others reference where the database would only unlink it.
    """

    protect_if_referenced = False

    def has_delete_permission(self, request, obj=None):
        """Return False for a root that was ever published."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (isinstance(obj, Root) and filter_ever_published([obj]))

    def get_deleted_objects(self, objs, request):
        """Extend Django's result: also protect roots that were published or are in the workflow.

        With `protect_if_referenced`, the rows that reference what is deleted are protected as well.
        """
        gone, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        roots = find_published_roots(objs)
        told = _("It was published. Withdraw it instead; its address stays taken for ever.")
        protected += [format_html("{}: {}", row, told) for row in roots]
        protected += [
            format_html("{}: {}", row, _("It is under review or scheduled. Take that back first."))
            for row in find_roots_in_workflow(objs)
        ]
        kept = {row._meta.verbose_name for row in roots if request.user.has_perm(perm(row, "delete"))}
        return gone, counts, set(perms_needed) - kept, [*protected, *self._referencing_rows(objs)]

    def _referencing_rows(self, objs):
        """Yield up to 20 rows of each relation that reference these rows and would only be unlinked."""
        if not self.protect_if_referenced:
            return
        for relation in self.model._meta.get_fields(include_hidden=True):
            if not relation.auto_created or relation.concrete or relation.on_delete in (CASCADE, PROTECT):
                continue  # Django itself lists cascades and protected relations
            naming = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": objs})
            for row in naming.distinct()[:20]:
                kind = relation.related_model._meta.verbose_name
                yield format_html("{} “{}”: {}", kind, row, relation.field.verbose_name)

    def delete_view(self, request, object_id, extra_context=None):
        """Tell the template with which root a published child will leave the record."""
        row = self.get_object(request, object_id)
        goes_later = isinstance(row, Child) and bool(filter_ever_published([row]))
        context = {"goes_later_with": get_root(row) if goes_later else None}
        return super().delete_view(request, object_id, (extra_context or {}) | context)
