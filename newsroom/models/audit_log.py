"""The audit log of the working copy: who changed what, from which value to which. It is never public.

All models share one table, so that one query gives the history of a root with everything that belongs to it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from auditlog.models import AbstractLogEntry
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import audit_context
from .audit_changes import HELD_BACK, UNLOGGED_FIELDS, FieldChanges, is_content_change, normalize_row, visible_changes
from .base import Publishable
from .ownership import locate_rows


class WorkingChangeQuerySet(models.QuerySet):
    """Questions to the audit log: the history of a root, part or row, and who worked on it."""

    def of_root(self, type: str, content_id):
        """Return the changes of a root and of everything that belongs to it."""
        return self.filter(root_type=type, root_content_id=content_id)

    def of_part(self, content_id):
        """Return the changes of a child or fact directly under a root, and of what is inside it."""
        return self.filter(part_content_id=content_id)

    def of_row(self, root_content_id, content_id):
        """Return the changes of one row."""
        return self.filter(root_content_id=root_content_id, content_id=content_id)

    def touching(self, type: str, content_id, instant: datetime | None, *, also_in: Iterable = ()):
        """Return the changes in a root after an instant, or all if it is None.

        also_in: the content_ids of what stands in the root now and may have been changed elsewhere: sources it cites,
        and children that belonged to another root at the time.
        """
        also_in = list(also_in)
        within = Q(root_type=type, root_content_id=content_id) | Q(root_content_id__in=also_in)
        found = self.filter(within | Q(part_content_id__in=also_in))
        return found if instant is None else found.filter(timestamp__gt=instant)

    def authors_since(self, type: str, content_id, instant: datetime | None, *, also_in: Iterable = ()) -> set[int]:
        """Return the ids of the users who worked on a root after an instant, or ever; as in `touching`.

        Checks do not count as work.
        """
        return self.touching(type, content_id, instant, also_in=also_in)._authors()

    def authors_of_rows(self, root_content_id, *, ever: Iterable, since: Mapping[UUID, datetime]) -> set[int]:
        """Return the ids of the users who worked on these rows of a root or on what is inside them.

        ever: content_ids for which all work counts. since: {content_id: instant} for which only later work counts.
        """
        ever = list(ever)
        work = Q(root_content_id=root_content_id, content_id__in=ever) | Q(part_content_id__in=ever)
        for content_id, instant in since.items():
            work |= Q(part_content_id=content_id, timestamp__gt=instant)
        return self.filter(work)._authors() if ever or since else set()

    def released_or_moved_since(self, instant: datetime, *, parents: Iterable[str]) -> tuple[set[str], set[str]]:
        """Return (released, moved): two sets of content_ids, of rows un-held and of rows re-parented since `instant`.

        A row counts as released also if only one language of a text in it was. parents: the names of the foreign keys
        whose change moves a row.
        """
        released, moved, parents = set(), set(), set(parents)
        changed = self.filter(timestamp__gt=instant, action=self.model.Action.UPDATE)
        for content_id, changes in changed.values_list("content_id", "changes"):
            if any(name.rpartition(".")[2] == HELD_BACK and not now for name, (_was, now) in changes.items()):
                released.add(str(content_id))
            if parents & changes.keys():
                moved.add(str(content_id))
        return released, moved

    def _authors(self) -> set[int]:
        """Return the ids of the users behind these changes, those that are work on the text only."""
        work = self.filter(authored=True, actor__isnull=False)
        return set(work.order_by().values_list("actor_id", flat=True).distinct())


class WorkingChangeManager(models.Manager.from_queryset(WorkingChangeQuerySet)):
    """Writes audit-log entries, for auditlog and for code that changes many rows at once."""

    def log_create(self, instance, force_log: bool = False, *, action: int, changes: dict | None = None):
        """Log one row; called by auditlog after a row was added and when it is about to change.

        Return the entry, or None if the change contains nothing worth logging.
        """
        adding = action == self.model.Action.CREATE
        changes = visible_changes(instance, changes or {}, adding=adding)
        return self.add_entries([instance], action, lambda row: changes)[0] if changes or adding else None

    def add_entries(
        self, rows: Iterable[Publishable], action: int, changes: Callable[[Publishable], FieldChanges]
    ) -> list:
        """Write an entry for each row, in a number of queries that does not depend on how many there are.

        changes: a function that gives the changes of a row. Return the entries in the order of the rows.
        """
        rows, act = list(rows), audit_context.get_audit_context()
        places = locate_rows(rows, act.locations)
        entries = [
            self.model.from_row(row, place, act, action=action, changes=changes(row))
            for row, place in zip(rows, places, strict=True)
        ]
        return self.bulk_create(entries, batch_size=200)


class WorkingChange(AbstractLogEntry):
    """One change of one row.

    object_repr: what the row was called at the time. root_type, root_content_id: the root it belonged to at the time.
    """

    class Action(models.IntegerChoices):
        CREATE = 0, _("added")
        UPDATE = 1, _("changed")
        DELETE = 2, _("deleted")

    # Fields of auditlog that are not wanted: editors' IP addresses are not kept, and nothing is stored twice.
    object_pk = changes_text = additional_data = remote_addr = remote_port = actor_email = None

    content_type = models.ForeignKey(
        ContentType, models.PROTECT, related_name="+", verbose_name=_("kind"), db_index=False
    )
    object_id = models.BigIntegerField()
    content_id = models.UUIDField()
    object_repr = models.TextField(_("what"))
    root_type = models.CharField(max_length=20)
    root_content_id = models.UUIDField()
    part_content_id = models.UUIDField()  # the child or fact directly under the root that it was in, or the root
    action = models.PositiveSmallIntegerField(_("change"), choices=Action)
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    serialized_data = models.JSONField(null=True, encoder=DjangoJSONEncoder)  # everything that a deleted row held
    authored = models.BooleanField(default=True)  # is work on what will be published, not a check or a hold
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who"), db_index=False
    )
    cid = models.CharField(max_length=32)  # the act: one request, command or action
    timestamp = models.DateTimeField(_("when"), default=timezone.now)

    objects = WorkingChangeManager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("who did what")
        ordering = ["-timestamp", "-pk"]
        get_latest_by = "timestamp"
        indexes = [
            models.Index(fields=["-timestamp", "-id"], name="log_in_order"),
            models.Index(fields=["root_content_id", "-timestamp"], name="log_of_a_root"),
            models.Index(fields=["part_content_id", "-timestamp"], name="log_of_a_part"),
            models.Index(fields=["actor", "-timestamp"], name="log_of_a_person"),
            models.Index(fields=["content_type", "-timestamp"], name="log_of_a_kind"),
            models.Index(fields=["cid"], name="log_of_an_act"),
            models.Index(fields=["object_id"], name="deleted_rows", condition=models.Q(action=2)),
        ]

    def __str__(self):
        return f"{self.get_action_display()}: {self.object_repr}"

    @property
    def model(self) -> type[Publishable]:
        """Return the model of the row that changed."""
        return ContentType.objects.get_for_id(self.content_type_id).model_class()

    @classmethod
    def from_row(
        cls, row: Publishable, place, act: audit_context.AuditContext, *, action: int, changes: FieldChanges
    ) -> "WorkingChange":
        """Build the unsaved entry for a row at this location, attributed to this act."""
        row = normalize_row(row)
        return cls(
            content_type=ContentType.objects.get_for_model(row),
            object_id=row.pk,
            content_id=row.content_id,
            object_repr=str(row),
            root_type=place.root_type,
            root_content_id=place.root_id,
            part_content_id=place.part_id,
            action=action,
            changes=changes,
            serialized_data=serializers.serialize("python", [row])[0] if action == cls.Action.DELETE else None,
            authored=action != cls.Action.UPDATE or is_content_change(changes),
            actor_id=act.user_id,
            cid=act.id,
        )


@transaction.atomic
def audited_update(rows: models.QuerySet, **values) -> int:
    """Like `QuerySet.update()`, with an audit-log entry for each changed row. Return how many changed.

    The rows are locked, and those that have the values already are not touched.
    """
    new = {name: getattr(value, "pk", value) for name, value in values.items()}
    locked = rows.model.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).select_for_update()
    changes = {row: _diff_values(row, new) for row in locked}
    changed = [row for row in changes if changes[row]]
    WorkingChange.objects.add_entries(changed, WorkingChange.Action.UPDATE, changes.get)
    rows.model.objects.filter(pk__in=[row.pk for row in changed]).update(**values)
    return len(changed)


def _diff_values(row: Publishable, new: dict) -> FieldChanges:
    """Return which of the new values differ from what the row holds, without fields that are never logged."""
    fields = {name: row._meta.get_field(name) for name in new if name not in UNLOGGED_FIELDS}
    return {
        name: [getattr(row, field.attname), new[name]]
        for name, field in fields.items()
        if getattr(row, field.attname) != new[name]
    }
