"""Scheduling: a Draft frozen now goes public once, at a later moment.

If it cannot, whoever scheduled it is told why.
"""

import logging
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..choices import ScheduleState
from ..documents.drafts import Draft, get_live_revisions
from ..documents.registry import get_published_type
from ..documents.snapshots import load_snapshot, save_snapshot
from ..models import EditorSettings, Schedule
from .append import ChangeNote, lock_publishing
from .clocks import WrongClock
from .permissions import ActionError, require_perm
from .publish import prepare_publication, publish

logger = logging.getLogger(__name__)
MAX_SCHEDULE_AHEAD = timedelta(days=366)


@transaction.atomic
def schedule_publication(
    *, drafts: list[Draft], at: datetime, by, note: ChangeNote | None = None, overruled: str = ""
) -> Schedule:
    """Schedule these Drafts to be published as they are now. The root's comes first, what goes along with it after it.

    Raises PermissionDenied and whatever publishing them at that moment would raise; ActionError if the moment is past
    or more than a year away, the root is scheduled already, or nothing would change.
    """
    require_perm(by, "record.publish")
    lock_publishing()
    if at <= timezone.now():
        raise ActionError(_("That moment is past. Give one to come."))
    if at > timezone.now() + MAX_SCHEDULE_AHEAD:
        raise ActionError(_("Give a moment within a year from now."))
    root, note = drafts[0], note or ChangeNote()
    if Schedule.objects.waiting().filter(content_id=root.content_id).exists():
        raise ActionError(_("A publication of it is scheduled already. Cancel that one first."))
    ready = prepare_publication(drafts, overruled=overruled, at=at)
    if not ready.changeset.entries:
        raise ActionError(_("There is nothing to publish: the record says this already."))
    return Schedule.objects.create(
        type=root.type,
        content_id=root.content_id,
        frozen=save_snapshot(drafts, by=by),
        publish_at=at,
        by=by,
        note=note.text,
        major=note.major,
        overruled=overruled if ready.warnings else "",
    )


@transaction.atomic
def cancel_schedule(*, schedule_id: int, by) -> Schedule:
    """Cancel a scheduled publication. Raises PermissionDenied, or ActionError if it no longer waits."""
    require_perm(by, "record.publish")
    row = Schedule.objects.waiting().select_for_update().filter(pk=schedule_id).first()
    if row is None:
        raise ActionError(_("It is not waiting any more."))
    return row.close(ScheduleState.CANCELLED)


@transaction.atomic
def acknowledge_failure(*, schedule_id: int, by) -> None:
    """Acknowledge that a scheduled publication failed, so that it is no longer shown as needing attention.

    Raises PermissionDenied unless it is one's own or one may publish, and ActionError if it did not fail.
    """
    row = Schedule.objects.select_for_update().filter(pk=schedule_id, state=ScheduleState.FAILED).first()
    if row is None:
        raise ActionError(_("It did not fail."))
    if row.by != by:
        require_perm(by, "record.publish")
    if row.seen_by is None:
        row.seen_by = by
        row.save(update_fields=["seen_by"])


def execute_schedule(*, schedule_id: int, at: datetime) -> Schedule | None:
    """Publish what is due and return it; None if it is not due or was handled elsewhere.

    What cannot be published is marked as failed with the reason. OperationalError and WrongClock are raised again,
    since the next sweep may succeed.
    """
    try:
        return _execute_locked(schedule_id, at)
    except (OperationalError, WrongClock):
        raise  # not the fault of what is published: the next sweep tries again
    except (ActionError, PermissionDenied) as error:
        return _fail_schedule(schedule_id, str(error))
    except Exception:  # a bug: whoever scheduled it must learn of it
        logger.exception("schedule %s could not be carried out", schedule_id)
        return _fail_schedule(schedule_id, _("Something went wrong. The log of the server says what."))


@transaction.atomic
def _execute_locked(schedule_id: int, at: datetime) -> Schedule | None:
    """Lock the schedule and publish its Drafts in one transaction. None if it is not due."""
    row = Schedule.objects.due(at=at).select_for_update().filter(pk=schedule_id).first()
    if row is None:
        return None
    with override(EditorSettings.language_of(row.by)):  # the language of the reason if it fails
        root, *rest = load_snapshot(row.frozen)
        drafts = [root, *_still_unpublished(rest)]
        _check_not_deleted(drafts)
        publication = publish(
            drafts=drafts,
            by=row.by,
            notes={root.key: ChangeNote(row.note, major=row.major)},
            overruled=row.overruled,
            without_along=True,
        )
    return row.close(ScheduleState.PUBLISHED, publication=publication)


def _still_unpublished(drafts: list[Draft]) -> list[Draft]:
    """Leave out what was to be published along and has become public since: it stays as it is."""
    return [draft for draft in drafts if not get_live_revisions(draft.type, [draft.content_id])]


def _check_not_deleted(drafts: list[Draft]) -> None:
    """Raise ActionError if a row was deleted: nobody could correct or withdraw it in the newsroom."""
    for draft in drafts:
        if not get_published_type(draft.type).model.objects.filter(content_id=draft.content_id).exists():
            raise ActionError(_("What was to be published was deleted meanwhile."))


@transaction.atomic
def _fail_schedule(schedule_id: int, reason: str) -> Schedule | None:
    """Mark the schedule as failed. None if it no longer waits."""
    row = Schedule.objects.waiting().select_for_update().filter(pk=schedule_id).first()
    return row and row.close(ScheduleState.FAILED, reason=reason)
