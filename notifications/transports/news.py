"""The mail of a notice: what happened in the newsroom, in the recipient's language."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from publishing.documents import builder_of, thaw
from publishing.editions import edition_classes
from publishing.languages import say
from publishing.models import EditorSettings, FrozenDraft, ReviewEntry, Schedule
from publishing.shapes.wording import moment_in_words
from publishing.states import ReviewVerb, ScheduleState

from ..models import Notice
from .letters import letter


@dataclass(frozen=True, slots=True)
class News:
    """The words of a notice. subject: the mail's headline. note: somebody's words, or a reason. links: (label, URL)."""

    subject: str
    says: str
    note: str
    links: list[tuple[str, str]]


def send(notice: Notice) -> None:
    message(notice).send()


def message(notice: Notice) -> EmailMultiAlternatives:
    language = EditorSettings.language_of(notice.recipient)
    with override(language):
        title = _title(notice.frozen, language)
        told = _of_review(notice.review, title) if notice.review else _of_schedule(notice.schedule, title)
        return letter(notice, "news", {"news": told}, subject=told.subject, language=language)


def _title(frozen: FrozenDraft, language: str) -> str:
    """Return what the root was called in the snapshot that the notice is about."""
    document = thaw(frozen)[0].documents[0]
    return say(edition_classes()[frozen.type].name_of(document)["title"], language)[0]


def _of_review(entry: ReviewEntry, title: str) -> News:
    subject, says = {
        ReviewVerb.REQUESTED: (_("Review requested: %(title)s"), _("%(who)s asks for a review of “%(title)s”.")),
        ReviewVerb.APPROVED: (_("Approved: %(title)s"), _("%(who)s has approved “%(title)s”.")),
        ReviewVerb.SENT_BACK: (_("Sent back: %(title)s"), _("%(who)s has sent “%(title)s” back.")),
    }[entry.verb]
    values = {"title": title, "who": entry.by}
    links = [(_("Open the review"), "review"), (_("Open the form"), "change")]
    return News(subject % values, says % values, entry.note, _addresses(entry.frozen, links))


def _of_schedule(schedule: Schedule, title: str) -> News:
    values = {"title": title, "when": moment_in_words(schedule.publish_at)}
    links = _addresses(schedule.frozen, [(_("Open the form"), "change")])
    if schedule.state == ScheduleState.FAILED:
        says = _("“%(title)s” was to be published on %(when)s (Hong Kong), and was not. Nothing of it went out.")
        return News(_("Not published: %(title)s") % values, says % values, schedule.reason, links)
    slug = thaw(schedule.frozen)[0].documents[0]["slug"]
    page = settings.SITE_URL + reverse(schedule.type, args=[slug])
    says = _("“%(title)s” was scheduled for %(when)s (Hong Kong), and is published.")
    subject = _("Published as scheduled: %(title)s") % values
    return News(subject, says % values, "", [(_("What readers see"), page), *links])


def _addresses(frozen: FrozenDraft, links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return (label, URL) of the root's admin pages with these names; none if the root no longer exists."""
    model = builder_of(frozen.type).model
    pk = model.objects.filter(content_id=frozen.content_id).values_list("pk", flat=True).first()
    names = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    return [(label, settings.SITE_URL + reverse(f"{names}_{page}", args=[pk])) for label, page in links if pk]
