"""Redacting: two administrators remove words from every edition and from the working copy and its history.

See decision 72.
"""

from collections.abc import Iterable

from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from record.choices import ChangeAction, UpdateType
from record.documents.canonical_json import ReferenceKey
from record.documents.redaction import is_marker
from record.models import Change

from ..documents.redactable import CHANGE_NOTES, RedactablePath, parse_redactable_path
from ..models import Redaction, Schedule
from ..signals import redacting
from . import redact_working_copy
from .append import create_publication, lock_publishing
from .permissions import ActionError, require_perm
from .redact_editions import PurgeResult, purge_change_notes, purge_editions, purge_slugs

REDACT_PERMISSION = "newsroom.redact"


@transaction.atomic
def propose_redaction(*, root: ReferenceKey, fields: Iterable[str], reason: dict | None, by) -> Redaction:
    """Propose to remove these fields from everything ever published of a root.

    fields: paths as `parse_redactable_path` reads them, or `CHANGE_NOTES`. reason: a public text. Raises
    PermissionDenied, or ActionError if there is no reason, no field, or a path that names nothing.
    """
    require_perm(by, REDACT_PERMISSION)
    fields = sorted(set(fields))
    if not reason or not any(reason.values()):
        raise ActionError(_("Give a public reason."))
    if not fields:
        raise ActionError(_("Choose what is to be redacted."))
    try:
        parse_redactable_paths(fields)
    except (KeyError, ValueError, FieldDoesNotExist) as error:
        raise ActionError(_("This cannot be redacted: %(path)s") % {"path": error}) from error
    return Redaction.objects.create(type=root[0], content_id=root[1], fields=fields, reason=reason, proposed_by=by)


@transaction.atomic
def drop_redaction(*, redaction: Redaction, by) -> Redaction:
    """Drop a proposal, one's own or another's. Raises PermissionDenied, or ActionError if it is closed."""
    require_perm(by, REDACT_PERMISSION)
    row = _lock_open_redaction(redaction)
    row.dropped_by, row.closed_at = by, timezone.now()
    row.save()
    return row


@transaction.atomic
def confirm_redaction(*, redaction: Redaction, by) -> Redaction:
    """Remove the words for good, and append a `redacted` change for each thing that held them.

    Partners learn of it from these changes, of which there is one for each root that the thing ever belonged to. Raises
    PermissionDenied, or ActionError if the proposal is closed or one's own.
    """
    require_perm(by, REDACT_PERMISSION)
    list(
        Schedule.objects.waiting().select_for_update().order_by("pk")
    )  # in the order of execute_schedule: the schedule first, then the publishing lock
    record = lock_publishing()
    row = _lock_open_redaction(redaction)
    if row.proposed_by == by:
        raise ActionError(_("Somebody else confirms a redaction than who proposed it."))
    purged = _redact_everywhere(row)
    row.publication = create_publication(record, by=row.proposed_by, approved_by=by, urgent=True)
    row.confirmed_by, row.closed_at = by, timezone.now()
    _append_redacted_changes(row, purged)
    row.save()
    return row


def dry_run_redaction(redaction: Redaction) -> PurgeResult:
    """Return what confirming it would change in the record. Writes nothing."""
    return purge_editions([each.field for each in parse_redactable_paths(redaction.fields)], writing=False)


def parse_redactable_paths(paths: Iterable[str]) -> list[RedactablePath]:
    """Parse these paths, leaving out that of the change notes. Raises as `parse_redactable_path` does."""
    return [parse_redactable_path(path) for path in paths if path != CHANGE_NOTES]


def _lock_open_redaction(redaction: Redaction) -> Redaction:
    """Lock and reload the proposal. Raises ActionError if it is closed."""
    row = Redaction.objects.open().select_for_update(of=("self",)).filter(pk=redaction.pk).first()
    if row is None:
        raise ActionError(_("It is confirmed or dropped already."))
    return row


def _redact_everywhere(redaction: Redaction) -> PurgeResult:
    """Remove the words from the record, then from the newsroom, then from other apps (signal `redacting`)."""
    root = redaction.type, str(redaction.content_id)
    fields = parse_redactable_paths(redaction.fields)
    in_documents = [each.field for each in fields]
    purged = purge_editions(in_documents)
    purge_slugs(in_documents, root[0])
    if CHANGE_NOTES in redaction.fields:
        purge_change_notes(root)
        redact_working_copy.redact_schedule_notes(root)
        purged.editions.setdefault(root, 0)
        purged.roots[root].add(root)
    words = purged.words | redact_working_copy.redact_snapshots(in_documents)
    words |= redact_working_copy.redact_working_rows(fields) | redact_working_copy.redact_audit_log(fields)
    words = {each for each in words if each and not is_marker(each)}
    redact_working_copy.scrub_audit_log_names(words)
    redact_working_copy.scrub_internal_notes(words)
    redacting.send(sender=Redaction, fields=fields, words=words)
    return purged


def _append_redacted_changes(redaction: Redaction, purged: PurgeResult) -> None:
    """Append a change for each thing and root: those of the root itself first, the others in a fixed order."""
    root = redaction.type, str(redaction.content_id)
    things = [(key, its_root) for key, roots in purged.roots.items() for its_root in roots]
    things.sort(key=lambda item: (item[1] != root, item[0] != root, item))
    Change.objects.bulk_create(
        [
            Change(
                publication=redaction.publication,
                action=ChangeAction.REDACTED,
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
