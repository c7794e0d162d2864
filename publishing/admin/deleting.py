"""What may be deleted: what was ever published is withdrawn, a published child goes with its root's next publication,
and what others name stays until they name something else."""

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.db.models import CASCADE, PROTECT
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..documents import type_of
from ..editions import edition_classes
from ..models import Child, Root


def published_among(rows) -> list:
    """The rows of one model that were ever published."""
    ids = [row.content_id for row in rows]
    history = edition_classes()[type_of(rows[0])].history
    known = set(history.filter(content_id__in=ids).values_list("content_id", flat=True))
    return [row for row in rows if row.content_id in known]


class Deleting(admin.ModelAdmin):
    """`kept_while_named`: deleting a row that others name is refused, where the database would only unlink it."""

    kept_while_named = False

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (isinstance(obj, Root) and published_among([obj]))

    def get_deleted_objects(self, objs, request):
        """Beside Django's own: published roots among all that would go, and whatever names the rows, are protected."""
        gone, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        return gone, counts, perms_needed, [*protected, *self._published_roots(objs), *self._named_by(objs)]

    def _published_roots(self, objs):
        collector = NestedObjects(using=router.db_for_write(self.model))
        collector.collect(objs)
        for model, rows in collector.data.items():
            if issubclass(model, Root):
                for row in published_among(list(rows)):
                    yield format_html(
                        "{}: {}", row, _("It was published. Withdraw it instead; its address stays taken for ever.")
                    )

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
        return super().delete_view(request, object_id, (extra_context or {}) | {"goes_later": goes_later})
