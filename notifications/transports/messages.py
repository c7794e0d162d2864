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
from publishing.dates import FuzzyDate
from publishing.languages import say
from publishing.shapes.wording import date_in_words, day_in_words

from ..choices import Kind
from ..rules import Subject

logger = logging.getLogger(__name__)

EDITIONS = {"milestone": MilestoneEdition, "outcome": OutcomeEdition}
MODELS = {"milestone": Milestone, "outcome": Outcome}
NAMED = ("content_id", "root_content_id", "title")


class Part(StrEnum):
    """The section of a digest that an item is shown in."""

    DUE = "due"  # one of its rule's days has come
    PAST = "past"  # it was past when it was first seen
    IN_WINDOW = "in_window"  # shown beside what was first seen


@dataclass(frozen=True, slots=True)
class Item:
    """One subject of a mail. schedule: its schedule state on the day of the mail."""

    subject: Subject
    kind: str
    due_on: date
    schedule: str
    part: Part = Part.DUE


@dataclass(frozen=True, slots=True)
class Said:
    """An item in words, with links. promised: the words that officials used; window: the window they come to.

    form and page: URLs of its admin form and of the readers' page.
    """

    initiative: str
    title: str
    what: str
    promised: str
    window: str
    form: str
    page: str
    due_on: date
    part: Part

    @property
    def subject(self) -> str:
        return _("%(initiative)s – %(title)s: %(what)s") % {
            "initiative": self.initiative,
            "title": self.title,
            "what": self.what,
        }


def said(items: list[Item], *, on: date, language: str) -> list[Said]:
    """Return the items in words, in a fixed number of queries.

    An item that cannot be rendered is logged and left out. If none can be rendered, the last error is raised.
    """
    editions = _editions(item.subject for item in items)
    roots = {edition.root_content_id for edition in editions.values()}
    initiatives = {each.content_id: each for each in InitiativeEdition.objects.filter(content_id__in=roots)}
    rows = _row_ids(editions)
    told = []
    for at, item in enumerate(items, start=1):
        try:
            edition = editions[item.subject]
            initiative = initiatives[edition.root_content_id]
            told.append(_said(item, edition, initiative, rows[item.subject], on=on, language=language))
        except Exception:  # one failing item must not stop the mail
            if at == len(items) and not told:
                raise
            logger.exception("No words could be made about the %s %s", *item.subject)
    return told


def _said(item: Item, edition, initiative: InitiativeEdition, row_id: int, *, on: date, language: str) -> Said:
    promised = FuzzyDate.from_document(edition.current().get("current_promise"))
    return Said(
        initiative=say(initiative.title, language)[0],
        title=say(edition.title, language)[0],
        what=what_and_when(item, on=on),
        promised=promised.phrase,
        window=date_in_words(promised),
        form=form_address(item.subject[0], row_id),
        page=page_address(item.subject, initiative.slug),
        due_on=item.due_on,
        part=item.part,
    )


def names(subjects: Iterable[Subject], *, language: str) -> dict[Subject, str]:
    """Return {subject: "initiative – title"}; something withdrawn is called as it last was.

    Three queries at most.
    """
    wanted = _by_type(subjects)
    editions = {
        (type, str(edition.content_id)): edition
        for type, ids in wanted.items()
        for edition in EDITIONS[type].history.at(None).filter(content_id__in=ids).only(*NAMED)
    }
    roots = {edition.root_content_id for edition in editions.values()}
    initiatives = {
        each.content_id: each for each in InitiativeEdition.history.at(None).filter(content_id__in=roots).only(*NAMED)
    }
    return {
        subject: f"{say(initiatives[edition.root_content_id].title, language)[0]} – {say(edition.title, language)[0]}"
        for subject, edition in editions.items()
    }


def form_address(type: str, pk: int) -> str:
    return f"{settings.SITE_URL}{reverse(f'admin:initiatives_{type}_change', args=[pk])}"


def page_address(subject: Subject, slug: str) -> str:
    """Return the URL where readers see the subject, in the active language."""
    return f"{settings.SITE_URL}{reverse('initiative', args=[slug])}#{'-'.join(subject)}"


def what_and_when(item: Item, *, on: date) -> str:
    """Return what happens and when: the day in words, and how far it is from `on`."""
    day, days = day_in_words(item.due_on), (item.due_on - on).days
    values = {"day": day, "days": abs(days)}
    match item.kind:
        case Kind.WINDOW_OPENS:
            return _opens(days) % values
        case Kind.WINDOW_CLOSES if days >= 0:
            return _closes(days) % values
        case Kind.TARGET_DATE:
            return _target(days) % values
        case Kind.OBSERVATION_OVERDUE:
            return _("an observation has been overdue since %(day)s") % values
    if item.schedule == "overdue":
        return _("overdue since %(day)s") % values
    return _("its window closed on %(day)s and nobody has recorded what came of it") % values


def _opens(days: int) -> str:
    if days == 0:
        return _("its window opens today, %(day)s")
    if days > 0:
        return ngettext(
            "its window opens in %(days)d day, on %(day)s", "its window opens in %(days)d days, on %(day)s", days
        )
    return _("its window opened on %(day)s")


def _closes(days: int) -> str:
    if days == 0:
        return _("its window closes today, %(day)s")
    return ngettext(
        "its window closes in %(days)d day, on %(day)s", "its window closes in %(days)d days, on %(day)s", days
    )


def _target(days: int) -> str:
    if days == 0:
        return _("its target date is today, %(day)s")
    if days > 0:
        return ngettext(
            "its target date is in %(days)d day, on %(day)s", "its target date is in %(days)d days, on %(day)s", days
        )
    return _("its target date was %(day)s")


def _by_type(subjects: Iterable[Subject]) -> dict[str, list[str]]:
    """Return {type: content_ids}, with every type present."""
    subjects = set(subjects)
    return {type: [content_id for each, content_id in subjects if each == type] for type in EDITIONS}


def _editions(subjects: Iterable[Subject]) -> dict[Subject, MilestoneEdition | OutcomeEdition]:
    return {
        (type, str(edition.content_id)): edition
        for type, ids in _by_type(subjects).items()
        for edition in EDITIONS[type].objects.filter(content_id__in=ids)
    }


def _row_ids(subjects: Iterable[Subject]) -> dict[Subject, int]:
    return {
        (type, str(content_id)): pk
        for type, ids in _by_type(subjects).items()
        for content_id, pk in MODELS[type].objects.filter(content_id__in=ids).values_list("content_id", "pk")
    }
