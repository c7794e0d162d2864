"""The mail of a notice: what happened in the newsroom, in the recipient's language."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from newsroom.choices import ReviewVerb, ScheduleState
from newsroom.documents.registry import get_published_type
from newsroom.documents.snapshots import load_snapshot
from newsroom.models import EditorSettings, FrozenDraft, ReviewEntry, Schedule
from record.formatting import format_moment
from record.languages import localize
from record.models import edition_classes

from ..models import Notice
from .email import build_email


@dataclass(frozen=True, slots=True)
class NoticeContent:
    """The words of a notice. subject: the mail's headline. note: somebody's words, or a reason. links: (label, URL)."""

    subject: str
    says: str
    note: str
    links: list[tuple[str, str]]


def send_notice_email(notice: Notice) -> None:
    build_notice_email(notice).send()


def build_notice_email(notice: Notice) -> EmailMultiAlternatives:
    language = EditorSettings.language_of(notice.recipient)
    with override(language):
        title = _frozen_title(notice.frozen, language)
        told = _review_content(notice.review, title) if notice.review else _schedule_content(notice.schedule, title)
        return build_email(notice, "news", {"news": told}, subject=told.subject, language=language)


def _frozen_title(frozen: FrozenDraft, language: str) -> str:
    """Return what the root was called in the snapshot that the notice is about."""
    document = load_snapshot(frozen)[0].documents[0]
    return localize(edition_classes()[frozen.type].slug_and_title(document)["title"], language)[0]


def _review_content(entry: ReviewEntry, title: str) -> NoticeContent:
    subject, says = {
        ReviewVerb.REQUESTED: (_("Review requested: %(title)s"), _("%(who)s asks for a review of “%(title)s”.")),
        ReviewVerb.APPROVED: (_("Approved: %(title)s"), _("%(who)s has approved “%(title)s”.")),
        ReviewVerb.SENT_BACK: (_("Sent back: %(title)s"), _("%(who)s has sent “%(title)s” back.")),
    }[entry.verb]
    values = {"title": title, "who": entry.by}
    links = [(_("Open the review"), "review"), (_("Open the form"), "change")]
    return NoticeContent(subject % values, says % values, entry.note, _admin_links(entry.frozen, links))


def _schedule_content(schedule: Schedule, title: str) -> NoticeContent:
    values = {"title": title, "when": format_moment(schedule.publish_at)}
    links = _admin_links(schedule.frozen, [(_("Open the form"), "change")])
    if schedule.state == ScheduleState.FAILED:
        says = _("“%(title)s” was to be published on %(when)s (Hong Kong), and was not. Nothing of it went out.")
        return NoticeContent(_("Not published: %(title)s") % values, says % values, schedule.reason, links)
    slug = load_snapshot(schedule.frozen)[0].documents[0]["slug"]
    page = settings.SITE_URL + reverse(schedule.type, args=[slug])
    says = _("“%(title)s” was scheduled for %(when)s (Hong Kong), and is published.")
    subject = _("Published as scheduled: %(title)s") % values
    return NoticeContent(subject, says % values, "", [(_("What readers see"), page), *links])


def _admin_links(frozen: FrozenDraft, links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return (label, URL) of the root's admin pages with these names; none if the root no longer exists."""
    model = get_published_type(frozen.type).model
    pk = model.objects.filter(content_id=frozen.content_id).values_list("pk", flat=True).first()
    names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    return [(label, settings.SITE_URL + reverse(f"{names}_{page}", args=[pk])) for label, page in links if pk]
