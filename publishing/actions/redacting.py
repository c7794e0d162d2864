"""Redacting: two administrators remove words from every edition and from the working copy and its history.

See decision 72.
"""

from collections.abc import Iterable

from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import rules
from ..choices import Action, UpdateType
from ..documents.redactable import CHANGE_NOTES, Named, named
from ..editions import Change
from ..models import Redaction, Schedule
from ..rules import Key
from ..signals import redacting
from . import forgetting
from .appending import lock_the_record, next_publication
from .permits import Refused, permit
from .purging import Purged, purge_change_notes, purge_editions, purge_slugs

REDACT = "publishing.redact"


@transaction.atomic
def propose_redaction(*, root: Key, fields: Iterable[str], reason: dict | None, by) -> Redaction:
    """Propose to remove these fields from everything ever published of a root.

    fields: paths as `parse_redactable_path` reads them, or `CHANGE_NOTES`. reason: a public text. Raises
    PermissionDenied, or ActionError if there is no reason, no field, or a path that names nothing.
    """
    permit(by, REDACT)
    fields = sorted(set(fields))
    if not reason or not any(reason.values()):
        raise Refused(_("Give a public reason."))
    if not fields:
        raise Refused(_("Choose what is to be redacted."))
    try:
        named_in(fields)
    except (KeyError, ValueError, FieldDoesNotExist) as error:
        raise Refused(_("This cannot be redacted: %(path)s") % {"path": error}) from error
    return Redaction.objects.create(type=root[0], content_id=root[1], fields=fields, reason=reason, proposed_by=by)


@transaction.atomic
def drop_redaction(*, redaction: Redaction, by) -> Redaction:
    """Drop a proposal, one's own or another's. Raises PermissionDenied, or ActionError if it is closed."""
    permit(by, REDACT)
    row = _open(redaction)
    row.dropped_by, row.closed_at = by, timezone.now()
    row.save()
    return row


@transaction.atomic
def confirm_redaction(*, redaction: Redaction, by) -> Redaction:
    """Remove the words for good, and append a `redacted` change for each thing that held them.

    Partners learn of it from these changes, of which there is one for each root that the thing ever belonged to. Raises
    PermissionDenied, or ActionError if the proposal is closed or one's own.
    """
    permit(by, REDACT)
    list(
        Schedule.objects.waiting().select_for_update().order_by("pk")
    )  # in the order of execute_schedule: the schedule first, then the publishing lock
    record = lock_the_record()
    row = _open(redaction)
    if row.proposed_by == by:
        raise Refused(_("Somebody else confirms a redaction than who proposed it."))
    purged = _take_away(row)
    row.publication = next_publication(record, by=row.proposed_by, approved_by=by, urgent=True)
    row.confirmed_by, row.closed_at = by, timezone.now()
    _tell(row, purged)
    row.save()
    return row


def effect_of(redaction: Redaction) -> Purged:
    """Return what confirming it would change in the record. Writes nothing."""
    return purge_editions([each.field for each in named_in(redaction.fields)], writing=False)


def named_in(paths: Iterable[str]) -> list[Named]:
    """Parse these paths, leaving out that of the change notes. Raises as `parse_redactable_path` does."""
    return [named(path) for path in paths if path != CHANGE_NOTES]


def _open(redaction: Redaction) -> Redaction:
    """Lock and reload the proposal. Raises ActionError if it is closed."""
    row = Redaction.objects.open().select_for_update(of=("self",)).filter(pk=redaction.pk).first()
    if row is None:
        raise Refused(_("It is confirmed or dropped already."))
    return row


def _take_away(redaction: Redaction) -> Purged:
    """Remove the words from the record, then from the newsroom, then from other apps (signal `redacting`)."""
    root = redaction.type, str(redaction.content_id)
    fields = named_in(redaction.fields)
    in_documents = [each.field for each in fields]
    purged = purge_editions(in_documents)
    purge_slugs(in_documents, root[0])
    if CHANGE_NOTES in redaction.fields:
        purge_change_notes(root)
        forgetting.forget_notes_of_schedules(root)
        purged.editions.setdefault(root, 0)
        purged.roots[root].add(root)
    words = purged.words | forgetting.forget_frozen(in_documents)
    words |= forgetting.forget_rows(fields) | forgetting.forget_logged(fields)
    words = {each for each in words if each and not rules.is_marker(each)}
    forgetting.forget_names(words)
    forgetting.forget_notes(words)
    redacting.send(sender=Redaction, fields=fields, words=words)
    return purged


def _tell(redaction: Redaction, purged: Purged) -> None:
    """Append a change for each thing and root: those of the root itself first, the others in a fixed order."""
    root = redaction.type, str(redaction.content_id)
    things = [(key, its_root) for key, roots in purged.roots.items() for its_root in roots]
    things.sort(key=lambda item: (item[1] != root, item[0] != root, item))
    Change.objects.bulk_create(
        [
            Change(
                publication=redaction.publication,
                action=Action.REDACTED,
                update_type=UpdateType.MINOR,
                note=redaction.reason,
                type=key[0],
                content_id=key[1],
                root_type=its_root[0],
                root_content_id=its_root[1],
            )
            for key, its_root in things
        ],
        batch_size=500,
    )
