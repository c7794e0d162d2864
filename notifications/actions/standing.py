"""Promises of the record that are still open on a day, and the people to be reminded of them.

What is due and when comes from the record: a milestone that was never published reminds nobody. Who is responsible,
and whether it is held back, comes from the working copy (docs/decisions/0030). What cannot be read is left out and
reported: a bad row never stops the others (docs/decisions/0034).
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet

from initiatives.editions import MilestoneEdition, OutcomeEdition, series_of
from initiatives.models import Milestone, Outcome
from initiatives.rules.outcomes import Series, Target, outcome_status
from initiatives.rules.schedule import Calendar, is_silent, schedule
from publishing.dates import hong_kong_day
from publishing.languages import say

from ..choices import Kind, Reason
from ..models import ReminderRule
from ..rules import Key, Subject, Timing, observation_due

logger = logging.getLogger(__name__)

AUTHORS = "author"  # this group is reminded of what nobody owns
OPEN = ("not_due", "due_soon", "in_window", "overdue", "unknown")
RULE = "reminderrule"
OUTCOME = ("series", "document", "shape", "first_published_at")  # the columns that say what is due
SEARCHED = "nothing_found_until"  # until this day a milestone is silent: a search found nothing
SETTLED = ("achieved", "exceeded", "missed")


@dataclass(frozen=True, slots=True)
class Promise:
    """A dated fact about a published milestone or outcome that is still open."""

    kind: str
    subject: Subject
    due_on: date


@dataclass(frozen=True, slots=True)
class Person:
    """A user who may be reminded."""

    id: int
    username: str
    email: str
    active: bool
    author: bool

    @property
    def reachable(self) -> bool:
        return self.active and bool(self.email)


@dataclass(frozen=True)
class Standing:
    """Everything that is owed on a day, sent already or not. `schedules` holds the schedule state of each subject.

    left_out: (type, key) of what cannot be read: a milestone, an outcome or a rule. searched: milestones of which a
    search found nothing, as long as that holds.
    """

    rules: dict[str, Timing]
    promises: list[Promise]
    schedules: dict[Subject, str]
    owners: dict[Subject, int | None]  # for every working row that is not held back
    published: set[Subject]
    people: dict[int, Person]
    left_out: list[Subject] = field(default_factory=list)
    searched: set[Subject] = field(default_factory=set)

    def responsible(self, subject: Subject) -> list[int]:
        """Return the owner's id, or the ids of the authors if there is no owner who can be reached."""
        owner = self.people.get(self.owners[subject])
        if owner and owner.reachable:
            return [owner.id]
        return [person.id for person in self.people.values() if person.author and person.reachable]

    def owed(self) -> dict[Key, Timing]:
        """Return {key: timing} of every item that an active rule covers, for each person responsible for it."""
        return {
            Key(timing.id, promise.subject, promise.due_on, recipient): timing
            for promise in self.promises
            if promise.subject in self.owners and (timing := self.rules.get(promise.kind))
            for recipient in self.responsible(promise.subject)
        }

    def in_window(self, recipient: int) -> list[Promise]:
        """Return this person's items whose window is open now, by the day on which it closes.

        An item whose window has no end is sorted by the day on which it opened.
        """
        found = {}
        for promise in self.promises:
            window = promise.kind in (Kind.WINDOW_OPENS, Kind.WINDOW_CLOSES)
            if window and self.schedules[promise.subject] == "in_window" and promise.subject in self.owners:
                found[promise.subject] = promise  # the closing day follows the opening day, so it wins
        theirs = [each for each in found.values() if recipient in self.responsible(each.subject)]
        return sorted(theirs, key=lambda promise: (promise.due_on, promise.subject))

    def why_gone(self, key: Key) -> str:
        """Return why a due item that the ledger knows is not owed any more."""
        if key.rule not in {timing.id for timing in self.rules.values()}:
            return Reason.RULE_OFF
        if key.subject not in self.published:
            return Reason.NOT_PUBLIC
        if key.subject not in self.owners:
            return Reason.HELD_BACK
        if key.subject in self.left_out:
            return Reason.UNREADABLE
        if key.subject in self.searched:
            return Reason.SEARCHED
        kinds = {timing.id: kind for kind, timing in self.rules.items()}
        days = {each.due_on for each in self.promises if (each.subject, each.kind) == (key.subject, kinds[key.rule])}
        if not days:
            return Reason.RESOLVED
        if key.due_on not in days:
            return Reason.MOVED
        person = self.people.get(key.recipient)
        return Reason.NOT_THEIRS if person and person.reachable else Reason.UNREACHABLE


def standing(*, on: date, only: Collection | None = None) -> Standing:
    """Load the state of everything, or of these content ids only. The number of queries is always the same."""
    milestones = _live(MilestoneEdition, (*Calendar.__dataclass_fields__, SEARCHED), only).filter(kind="promise")
    outcomes = _live(OutcomeEdition, OUTCOME, only)
    left_out: list[Subject] = []
    facts = [
        *_readable(milestones, lambda edition: _of_milestone(edition, on), left_out),
        *_readable(outcomes, lambda edition: _of_outcome(edition, on), left_out),
    ]
    owners = _owners(Milestone, only) | _owners(Outcome, only)
    return Standing(
        rules=_rules(left_out),
        promises=[promise for _edition, each in facts for promise in each.promises],
        schedules={_subject(edition): each.schedule for edition, each in facts},
        owners=owners,
        published={_subject(edition) for edition, _facts in facts} | {each for each in left_out if each[0] != RULE},
        people=_people(owners),
        left_out=left_out,
        searched={_subject(edition) for edition, each in facts if each.searched},
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """One edition on a day: its schedule state, what is due, and whether a bounded search keeps it silent."""

    schedule: str
    promises: list[Promise]
    searched: bool = False


def _of_milestone(edition: MilestoneEdition, on: date) -> Facts:
    stands, subject = schedule(edition, on=on), _subject(edition)
    searched = stands == "unknown" and is_silent(edition.nothing_found_until, on=on)
    dated = [] if searched or stands not in OPEN else _windows(edition)
    return Facts(stands, [Promise(kind, subject, day) for kind, day in dated if day], searched)


def _of_outcome(edition: OutcomeEdition, on: date) -> Facts:
    subject = _subject(edition)
    dated = [Promise(kind, subject, day) for kind, day in dict.fromkeys(_dues(edition, on))]
    return Facts("unknown" if any(each.due_on < on for each in dated) else "not_due", dated)


def _readable(editions: Iterable, read: Callable, left_out: list[Subject]) -> Iterator[tuple]:
    """Yield (edition, result of `read`); an edition that cannot be read is logged and added to `left_out`."""
    for edition in editions:
        try:
            facts = read(edition)
        except Exception:  # one unreadable edition must not stop the others
            logger.exception("No reminder can be planned of the %s %s", edition.type, _named(edition))
            left_out.append(_subject(edition))
        else:
            yield edition, facts


def _named(edition) -> str:
    return f"“{say(edition.title, 'en')[0]}” ({edition.content_id})"


def _subject(edition) -> Subject:
    return edition.type, str(edition.content_id)


def _rules(left_out: list[Subject]) -> dict[str, Timing]:
    """Return {kind: timing} of the active rules; rules with invalid days are logged and added to `left_out`."""
    timings = {}
    for rule in ReminderRule.objects.filter(active=True):
        try:
            rule.clean()
        except ValidationError as error:
            logger.error("Nobody is reminded by the rule “%s”: %s", rule, error)
            left_out.append((RULE, str(rule.pk)))
        else:
            timings[rule.kind] = rule.timing
    return timings


def outcomes_due(rows: QuerySet, *, on: date, until: date) -> Iterator[tuple[UUID, Promise]]:
    """Yield (content_id, the item due first) for those of the working rows that are live and have a number due."""
    live = _live(OutcomeEdition, OUTCOME, None).filter(content_id__in=rows.values("content_id"))
    for edition, facts in _readable(live, lambda edition: _of_outcome(edition, on), []):
        dated = [each for each in facts.promises if each.due_on <= until]
        if dated:
            yield edition.content_id, min(dated, key=attrgetter("due_on"))


def _live(edition_class, columns, only):
    live = edition_class.objects.only("content_id", *columns).order_by("content_id")
    return live if only is None else live.filter(content_id__in=only)


def _windows(edition: MilestoneEdition) -> list[tuple[str, date | None]]:
    return [
        (Kind.WINDOW_OPENS, edition.due_from),
        (Kind.WINDOW_CLOSES, edition.due_until),
        (Kind.PAST_WINDOW, edition.due_until),
    ]


def _dues(edition: OutcomeEdition, on: date) -> Iterator[tuple[str, date]]:
    """Yield the target dates that no observation has settled yet, and the day by which an observation is expected."""
    series = series_of(edition.series)
    expected = []
    for target in series.targets:
        if target.due is None or _settled(series, target, on):
            continue
        yield Kind.TARGET_DATE, target.due
        if target.value is not None:
            expected.append(target.due)
    days = [each.day for each in series.observations if each.day and each.day <= on]
    since = series.baseline_day or hong_kong_day(edition.first_published_at)
    expected.append(observation_due(days, since=since, every_months=edition.current()["expected_every"]))
    if day := min((day for day in expected if day), default=None):
        yield Kind.OBSERVATION_OVERDUE, day


def _settled(series: Series, target: Target, on: date) -> bool:
    """Return True if a target's date has passed and the observations say how it ended."""
    return target.due < on and outcome_status(replace(series, targets=(target,)), on=on) in SETTLED


def _owners(model, only) -> dict[Subject, int | None]:
    """Return {subject: owner's id or None} of the working rows that are not held back."""
    rows = model.objects.filter(held_back=False).order_by()
    if only is not None:
        rows = rows.filter(content_id__in=only)
    return {
        (model._meta.model_name, str(content_id)): owner
        for content_id, owner in rows.values_list("content_id", "owner")
    }


def _people(owners: dict[Subject, int | None]) -> dict[int, Person]:
    """Return {id: person} of owners and authors, ordered by username."""
    author = Exists(Group.objects.filter(name=AUTHORS, user=OuterRef("pk")))
    wanted = Q(author=True) | Q(pk__in={owner for owner in owners.values() if owner})
    users = get_user_model().objects.annotate(author=author).filter(wanted).order_by("username")
    columns = ("pk", "username", "email", "is_active", "author")
    return {row[0]: Person(*row) for row in users.values_list(*columns)}
