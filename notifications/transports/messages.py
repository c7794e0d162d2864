"""The words of a reminder, in the active language: the milestone or outcome, the event and its day."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.editions import InitiativeEdition, MilestoneEdition, OutcomeEdition
from initiatives.models import Milestone, Outcome
from record.dates import FuzzyDate
from record.formatting import format_day, format_fuzzy_date
from record.languages import localize

from ..choices import ReminderKind
from ..rules import Subject

logger = logging.getLogger(__name__)

SUBJECT_EDITIONS = {"milestone": MilestoneEdition, "outcome": OutcomeEdition}
SUBJECT_MODELS = {"milestone": Milestone, "outcome": Outcome}
NAME_COLUMNS = ("content_id", "root_content_id", "title")


class MailPart(StrEnum):
    """The section of a digest that an item is shown in."""

    DUE = "due"  # one of its rule's days has come
    PAST = "past"  # it was past when it was first seen
    IN_WINDOW = "in_window"  # shown beside what was first seen


@dataclass(frozen=True, slots=True)
class MailItem:
    """One subject of a mail. schedule: its schedule state on the day of the mail."""

    subject: Subject
    kind: str
    due_on: date
    schedule: str
    part: MailPart = MailPart.DUE


@dataclass(frozen=True, slots=True)
class RenderedItem:
    """An item in words, with links. promised: the words that officials used; window: the window they come to.

    form_url and page_url: URLs of its admin form and of the readers' page.
    """

    initiative: str
    title: str
    due_text: str
    promised: str
    window: str
    form_url: str
    page_url: str
    due_on: date
    part: MailPart

    @property
    def subject(self) -> str:
        return _("%(initiative)s – %(title)s: %(what)s") % {
            "initiative": self.initiative,
            "title": self.title,
            "what": self.due_text,
        }


def render_items(items: list[MailItem], *, on: date, language: str) -> list[RenderedItem]:
    """Return the items in words, in a fixed number of queries.

    An item that cannot be rendered is logged and left out. If none can be rendered, the last error is raised.
    """
    editions = _load_editions(item.subject for item in items)
    roots = {edition.root_content_id for edition in editions.values()}
    initiatives = {each.content_id: each for each in InitiativeEdition.objects.filter(content_id__in=roots)}
    rows = _load_row_ids(editions)
    told = []
    for at, item in enumerate(items, start=1):
        try:
            edition = editions[item.subject]
            initiative = initiatives[edition.root_content_id]
            told.append(_render_item(item, edition, initiative, rows[item.subject], on=on, language=language))
        except Exception:  # one failing item must not stop the mail
            if at == len(items) and not told:
                raise
            logger.exception("No words could be made about the %s %s", *item.subject)
    return told


def _render_item(
    item: MailItem, edition, initiative: InitiativeEdition, row_id: int, *, on: date, language: str
) -> RenderedItem:
    promised = FuzzyDate.from_document(edition.load_document().get("current_promise"))
    return RenderedItem(
        initiative=localize(initiative.title, language)[0],
        title=localize(edition.title, language)[0],
        due_text=describe_due_date(item, on=on),
        promised=promised.phrase,
        window=format_fuzzy_date(promised),
        form_url=absolute_form_url(item.subject[0], row_id),
        page_url=absolute_page_url(item.subject, initiative.slug),
        due_on=item.due_on,
        part=item.part,
    )


def load_subject_names(subjects: Iterable[Subject], *, language: str) -> dict[Subject, str]:
    """Return {subject: "initiative – title"}; something withdrawn is called as it last was.

    Three queries at most.
    """
    wanted = _group_ids_by_type(subjects)
    editions = {
        (type, str(edition.content_id)): edition
        for type, ids in wanted.items()
        for edition in SUBJECT_EDITIONS[type].history.at(None).filter(content_id__in=ids).only(*NAME_COLUMNS)
    }
    roots = {edition.root_content_id for edition in editions.values()}
    initiatives = {
        each.content_id: each
        for each in InitiativeEdition.history.at(None).filter(content_id__in=roots).only(*NAME_COLUMNS)
    }

    def name(edition):
        titles = initiatives[edition.root_content_id].title, edition.title
        return " – ".join(localize(title, language)[0] for title in titles)

    return {subject: name(edition) for subject, edition in editions.items()}


def absolute_form_url(type: str, pk: int) -> str:
    return f"{settings.SITE_URL}{reverse(f'admin:initiatives_{type}_change', args=[pk])}"


def absolute_page_url(subject: Subject, slug: str) -> str:
    """Return the URL where readers see the subject, in the active language."""
    return f"{settings.SITE_URL}{reverse('initiative', args=[slug])}#{'-'.join(subject)}"


def describe_due_date(item: MailItem, *, on: date) -> str:
    """Return what happens and when: the day in words, and how far it is from `on`."""
    day, days = format_day(item.due_on), (item.due_on - on).days
    values = {"day": day, "days": abs(days)}
    match item.kind:
        case ReminderKind.WINDOW_OPENS:
            return _window_opens_text(days) % values
        case ReminderKind.WINDOW_CLOSES if days >= 0:
            return _window_closes_text(days) % values
        case ReminderKind.TARGET_DATE:
            return _target_date_text(days) % values
        case ReminderKind.OBSERVATION_OVERDUE:
            return _("an observation has been overdue since %(day)s") % values
    if item.schedule == "overdue":
        return _("overdue since %(day)s") % values
    return _("its window closed on %(day)s and nobody has recorded what came of it") % values


def _window_opens_text(days: int) -> str:
    if days == 0:
        return _("its window opens today, %(day)s")
    if days > 0:
        return ngettext(
            "its window opens in %(days)d day, on %(day)s", "its window opens in %(days)d days, on %(day)s", days
        )
    return _("its window opened on %(day)s")


def _window_closes_text(days: int) -> str:
    if days == 0:
        return _("its window closes today, %(day)s")
    return ngettext(
        "its window closes in %(days)d day, on %(day)s", "its window closes in %(days)d days, on %(day)s", days
    )


def _target_date_text(days: int) -> str:
    if days == 0:
        return _("its target date is today, %(day)s")
    if days > 0:
        return ngettext(
            "its target date is in %(days)d day, on %(day)s", "its target date is in %(days)d days, on %(day)s", days
        )
    return _("its target date was %(day)s")


def _group_ids_by_type(subjects: Iterable[Subject]) -> dict[str, list[str]]:
    """Return {type: content_ids}, with every type present."""
    subjects = set(subjects)
    return {type: [content_id for each, content_id in subjects if each == type] for type in SUBJECT_EDITIONS}


def _load_editions(subjects: Iterable[Subject]) -> dict[Subject, MilestoneEdition | OutcomeEdition]:
    return {
        (type, str(edition.content_id)): edition
        for type, ids in _group_ids_by_type(subjects).items()
        for edition in SUBJECT_EDITIONS[type].objects.filter(content_id__in=ids)
    }


def _load_row_ids(subjects: Iterable[Subject]) -> dict[Subject, int]:
    return {
        (type, str(content_id)): pk
        for type, ids in _group_ids_by_type(subjects).items()
        for content_id, pk in SUBJECT_MODELS[type].objects.filter(content_id__in=ids).values_list("content_id", "pk")
    }
