"""Worklists of what waits for a decision: reviews, approvals to publish, redactions to confirm, schedules."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from record.documents.canonical_json import ReferenceKey
from record.formatting import format_moment
from record.languages import localize

from ...actions.redact import REDACT_PERMISSION
from ...choices import ReviewVerb, ScheduleState
from ...documents.registry import get_working_rows, models_by_type
from ...documents.workflow_state import valid_approvals
from ...models import Redaction, ReviewEntry, Root, Schedule
from ..diff import labels
from ..workflow.workflow_views import workflow_url
from .registry import DashboardUser, Worklist, WorklistRow, register_worklist
from .worklists import kind_of_row


def _with_existing_roots(entries):
    """Keep the entries whose root still exists; others could not be described, and are not counted."""
    roots = [
        model.objects.order_by().values("content_id") for model in models_by_type().values() if issubclass(model, Root)
    ]
    return entries.filter(content_id__in=roots[0].union(*roots[1:], all=True))


def _build_root_rows(entries: list, tell) -> list[WorklistRow]:
    """Build the rows of entries that name roots by type and content_id; one query for each type.

    `tell(entry, root)` returns the row of one entry.
    """
    roots = get_working_rows(map(_entry_ref, entries))
    found = [(each, roots.get(_entry_ref(each))) for each in entries]
    return [tell(each, root) for each, root in found if root]


def _entry_ref(entry) -> ReferenceKey:
    """Return the key of the root that an entry is about."""
    return entry.type, str(entry.content_id)


def _quote_note(note: str) -> tuple[str, ...]:
    """Return the note in quotation marks as the one item of a tuple; () for an empty note."""
    return (_("“%(quote)s”") % {"quote": note},) if note else ()


def _find_reviews(asker: DashboardUser):
    """Return the review requests that wait for the user; None for those who may not review."""
    may = asker.user.has_perm("record.review")
    return ReviewEntry.objects.waiting_for(asker.user) if may else None


def _build_review_rows(entries, asker):
    """Describe review requests by who asked, and whether this user or everybody."""

    def tell(entry, root):
        told = _("asked of you by %(who)s") if entry.asked_id else _("asked of everybody who reviews, by %(who)s")
        told %= {"who": entry.by}
        return WorklistRow(str(root), workflow_url(root, "review"), kind_of_row(root), (told, *_quote_note(entry.note)))

    return _build_root_rows(entries, tell)


def _find_approved(asker: DashboardUser):
    """Return the approvals that wait for a publisher; None for those who may not publish.

    What is scheduled as it was approved waits for its moment and not for a publisher: it is left out.
    """
    if not asker.user.has_perm("record.publish"):
        return None
    same = {"content_id": OuterRef("content_id"), "frozen__digest": OuterRef("frozen__digest")}
    scheduled = Exists(Schedule.objects.waiting().filter(**same))
    return _with_existing_roots(ReviewEntry.objects.ended_by(ReviewVerb.APPROVED).filter(~scheduled))


def _build_approved_rows(entries, asker):
    """Describe approvals, and say which are void because of later edits."""
    valid = _find_valid_approvals(entries)

    def tell(entry, root):
        told = _("approved by %(who)s on %(when)s") % {"who": entry.by, "when": format_moment(entry.at)}
        void = () if _entry_ref(entry) in valid else (_("edited since: the approval is void"),)
        return WorklistRow(
            str(root), workflow_url(root, "publish"), kind_of_row(root), (told, *void, *_quote_note(entry.note))
        )

    return _build_root_rows(entries, tell)


def _find_valid_approvals(entries: Iterable[ReviewEntry]) -> set[ReferenceKey]:
    """Return the keys of the roots that are unchanged since they were approved."""
    by_type = defaultdict(list)
    for entry in entries:
        by_type[entry.type].append(entry)
    return {(type, content_id) for type, given in by_type.items() for content_id in valid_approvals(type, given)}


def _find_open_redactions(asker: DashboardUser):
    """Return the redactions that the user may confirm; None for those who may not redact."""
    return (
        _with_existing_roots(Redaction.objects.awaiting_confirmation_by(asker.user))
        if asker.user.has_perm(REDACT_PERMISSION)
        else None
    )


def _build_redaction_rows(redactions, asker):
    """Describe proposed redactions by who proposed them and why."""

    def tell(redaction, root):
        told = _("proposed by %(who)s") % {"who": redaction.proposed_by}
        reason, _language = localize(redaction.reason, labels.editor_language())
        url = workflow_url(root, "redaction", redaction.pk)
        return WorklistRow(str(root), url, kind_of_row(root), (told, *_quote_note(reason)), urgent=True)

    return _build_root_rows(redactions, tell)


def _find_sent_back(asker: DashboardUser):
    """Return the reviews that were sent back to the user."""
    return _with_existing_roots(ReviewEntry.objects.sent_back_to(asker.user))


def _build_sent_back_rows(entries, asker):
    """Describe reviews sent back by who sent them and the note."""

    def tell(entry, root):
        told = _("sent back by %(who)s") % {"who": entry.by}
        url = labels.change_form_url(type(root), root.pk)
        return WorklistRow(str(root), url, kind_of_row(root), (told, *_quote_note(entry.note)), urgent=True)

    return _build_root_rows(entries, tell)


def _find_schedules(asker: DashboardUser):
    """Return the schedules that the user should watch; None for those who may not see schedules."""
    may_see = asker.viewable_models(Schedule)
    return _with_existing_roots(Schedule.objects.needing_attention(asker.user)) if may_see else None


def _build_schedule_rows(schedules, asker):
    """Describe schedules; a failed one carries its reason and can be acknowledged."""

    def tell(schedule, root):
        failed = schedule.state == ScheduleState.FAILED
        told = _("not carried out on %(when)s: %(why)s") if failed else _("goes public on %(when)s, by %(who)s")
        words = {"when": format_moment(schedule.publish_at), "who": schedule.by, "why": schedule.reason}
        ack_url = reverse("admin:newsroom_schedule_note", args=[schedule.pk]) if failed else ""
        url = labels.change_form_url(type(root), root.pk)
        return WorklistRow(str(root), url, kind_of_row(root), (told % words,), urgent=failed, ack_url=ack_url)

    return _build_root_rows(schedules, tell)


register_worklist(
    Worklist(
        "reviews",
        gettext_lazy("Reviews waiting for you"),
        gettext_lazy("Nobody is waiting for your review."),
        _find_reviews,
        _build_review_rows,
        personal=True,
        order=10,
    )
)
register_worklist(
    Worklist(
        "approved",
        gettext_lazy("Approved, waiting to be published"),
        gettext_lazy("Nothing that was approved waits to be published."),
        _find_approved,
        _build_approved_rows,
        personal=True,
        order=14,
    )
)
register_worklist(
    Worklist(
        "redactions",
        gettext_lazy("Redactions to be confirmed"),
        gettext_lazy("No redaction waits for your confirmation."),
        _find_open_redactions,
        _build_redaction_rows,
        personal=True,
        order=16,
    )
)
register_worklist(
    Worklist(
        "sent-back",
        gettext_lazy("Sent back to you"),
        gettext_lazy("Nothing of yours was sent back."),
        _find_sent_back,
        _build_sent_back_rows,
        personal=True,
        order=20,
    )
)
register_worklist(
    Worklist(
        "scheduled",
        gettext_lazy("Scheduled publications"),
        gettext_lazy("Nothing is scheduled."),
        _find_schedules,
        _build_schedule_rows,
        personal=True,
        order=50,
    )
)
