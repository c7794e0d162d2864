"""Worklists of what waits for a decision: reviews, approvals to publish, redactions to confirm, schedules."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..actions.redacting import REDACT
from ..documents import models_by_type, rows_of, still_approved
from ..languages import say
from ..models import Redaction, ReviewEntry, Root, Schedule
from ..rules import Key
from ..shapes.wording import moment_in_words
from ..states import ReviewVerb, ScheduleState
from . import summaries
from .front import Asker, Need, Row, register
from .needs import kind_of
from .verbs import verb_url


def _of_roots(entries):
    """Keep the entries whose root still exists; others could not be described, and are not counted."""
    roots = [
        model.objects.order_by().values("content_id") for model in models_by_type().values() if issubclass(model, Root)
    ]
    return entries.filter(content_id__in=roots[0].union(*roots[1:], all=True))


def _told(entries: list, tell) -> list[Row]:
    """Build the rows of entries that name roots by type and content_id; one query for each type.

    `tell(entry, root)` returns the row of one entry.
    """
    roots = rows_of(map(_key, entries))
    found = [(each, roots.get(_key(each))) for each in entries]
    return [tell(each, root) for each, root in found if root]


def _key(entry) -> Key:
    """Return the key of the root that an entry is about."""
    return entry.type, str(entry.content_id)


def _quoted(note: str) -> tuple[str, ...]:
    """Return the note in quotation marks as the one item of a tuple; () for an empty note."""
    return (_("“%(quote)s”") % {"quote": note},) if note else ()


def _reviews(asker: Asker):
    """Return the review requests that wait for the user; None for those who may not review."""
    may = asker.user.has_perm("publishing.review")
    return ReviewEntry.objects.waiting_for(asker.user) if may else None


def _review_rows(entries, asker):
    """Describe review requests by who asked, and whether this user or everybody."""

    def tell(entry, root):
        told = _("asked of you by %(who)s") if entry.asked_id else _("asked of everybody who reviews, by %(who)s")
        told %= {"who": entry.by}
        return Row(str(root), verb_url(root, "review"), kind_of(root), (told, *_quoted(entry.note)))

    return _told(entries, tell)


def _approved(asker: Asker):
    """Return the approvals that wait for a publisher; None for those who may not publish.

    What is scheduled as it was approved waits for its moment and not for a publisher: it is left out.
    """
    if not asker.user.has_perm("publishing.publish"):
        return None
    same = {"content_id": OuterRef("content_id"), "frozen__digest": OuterRef("frozen__digest")}
    scheduled = Exists(Schedule.objects.waiting().filter(**same))
    return _of_roots(ReviewEntry.objects.ended_by(ReviewVerb.APPROVED).filter(~scheduled))


def _approved_rows(entries, asker):
    """Describe approvals, and say which are void because of later edits."""
    valid = _still_approved(entries)

    def tell(entry, root):
        told = _("approved by %(who)s on %(when)s") % {"who": entry.by, "when": moment_in_words(entry.at)}
        void = () if _key(entry) in valid else (_("edited since: the approval is void"),)
        return Row(str(root), verb_url(root, "publish"), kind_of(root), (told, *void, *_quoted(entry.note)))

    return _told(entries, tell)


def _still_approved(entries: Iterable[ReviewEntry]) -> set[Key]:
    """Return the keys of the roots that are unchanged since they were approved."""
    by_type = defaultdict(list)
    for entry in entries:
        by_type[entry.type].append(entry)
    return {(type, content_id) for type, given in by_type.items() for content_id in still_approved(type, given)}


def _redactions(asker: Asker):
    """Return the redactions that the user may confirm; None for those who may not redact."""
    return _of_roots(Redaction.objects.to_confirm(asker.user)) if asker.user.has_perm(REDACT) else None


def _redaction_rows(redactions, asker):
    """Describe proposed redactions by who proposed them and why."""

    def tell(redaction, root):
        told = _("proposed by %(who)s") % {"who": redaction.proposed_by}
        reason, _language = say(redaction.reason, summaries.language())
        url = verb_url(root, "redaction", redaction.pk)
        return Row(str(root), url, kind_of(root), (told, *_quoted(reason)), urgent=True)

    return _told(redactions, tell)


def _sent_back(asker: Asker):
    """Return the reviews that were sent back to the user."""
    return _of_roots(ReviewEntry.objects.sent_back_to(asker.user))


def _sent_back_rows(entries, asker):
    """Describe reviews sent back by who sent them and the note."""

    def tell(entry, root):
        told = _("sent back by %(who)s") % {"who": entry.by}
        url = summaries.form_url(type(root), root.pk)
        return Row(str(root), url, kind_of(root), (told, *_quoted(entry.note)), urgent=True)

    return _told(entries, tell)


def _schedules(asker: Asker):
    """Return the schedules that the user should watch; None for those who may not see schedules."""
    return _of_roots(Schedule.objects.to_watch(asker.user)) if asker.may_see(Schedule) else None


def _schedule_rows(schedules, asker):
    """Describe schedules; a failed one carries its reason and can be acknowledged."""

    def tell(schedule, root):
        failed = schedule.state == ScheduleState.FAILED
        told = _("not carried out on %(when)s: %(why)s") if failed else _("goes public on %(when)s, by %(who)s")
        words = {"when": moment_in_words(schedule.publish_at), "who": schedule.by, "why": schedule.reason}
        noted = reverse("admin:publishing_schedule_note", args=[schedule.pk]) if failed else ""
        url = summaries.form_url(type(root), root.pk)
        return Row(str(root), url, kind_of(root), (told % words,), urgent=failed, noted=noted)

    return _told(schedules, tell)


register(
    Need(
        "reviews",
        gettext_lazy("Reviews waiting for you"),
        gettext_lazy("Nobody is waiting for your review."),
        _reviews,
        _review_rows,
        yours=True,
        order=10,
    )
)
register(
    Need(
        "approved",
        gettext_lazy("Approved, waiting to be published"),
        gettext_lazy("Nothing that was approved waits to be published."),
        _approved,
        _approved_rows,
        yours=True,
        order=14,
    )
)
register(
    Need(
        "redactions",
        gettext_lazy("Redactions to be confirmed"),
        gettext_lazy("No redaction waits for your confirmation."),
        _redactions,
        _redaction_rows,
        yours=True,
        order=16,
    )
)
register(
    Need(
        "sent-back",
        gettext_lazy("Sent back to you"),
        gettext_lazy("Nothing of yours was sent back."),
        _sent_back,
        _sent_back_rows,
        yours=True,
        order=20,
    )
)
register(
    Need(
        "scheduled",
        gettext_lazy("Scheduled publications"),
        gettext_lazy("Nothing is scheduled."),
        _schedules,
        _schedule_rows,
        yours=True,
        order=50,
    )
)
