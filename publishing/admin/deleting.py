"""What may be deleted: what was ever published is withdrawn, a published child goes with its root's next publication,
and what others name stays until they name something else."""

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.contrib.auth import get_permission_codename
from django.db import router
from django.db.models import CASCADE, PROTECT
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..documents import root_row, type_of, underway
from ..editions import edition_classes
from ..models import Child, Root


def published_among(rows) -> list:
    """The rows of one model that were ever published."""
    ids = [row.content_id for row in rows]
    history = edition_classes()[type_of(rows[0])].history
    known = set(history.filter(content_id__in=ids).values_list("content_id", flat=True))
    return [row for row in rows if row.content_id in known]


def published_roots(rows) -> list:
    """Of all that would go with these rows, the roots that were ever published."""
    return [row for each in _roots_among(rows) for row in published_among(each)]


def roots_under_way(rows) -> list:
    """Of all that would go with these rows, the roots under review or scheduled."""
    found = []
    for each in _roots_among(rows):
        busy = underway(type_of(each[0]), [row.content_id for row in each])
        found += [row for row in each if str(row.content_id) in busy]
    return found


def _roots_among(rows) -> list[list]:
    """The roots that would go with these rows, by model."""
    collector = NestedObjects(using=router.db_for_write(type(rows[0])))
    collector.collect(rows)
    return [list(each) for model, each in collector.data.items() if issubclass(model, Root) and each]


def delete_permission(row) -> str:
    return f"{row._meta.app_label}.{get_permission_codename('delete', row._meta)}"


class Deleting(admin.ModelAdmin):
    """`kept_while_named`: deleting a row that others name is refused, where the database would only unlink it."""

    kept_while_named = False

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (isinstance(obj, Root) and published_among([obj]))

    def get_deleted_objects(self, objs, request):
        """Beside Django's own: published roots among all that would go, and whatever names the rows, are protected."""
        gone, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        roots = published_roots(objs)
        told = _("It was published. Withdraw it instead; its address stays taken for ever.")
        protected += [format_html("{}: {}", row, told) for row in roots]
        protected += [
            format_html("{}: {}", row, _("It is under review or scheduled. Take that back first."))
            for row in roots_under_way(objs)
        ]
        kept = {row._meta.verbose_name for row in roots if request.user.has_perm(delete_permission(row))}
        return gone, counts, set(perms_needed) - kept, [*protected, *self._named_by(objs)]

    def _named_by(self, objs):
        if not self.kept_while_named:
            return
        for relation in self.model._meta.get_fields(include_hidden=True):
            if not relation.auto_created or relation.concrete or relation.on_delete in (CASCADE, PROTECT):
                continue  # Django shows what goes along and what protects
            naming = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": objs})
            for row in naming.distinct()[:20]:
                kind = relation.related_model._meta.verbose_name
                yield format_html("{} “{}”: {}", kind, row, relation.field.verbose_name)

    def delete_view(self, request, object_id, extra_context=None):
        row = self.get_object(request, object_id)
        goes_later = isinstance(row, Child) and bool(published_among([row]))
        context = {"goes_later_with": root_row(row) if goes_later else None}
        return super().delete_view(request, object_id, (extra_context or {}) | context)
