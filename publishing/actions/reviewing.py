"""Reviewing: one person asks, another approves or sends back, always about a stored state of the text."""

from django.db import transaction
from django.utils.translation import gettext as _

from ..documents import Draft, along, draft_of, freeze, key_of
from ..models import FrozenDraft, ReviewEntry, Root
from ..states import ReviewVerb
from .appending import lock_the_record
from .authorship import authors_of, requesters
from .permits import Refused, permit
from .publish import Blocked, Moved

ASKABLE = "publishing.review"


@transaction.atomic
def request_review(*, root: Root, by, of=None, note: str = "") -> ReviewEntry:
    """Ask for a review of the root as it stands. of: a person who may review; None asks everybody who may.

    Raises PermissionDenied, or ActionError if that person may not review or is the one who asks.
    """
    permit(by, f"{root._meta.app_label}.change_{root._meta.model_name}")
    lock_the_record()
    if of is not None and not of.has_perm(ASKABLE):
        raise Refused(_("%(user)s may not review.") % {"user": of})
    if of == by:
        raise Refused(_("Nobody approves their own work: ask somebody else."))
    return _say(ReviewVerb.REQUESTED, root, by, freeze(_drafts(root), by=by), asked=of, note=note)


@transaction.atomic
def approve(*, root: Root, by, seen: str, note: str = "") -> ReviewEntry:
    """Approve exactly the state whose digest was seen. A later edit invalidates the approval.

    Problems that end on a certain day do not prevent approval; they are checked again at publication.
    Raises PermissionDenied, StaleDraft if it changed since, ValidationFailed, or ActionError if nothing was requested
    or the work is one's own.
    """
    permit(by, ASKABLE)
    lock_the_record()
    asked = _open(root, ReviewVerb.REQUESTED)
    drafts = _drafts(root)
    if by.pk in authors_of(drafts):
        raise Refused(_("Nobody approves their own work. Somebody else must."))
    if drafts[0].digest != seen:
        raise Moved(_("It was changed since you opened the page. Look at it as it is now."))
    if problems := [problem for draft in drafts for problem in draft.problems if not problem.until]:
        raise Blocked(problems)
    return _say(ReviewVerb.APPROVED, root, by, freeze(drafts, by=by), asked=asked.asked, note=note)


@transaction.atomic
def send_back(*, root: Root, by, note: str) -> ReviewEntry:
    """Send back a request, or revoke an approval. Raises PermissionDenied, or ActionError if the note is empty."""
    permit(by, ASKABLE)
    lock_the_record()
    if not note.strip():
        raise Refused(_("Say in a note what is to be done."))
    entry = _open(root, ReviewVerb.REQUESTED, ReviewVerb.APPROVED)
    return _say(ReviewVerb.SENT_BACK, root, by, entry.frozen, note=note)


@transaction.atomic
def take_back(*, root: Root, by, note: str = "") -> ReviewEntry:
    """Cancel one's own request, approved or not yet.

    Raises PermissionDenied, or ActionError if nothing is requested or it is somebody else's request.
    """
    permit(by, f"{root._meta.app_label}.change_{root._meta.model_name}")
    lock_the_record()
    entry = _open(root, ReviewVerb.REQUESTED, ReviewVerb.APPROVED)
    if by.pk not in requesters(*key_of(root)):
        raise Refused(_("Who asked for the review takes the request back."))
    return _say(ReviewVerb.TAKEN_BACK, root, by, entry.frozen, note=note)


def _say(verb: ReviewVerb, root: Root, by, frozen: FrozenDraft, *, asked=None, note: str = "") -> ReviewEntry:
    """Add an entry to the review thread of the root."""
    type, content_id = key_of(root)
    return ReviewEntry.objects.create(
        type=type,
        content_id=content_id,
        verb=verb,
        by=by,
        asked=asked,
        note=note.strip(),
        frozen=frozen,
    )


def _open(root: Root, *verbs: ReviewVerb) -> ReviewEntry:
    """Return the last entry of the thread. Raises ActionError unless it has one of these verbs."""
    last = ReviewEntry.objects.of(*key_of(root)).last()
    if last is None or last.verb not in verbs:
        raise Refused(_("Nobody has asked for a review of it."))
    return last


def _drafts(root: Root) -> list[Draft]:
    """Return the root's Draft first, then those of the small roots published along with it."""
    draft = draft_of(root)
    return [draft, *along([draft])]
