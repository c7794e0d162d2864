"""Whether a second person stands behind what is to be published, and who that is."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from ..choices import ReviewVerb
from ..documents import Draft, draft_of, row_of, thaw
from ..models import ReviewEntry
from .permits import Refused

OPEN = (ReviewVerb.REQUESTED, ReviewVerb.APPROVED, ReviewVerb.SENT_BACK)
Approvals = dict[tuple[str, str, str], ReviewEntry]  # {(type, content_id, digest): the approval that covers it}


class NotApproved(Refused):
    """A second person is asked for, and nobody approved this state of the text."""


def approvals_of(drafts: Iterable[Draft]) -> Approvals:
    """The approvals of exactly these Drafts; one of a root covers the small roots that were to go along with it."""
    drafts = list(drafts)
    entries = ReviewEntry.objects.filter(
        content_id__in=[draft.content_id for draft in drafts], frozen__digest__in=[draft.digest for draft in drafts]
    )
    last = {
        (entry.type, str(entry.content_id), entry.frozen.digest): entry
        for entry in entries.select_related("frozen", "by").order_by("pk")
    }
    covered = {}
    for entry in last.values():
        if entry.verb == ReviewVerb.APPROVED:
            covered |= {(each.type, each.content_id, each.digest): entry for each in thaw(entry.frozen)}
    return covered


def approver_of(drafts: list[Draft]):
    """Who approved all of these, if it was one person. Raises NotApproved where that is asked for and lacking."""
    approvals = approvals_of(drafts)
    found = [approvals.get((draft.type, draft.content_id, draft.digest)) for draft in drafts]
    if settings.REQUIRE_SECOND_PERSON and None in found:
        missing = drafts[found.index(None)]
        raise NotApproved(_("“%(name)s” needs the approval of a second person first.") % {"name": row_of(*missing.key)})
    people = {entry.by for entry in found if entry}
    return people.pop() if len(people) == 1 else None


def close_threads(drafts: Iterable[Draft], *, by) -> None:
    """Say in the review threads of these roots that they were published, unless later edits are under review."""
    by_type = defaultdict(dict)
    for draft in drafts:
        by_type[draft.type][draft.content_id] = draft
    for type, of_type in by_type.items():
        for content_id, last in ReviewEntry.objects.last_of(type, of_type).items():
            if last.verb in OPEN and _is_answered(last, of_type[content_id]):
                ReviewEntry.objects.create(
                    type=type, content_id=content_id, verb=ReviewVerb.PUBLISHED, by=by, frozen=last.frozen
                )


def _is_answered(last: ReviewEntry, published: Draft) -> bool:
    """Published as it was reviewed, or as the working copy has it now."""
    return published.digest in (last.frozen.digest, draft_of(row_of(*published.key)).digest)
