"""The report of `remind --dry-run`: who would get what and why, and who would not and why not."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.choices import MilestoneSchedule
from record.formatting import format_day

from ..actions.sweep import SweepPlan
from ..choices import DeliveryState, NotSentReason, ReminderKind
from ..models import Reminder
from ..rules import LedgerRow, Subject
from ..transports.messages import MailItem, describe_due_date, load_subject_names

TOLD_STATES = (DeliveryState.SENT, DeliveryState.DIGESTED, DeliveryState.SENDING, DeliveryState.FAILED)


@dataclass(frozen=True, slots=True, order=True)
class ReportLine:
    """One reminder in words: for whom, about what, and why it is sent or not."""

    recipient: str
    about: str
    why: str

    def __str__(self) -> str:
        return f"{self.recipient}: {self.about} ({self.why})"


@dataclass(frozen=True, slots=True, order=True)
class ReportMail:
    """One mail in words: a single line, or the list of lines of a digest."""

    recipient: str
    lines: tuple[ReportLine, ...]
    is_digest: bool = False

    def __str__(self) -> str:
        if not self.is_digest:
            return str(self.lines[0])
        count = len(self.lines)
        about = ngettext("one mail about %(count)d thing", "one mail about %(count)d things", count) % {"count": count}
        return "\n".join([f"{self.recipient}: {about}", *(f"    - {line.about} ({line.why})" for line in self.lines)])


class DryRunReport:
    """Words for a SweepPlan: `mails` is a list of ReportMail, `unsent` one of ReportLine, by person and subject."""

    def __init__(self, foreseen: SweepPlan, *, language: str):
        self.foreseen, self.stands, self.on = foreseen, foreseen.state, foreseen.on
        self.today = self._today()
        self.told = self._told()
        subjects = {row.key.subject for row in foreseen.changes.changed}
        self.names = load_subject_names(subjects | self.stands.published, language=language)
        self.mails = sorted([*self._single(), *self._digests()])
        self.unsent = sorted(
            [*self._stopped(), *self._tomorrow(), *self._quiet(), *self._unreachable(), *self._closed()]
        )

    def _today(self) -> dict[int, list[LedgerRow]]:
        """Return {person: rows of their digest of today}: those waiting in it already, and those added now."""
        waiting = Reminder.objects.digests().filter(state=DeliveryState.PENDING, due_on__lte=self.on)
        found = defaultdict(list)
        for row in Reminder.objects.filter(digest__in=waiting).select_related("rule"):
            found[row.recipient_id].append(row.as_row)
        for (recipient, day), rows in self.foreseen.digests.items():
            if day == self.on:
                found[recipient] += rows
        return found

    def _single(self) -> Iterator[ReportMail]:
        for row in self.foreseen.changes.due:
            person = self._person(row.key.recipient)
            yield ReportMail(person, (ReportLine(person, self._about(row), _describe_rules([row])),))

    def _digests(self) -> Iterator[ReportMail]:
        for recipient, rows in self.today.items():
            if lines := sorted(self._digest_lines(recipient, rows)):
                yield ReportMail(self._person(recipient), tuple(lines), is_digest=True)

    def _digest_lines(self, recipient: int, rows: list[LedgerRow]) -> Iterator[ReportLine]:
        person, seen = self._person(recipient), [row for row in rows if row.reason != NotSentReason.SAME_DAY]
        due = [row for row in rows if row.reason == NotSentReason.SAME_DAY]
        for row in due:
            yield ReportLine(person, self._about(row), _describe_rules([row]))
        for row in seen:
            if self.stands.schedules.get(row.key.subject) != "in_window":
                yield ReportLine(person, self._about(row), _("it was past when it was first seen"))
        for promise in self.stands.in_window(recipient) if seen else ():
            if promise.subject not in {row.key.subject for row in due}:
                item = MailItem(promise.subject, promise.kind, promise.due_on, "in_window")
                about = f"{self._name(promise.subject)}: {describe_due_date(item, on=self.on)}"
                yield ReportLine(person, about, _("it is in its window now"))

    def _tomorrow(self) -> Iterator[ReportLine]:
        """Yield what was past when first seen and must wait because today's digest has been sent."""
        for (recipient, day), rows in self.foreseen.digests.items():
            if day > self.on:
                why = _("waits for the digest of %(day)s") % {"day": format_day(day)}
                yield from (ReportLine(self._person(recipient), self._about(row), why) for row in rows)

    def _stopped(self) -> Iterator[ReportLine]:
        """Yield one line for all rows of a subject that are not sent for the same reason."""
        groups = defaultdict(list)
        for row in [*self.foreseen.changes.new, *self.foreseen.changes.changed]:
            if row.state in (DeliveryState.OVERTAKEN, DeliveryState.SILENCED):
                groups[row.key.recipient, row.key.subject, row.state, row.reason].append(row)
        for (recipient, subject, state, reason), rows in groups.items():
            why = f"{DeliveryState(state).label}: {NotSentReason(reason).label}. {_describe_rules(rows)}"
            yield ReportLine(self._person(recipient), self._name(subject), why)

    def _quiet(self) -> Iterator[ReportLine]:
        """Yield a line for everybody who hears nothing of their own: it was sent already, or is not due yet."""
        told = chain(self.foreseen.changes.due, *self.today.values(), *self.foreseen.digests.values())
        busy = {(row.key.recipient, row.key.subject) for row in told}
        coming = self._coming()
        for recipient, subject in sorted({(key.recipient, key.subject) for key in self.foreseen.owed} - busy):
            parts = [self.told.get((recipient, subject)), coming.get((recipient, subject))]
            yield ReportLine(self._person(recipient), self._name(subject), "; ".join(filter(None, parts)))

    def _coming(self) -> dict[tuple[int, Subject], str]:
        """Return when the next reminder is due, for each (person, subject): from the ledger and from the plan."""
        days: dict[tuple[int, Subject], date] = {}
        ahead = Reminder.objects.about_things().filter(state=DeliveryState.PENDING, remind_on__gt=self.on)
        for row in [*(each.as_row for each in ahead.select_related("rule")), *self.foreseen.changes.new]:
            if row.state == DeliveryState.PENDING and row.remind_on > self.on and row.key in self.foreseen.owed:
                who = row.key.recipient, row.key.subject
                days[who] = min(days.get(who, row.remind_on), row.remind_on)
        return {who: _("the next is due on %(day)s") % {"day": format_day(day)} for who, day in days.items()}

    def _told(self) -> dict[tuple[int, Subject], str]:
        rows = (
            Reminder.objects.about_things()
            .filter(state__in=TOLD_STATES, remind_on__lte=self.on)
            .order_by("remind_on", "pk")
        )
        return {(row.recipient_id, row.key.subject): _describe_told(row) for row in rows.select_related("digest")}

    def _unreachable(self) -> Iterator[ReportLine]:
        """Yield owners and authors who cannot be reached, and subjects nobody would be reminded of."""
        people = self.stands.people
        for subject, owner in self.stands.owners.items():
            person = people.get(owner)
            if subject in self.stands.schedules and person and not person.reachable:
                yield ReportLine(person.username, self._name(subject), str(NotSentReason.UNREACHABLE.label))
            if subject in self._subjects() and not self.stands.recipients_of(subject):
                yield ReportLine(
                    _("nobody"),
                    self._name(subject),
                    _("no owner, and nobody in the group author who has a mail address"),
                )
        for person in people.values():
            if person.author and not person.reachable:
                yield ReportLine(person.username, _("whatever has no owner"), str(NotSentReason.UNREACHABLE.label))

    def _closed(self) -> Iterator[ReportLine]:
        """Yield what is published and owes nobody anything."""
        for subject in self.stands.published - self._subjects():
            why = _("no target date and no observation awaited")
            if subject in self.stands.left_out:
                why = str(NotSentReason.UNREADABLE.label)
            elif subject in self.stands.searched:
                why = str(NotSentReason.SEARCHED.label)
            elif subject[0] == "milestone":
                why = str(MilestoneSchedule(self.stands.schedules[subject]).label)
            yield ReportLine(_("nobody"), self._name(subject), why)
        for subject in self._subjects() - self.stands.owners.keys():
            yield ReportLine(_("nobody"), self._name(subject), str(NotSentReason.HELD_BACK.label))

    def _subjects(self) -> set[Subject]:
        return {promise.subject for promise in self.stands.due_items}

    def _person(self, pk: int) -> str:
        person = self.stands.people.get(pk)
        return f"{person.username} <{person.email}>" if person else _("account %(number)s") % {"number": pk}

    def _about(self, row: LedgerRow) -> str:
        item = MailItem(row.key.subject, row.kind, row.key.due_on, self.stands.schedules.get(row.key.subject, ""))
        return f"{self._name(row.key.subject)}: {describe_due_date(item, on=self.on)}"

    def _name(self, subject: Subject) -> str:
        return self.names.get(subject, subject[1])


def _describe_rules(rows: list[LedgerRow]) -> str:
    """Describe the rules of rows and their days: "A milestone's window opens: 30 days before, on the day"."""
    days = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.weight):
        days[row.kind].append(_describe_offset(row.offset))
    return "; ".join(f"{ReminderKind(kind).label}: {', '.join(when)}" for kind, when in days.items())


def _describe_offset(offset: int) -> str:
    if offset == 0:
        return _("on the day")
    if offset > 0:
        return ngettext("%(days)d day before", "%(days)d days before", offset) % {"days": offset}
    return ngettext("%(days)d day after", "%(days)d days after", -offset) % {"days": -offset}


def _describe_told(row: Reminder) -> str:
    day = format_day(row.remind_on)
    match row.state:
        case DeliveryState.SENT:
            return _("already sent, for %(day)s") % {"day": day}
        case DeliveryState.DIGESTED:
            return _("already told in a digest")
        case DeliveryState.SENDING:
            return _("being sent, for %(day)s") % {"day": day}
    return _("failed, for %(day)s: %(error)s") % {"day": day, "error": row.error}
