"""Reviewing: one person asks, another approves or sends back, always about a stored state of the text."""

from django.db import transaction
from django.utils.translation import gettext as _

from ..choices import ReviewVerb
from ..documents.changeset import find_along_drafts
from ..documents.drafts import Draft, build_draft
from ..documents.registry import get_row_key
from ..documents.snapshots import save_snapshot
from ..models import FrozenDraft, ReviewEntry, Root
from .append import lock_publishing
from .authors import find_authors, find_requesters
from .permissions import ActionError, perm, require_perm
from .publish import StaleDraft, ValidationFailed

REVIEW_PERMISSION = "record.review"


@transaction.atomic
def request_review(*, root: Root, by, of=None, note: str = "") -> ReviewEntry:
    """Ask for a review of the root as it stands. of: a person who may review; None asks everybody who may.

    Raises PermissionDenied, or ActionError if that person may not review or is the one who asks.
    """
    require_perm(by, perm(root, "change"))
    lock_publishing()
    if of is not None and not of.has_perm(REVIEW_PERMISSION):
        raise ActionError(_("%(user)s may not review.") % {"user": of})
    if of == by:
        raise ActionError(_("Nobody approves their own work: ask somebody else."))
    return _add_entry(
        ReviewVerb.REQUESTED, root, by, save_snapshot(_build_drafts_with_along(root), by=by), asked=of, note=note
    )


@transaction.atomic
def approve(*, root: Root, by, seen: str, note: str = "") -> ReviewEntry:
    """Approve exactly the state whose digest was seen. A later edit invalidates the approval.

    Problems that end on a certain day do not prevent approval; they are checked again at publication.
    Raises PermissionDenied, StaleDraft if it changed since, ValidationFailed, or ActionError if nothing was requested
    or the work is one's own.
    """
    require_perm(by, REVIEW_PERMISSION)
    lock_publishing()
    asked = _get_open_entry(root, ReviewVerb.REQUESTED)
    drafts = _build_drafts_with_along(root)
    if by.pk in find_authors(drafts):
        raise ActionError(_("Nobody approves their own work. Somebody else must."))
    if drafts[0].digest != seen:
        raise StaleDraft(_("It was changed since you opened the page. Look at it as it is now."))
    if problems := [problem for draft in drafts for problem in draft.problems if not problem.until]:
        raise ValidationFailed(problems)
    return _add_entry(ReviewVerb.APPROVED, root, by, save_snapshot(drafts, by=by), asked=asked.asked, note=note)


@transaction.atomic
def send_back(*, root: Root, by, note: str) -> ReviewEntry:
    """Send back a request, or revoke an approval. Raises PermissionDenied, or ActionError if the note is empty."""
    require_perm(by, REVIEW_PERMISSION)
    lock_publishing()
    if not note.strip():
        raise ActionError(_("Say in a note what is to be done."))
    entry = _get_open_entry(root, ReviewVerb.REQUESTED, ReviewVerb.APPROVED)
    return _add_entry(ReviewVerb.SENT_BACK, root, by, entry.frozen, note=note)


@transaction.atomic
def cancel_review_request(*, root: Root, by, note: str = "") -> ReviewEntry:
    """Cancel one's own request, approved or not yet.

    Raises PermissionDenied, or ActionError if nothing is requested or it is somebody else's request.
    """
    require_perm(by, perm(root, "change"))
    lock_publishing()
    entry = _get_open_entry(root, ReviewVerb.REQUESTED, ReviewVerb.APPROVED)
    if by.pk not in find_requesters(*get_row_key(root)):
        raise ActionError(_("Who asked for the review takes the request back."))
    return _add_entry(ReviewVerb.TAKEN_BACK, root, by, entry.frozen, note=note)


def _add_entry(verb: ReviewVerb, root: Root, by, frozen: FrozenDraft, *, asked=None, note: str = "") -> ReviewEntry:
    """Add an entry to the review thread of the root."""
    type, content_id = get_row_key(root)
    return ReviewEntry.objects.create(
        type=type,
        content_id=content_id,
        verb=verb,
        by=by,
        asked=asked,
        note=note.strip(),
        frozen=frozen,
    )


def _get_open_entry(root: Root, *verbs: ReviewVerb) -> ReviewEntry:
    """Return the last entry of the thread. Raises ActionError unless it has one of these verbs."""
    last = ReviewEntry.objects.thread_of(*get_row_key(root)).last()
    if last is None or last.verb not in verbs:
        raise ActionError(_("Nobody has asked for a review of it."))
    return last


def _build_drafts_with_along(root: Root) -> list[Draft]:
    """Return the root's Draft first, then those of the small roots published along with it."""
    draft = build_draft(root)
    return [draft, *find_along_drafts([draft])]
