"""The log of the working copy: who changed what, from which value to which. Never public.

One table for all models, so that one query gives the history of a record with all that belongs to it.
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

from . import acts
from .base import Publishable
from .places import places_of
from .telling import HELD_BACK, NOT_LOGGED, Changes, is_writing, told, typed


class WorkingChangeQuerySet(models.QuerySet):
    def of_root(self, type: str, content_id):
        """The changes of a root and of all that belongs to it."""
        return self.filter(root_type=type, root_content_id=content_id)

    def of_part(self, content_id):
        """The changes of a child or a fact right under a root, and of what is in it."""
        return self.filter(part_content_id=content_id)

    def of_row(self, root_content_id, content_id):
        """The changes of one row."""
        return self.filter(root_content_id=root_content_id, content_id=content_id)

    def authors_since(self, type: str, content_id, instant: datetime | None, *, also_in: Iterable = ()) -> set[int]:
        """The ids of those who worked on a root after an instant; ever, where there was none. Checking is no work.

        also_in: the content_ids of what stands in it now and may have been worked on elsewhere: sources it cites, and
        children while they belonged to another root.
        """
        also_in = list(also_in)
        within = Q(root_type=type, root_content_id=content_id) | Q(root_content_id__in=also_in)
        work = self.filter(within | Q(part_content_id__in=also_in))
        return (work if instant is None else work.filter(timestamp__gt=instant))._authors()

    def authors_of_rows(self, root_content_id, *, ever: Iterable, since: Mapping[UUID, datetime]) -> set[int]:
        """The ids of those who worked on rows of a root and on what is in them: ever, or each since an instant."""
        ever = list(ever)
        work = Q(root_content_id=root_content_id, content_id__in=ever) | Q(part_content_id__in=ever)
        for content_id, instant in since.items():
            work |= Q(part_content_id=content_id, timestamp__gt=instant)
        return self.filter(work)._authors() if ever or since else set()

    def come_since(self, instant: datetime, *, parents: Iterable[str]) -> tuple[set[str], set[str]]:
        """The content_ids of rows released since, or a language of them, and of rows given another of these parents."""
        released, moved, parents = set(), set(), set(parents)
        changed = self.filter(timestamp__gt=instant, action=self.model.Action.UPDATE)
        for content_id, changes in changed.values_list("content_id", "changes"):
            if any(name.rpartition(".")[2] == HELD_BACK and not now for name, (_was, now) in changes.items()):
                released.add(str(content_id))
            if parents & changes.keys():
                moved.add(str(content_id))
        return released, moved

    def _authors(self) -> set[int]:
        work = self.filter(authored=True, actor__isnull=False)
        return set(work.order_by().values_list("actor_id", flat=True).distinct())


class WorkingChangeManager(models.Manager.from_queryset(WorkingChangeQuerySet)):
    def log_create(self, instance, force_log: bool = False, *, action: int, changes: dict | None = None):
        """What auditlog calls when a row was added or is about to change. None where there is nothing to tell."""
        adding = action == self.model.Action.CREATE
        changes = told(instance, changes or {}, adding=adding)
        return self.log([instance], action, lambda row: changes)[0] if changes or adding else None

    def log(self, rows: Iterable[Publishable], action: int, changes: Callable[[Publishable], Changes]) -> list:
        """An entry for each row, in a number of queries that does not grow with theirs."""
        rows, act = list(rows), acts.current()
        places = places_of(rows, act.places)
        entries = [
            self.model.of(row, place, act, action=action, changes=changes(row))
            for row, place in zip(rows, places, strict=True)
        ]
        return self.bulk_create(entries, batch_size=200)


class WorkingChange(AbstractLogEntry):
    """One change of one row. object_repr: what it was called then; its root: what it belonged to then."""

    class Action(models.IntegerChoices):
        CREATE = 0, _("added")
        UPDATE = 1, _("changed")
        DELETE = 2, _("deleted")

    # No addresses of editors' machines are kept, and nothing twice.
    object_pk = changes_text = additional_data = remote_addr = remote_port = actor_email = None

    content_type = models.ForeignKey(
        ContentType, models.PROTECT, related_name="+", verbose_name=_("kind"), db_index=False
    )
    object_id = models.BigIntegerField()
    content_id = models.UUIDField()
    object_repr = models.TextField(_("what"))
    root_type = models.CharField(max_length=20)
    root_content_id = models.UUIDField()
    part_content_id = models.UUIDField()  # the child or fact right under the root that it was in, or the root
    action = models.PositiveSmallIntegerField(_("change"), choices=Action)
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    serialized_data = models.JSONField(null=True, encoder=DjangoJSONEncoder)  # all that a deleted row held
    authored = models.BooleanField(default=True)  # work on what will be published; not a check, nor holding back
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who"), db_index=False
    )
    cid = models.CharField(max_length=32)  # the act: what one request, command or verb changed
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
        return ContentType.objects.get_for_id(self.content_type_id).model_class()

    @classmethod
    def of(cls, row: Publishable, place, act: acts.Act, *, action: int, changes: Changes) -> "WorkingChange":
        row = typed(row)
        return cls(
            content_type=ContentType.objects.get_for_model(row),
            object_id=row.pk,
            content_id=row.content_id,
            object_repr=str(row),
            root_type=place.root_type,
            root_content_id=place.root,
            part_content_id=place.part,
            action=action,
            changes=changes,
            serialized_data=serializers.serialize("python", [row])[0] if action == cls.Action.DELETE else None,
            authored=action != cls.Action.UPDATE or is_writing(changes),
            actor_id=act.user_id,
            cid=act.id,
        )


@transaction.atomic
def update_logged(rows: models.QuerySet, **values) -> int:
    """What `rows.update(**values)` does, and an entry for every row that this changes. Gives how many those are."""
    new = {name: getattr(value, "pk", value) for name, value in values.items()}
    locked = rows.model.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).select_for_update()
    changes = {row: _changed(row, new) for row in locked}
    changed = [row for row in changes if changes[row]]
    WorkingChange.objects.log(changed, WorkingChange.Action.UPDATE, changes.get)
    rows.model.objects.filter(pk__in=[row.pk for row in changed]).update(**values)
    return len(changed)


def _changed(row: Publishable, new: dict) -> Changes:
    fields = {name: row._meta.get_field(name) for name in new if name not in NOT_LOGGED}
    return {
        name: [getattr(row, field.attname), new[name]]
        for name, field in fields.items()
        if getattr(row, field.attname) != new[name]
    }
