"""Signal receivers that log every change of a working-copy row, made by a form, an action, an importer or a shell."""

from auditlog.registry import auditlog
from auditlog.signals import pre_log
from django.apps import apps
from django.db.models import SET_NULL
from django.db.models.signals import m2m_changed, pre_delete

from .models import Publishable, WorkingChange
from .models.audit_changes import UNLOGGED_FIELDS

ADDED, REMOVED, CLEARED = "post_add", "post_remove", "pre_clear"


def register_audit_log() -> None:
    """Register all working-copy models with auditlog, which logs additions and changes.

    Deletions are logged by `log_deletion` before they happen: auditlog would log them when the links are already gone.
    """
    for model in apps.get_models():
        if not issubclass(model, Publishable):
            continue
        fields = [field.name for field in model._meta.concrete_fields if field.name not in UNLOGGED_FIELDS]
        auditlog.register(model, include_fields=fields)
        pre_log.connect(_is_not_deletion, sender=model)
        pre_delete.connect(log_deletion, sender=model)
        for field in model._meta.many_to_many:
            _log_links(model, field)


def _is_not_deletion(sender, action, **kwargs) -> bool:
    """Return False for deletions, so that auditlog leaves them to `log_deletion`."""
    return action != WorkingChange.Action.DELETE


def log_deletion(sender, instance, **kwargs) -> None:
    """Log the row with all that it holds, and the rows that will no longer refer to it."""
    WorkingChange.objects.add_entries([instance], WorkingChange.Action.DELETE, lambda row: {})
    for relation in sender._meta.related_objects:
        if not issubclass(relation.related_model, Publishable):
            continue
        if relation.many_to_many:
            _log_unlinked(instance, relation, lambda row: [[str(instance)], []])
        elif relation.on_delete is SET_NULL:
            _log_unlinked(instance, relation, lambda row: [instance.pk, None])


def _log_unlinked(instance, relation, values) -> None:
    """Log the rows that will lose their reference to this row. values(row): [old, new]."""
    name = relation.field.name
    rows = relation.related_model._base_manager.filter(**{name: instance})
    WorkingChange.objects.add_entries(rows, WorkingChange.Action.UPDATE, lambda row: {name: values(row)})


def _log_links(model, field) -> None:
    """Log additions to and removals from a many-to-many field, on the rows that hold it."""

    def log(sender, instance, action, reverse, model, pk_set, **kwargs):
        if action not in (ADDED, REMOVED, CLEARED):
            return
        if action == CLEARED:
            named = getattr(instance, field.remote_field.get_accessor_name() if reverse else field.name).all()
        else:
            named = model._base_manager.filter(pk__in=pk_set)
        naming, named = (named, [instance]) if reverse else ([instance], named)
        names = sorted(str(each) for each in named)
        values = [[], names] if action == ADDED else [names, []]
        if names:
            WorkingChange.objects.add_entries(naming, WorkingChange.Action.UPDATE, lambda row: {field.name: values})

    m2m_changed.connect(log, sender=field.remote_field.through, weak=False, dispatch_uid=f"log {field}")


register_audit_log()
