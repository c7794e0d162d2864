"""Sentences about a root's review and schedule, for the status panel on top of its form."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from record.formatting import format_moment

from ...choices import ReviewVerb
from ...documents.drafts import build_draft
from ...documents.registry import get_row_type
from ...models import ReviewEntry, Schedule


def describe_workflow(root) -> list[str]:
    """Return the sentences about the review and the schedule of a root; [] if there are none."""
    return [*_describe_review(root), *_describe_schedule(find_waiting_schedule(root))]


def find_waiting_schedule(root) -> Schedule | None:
    """Return the waiting schedule of a root, or None."""
    return (
        Schedule.objects.waiting()
        .filter(type=get_row_type(root), content_id=root.content_id)
        .select_related("by")
        .first()
    )


def _describe_review(root) -> Iterable[str]:
    """Yield a sentence about the last entry of the review, if that is open, approved or sent back."""
    content_id = str(root.content_id)
    entry = ReviewEntry.objects.last_entries(get_row_type(root), [content_id]).get(content_id)
    if entry is None or entry.verb in (ReviewVerb.PUBLISHED, ReviewVerb.TAKEN_BACK):
        return
    facts = {"who": entry.by, "when": format_moment(entry.at), "asked": entry.asked}
    if entry.verb == ReviewVerb.REQUESTED:
        words = (
            _("%(who)s asked %(asked)s for a review on %(when)s.")
            if entry.asked
            else _("%(who)s asked for a review on %(when)s.")
        )
        yield words % facts
    elif entry.verb == ReviewVerb.SENT_BACK:
        yield _("Sent back by %(who)s on %(when)s: %(note)s") % (facts | {"note": entry.note})
    elif entry.frozen.digest == build_draft(root).digest:
        yield _("Approved by %(who)s on %(when)s.") % facts
    else:
        yield _("Approved by %(who)s on %(when)s, and edited since: it needs a new approval.") % facts


def _describe_schedule(row: Schedule | None) -> Iterable[str]:
    """Yield a sentence about a schedule, if there is one."""
    if row is not None:
        facts = {"when": format_moment(row.publish_at), "who": row.by}
        yield _("Scheduled by %(who)s for %(when)s (Hong Kong), as it was then: later edits are not in it.") % facts
