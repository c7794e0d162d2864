"""What is promised in public and still open on a day, and who is to be reminded of it.

What and when comes from the record: a milestone that was never published reminds nobody. Who is responsible, and
whether it is held back, comes from the working copy (docs/decisions/0030).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q, QuerySet

from initiatives.editions import MilestoneEdition, OutcomeEdition, series_of
from initiatives.models import Milestone, Outcome
from initiatives.rules.outcomes import Series, Target, outcome_status
from initiatives.rules.schedule import Calendar, schedule
from publishing.dates import hong_kong_day

from ..choices import Kind, Reason
from ..models import ReminderRule
from ..rules import Key, Subject, Timing, observation_due

AUTHORS = "author"  # the group that is reminded of what nobody owns
OPEN = ("not_due", "due_soon", "in_window", "overdue", "unknown")
OUTCOME = ("series", "document", "shape", "first_published_at")  # the columns that tell what is due
SETTLED = ("achieved", "exceeded", "missed")


@dataclass(frozen=True, slots=True)
class Promise:
    """A dated fact about a published thing that is still open."""

    kind: str
    subject: Subject
    due_on: date


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be reminded."""

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
    """What is owed at all on a day, whether told already or not. `schedules` says where each subject stands."""

    rules: dict[str, Timing]
    promises: list[Promise]
    schedules: dict[Subject, str]
    owners: dict[Subject, int | None]  # of every working row that is not held back
    published: set[Subject]
    people: dict[int, Person]

    def responsible(self, subject: Subject) -> list[int]:
        """The owner, or the authors where there is none who can be reached."""
        owner = self.people.get(self.owners[subject])
        if owner and owner.reachable:
            return [owner.id]
        return [person.id for person in self.people.values() if person.author and person.reachable]

    def owed(self) -> dict[Key, Timing]:
        """Every promise that an active rule looks after, for each person responsible for it."""
        return {
            Key(timing.id, promise.subject, promise.due_on, recipient): timing
            for promise in self.promises
            if promise.subject in self.owners and (timing := self.rules.get(promise.kind))
            for recipient in self.responsible(promise.subject)
        }

    def in_window(self, recipient: int) -> list[Promise]:
        """What is theirs and in its window now, by the day on which it closes; or opened, where its end is open."""
        found = {}
        for promise in self.promises:
            window = promise.kind in (Kind.WINDOW_OPENS, Kind.WINDOW_CLOSES)
            if window and self.schedules[promise.subject] == "in_window" and promise.subject in self.owners:
                found[promise.subject] = promise  # the day it closes comes after the day it opened
        theirs = [each for each in found.values() if recipient in self.responsible(each.subject)]
        return sorted(theirs, key=lambda promise: (promise.due_on, promise.subject))

    def why_gone(self, key: Key) -> str:
        """Why a promise that the ledger knows is not owed any more."""
        if key.rule not in {timing.id for timing in self.rules.values()}:
            return Reason.RULE_OFF
        if key.subject not in self.published:
            return Reason.NOT_PUBLIC
        if key.subject not in self.owners:
            return Reason.HELD_BACK
        kinds = {timing.id: kind for kind, timing in self.rules.items()}
        days = {each.due_on for each in self.promises if (each.subject, each.kind) == (key.subject, kinds[key.rule])}
        if not days:
            return Reason.RESOLVED
        if key.due_on not in days:
            return Reason.MOVED
        person = self.people.get(key.recipient)
        return Reason.NOT_THEIRS if person and person.reachable else Reason.UNREACHABLE


def standing(*, on: date, only: Collection | None = None) -> Standing:
    """Everything, or what these `content_id`s are about; always the same number of queries."""
    promises, schedules, published = [], {}, set()
    for edition in _live(MilestoneEdition, Calendar.__dataclass_fields__, only).filter(kind="promise"):
        published.add(subject := ("milestone", str(edition.content_id)))
        schedules[subject] = schedule(edition, on=on)
        if schedules[subject] in OPEN:
            promises += [Promise(kind, subject, day) for kind, day in _windows(edition) if day]
    for edition in _live(OutcomeEdition, OUTCOME, only):
        published.add(subject := ("outcome", str(edition.content_id)))
        dated = [Promise(kind, subject, day) for kind, day in dict.fromkeys(_dues(edition, on))]
        schedules[subject] = "unknown" if any(each.due_on < on for each in dated) else "not_due"
        promises += dated
    owners = _owners(Milestone, only) | _owners(Outcome, only)
    rules = {rule.kind: rule.timing for rule in ReminderRule.objects.filter(active=True)}
    return Standing(rules, promises, schedules, owners, published, _people(owners))


def outcomes_due(rows: QuerySet, *, on: date, until: date) -> Iterator[tuple[UUID, Promise]]:
    """(content_id, what is due first) of those of these working rows that are live and of which a number is due."""
    live = _live(OutcomeEdition, OUTCOME, None).filter(content_id__in=rows.values("content_id"))
    for edition in live:
        dated = [each for each in _dues(edition, on) if each[1] <= until]
        if dated:
            kind, day = min(dated, key=itemgetter(1))
            yield edition.content_id, Promise(kind, ("outcome", str(edition.content_id)), day)


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
    """The target dates that nothing observed has settled yet, and the day by which an observation is expected."""
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
    return target.due < on and outcome_status(replace(series, targets=(target,)), on=on) in SETTLED


def _owners(model, only) -> dict[Subject, int | None]:
    rows = model.objects.filter(held_back=False).order_by()
    if only is not None:
        rows = rows.filter(content_id__in=only)
    return {
        (model._meta.model_name, str(content_id)): owner
        for content_id, owner in rows.values_list("content_id", "owner")
    }


def _people(owners: dict[Subject, int | None]) -> dict[int, Person]:
    """Owners and authors, in the order of their names."""
    author = Exists(Group.objects.filter(name=AUTHORS, user=OuterRef("pk")))
    wanted = Q(author=True) | Q(pk__in={owner for owner in owners.values() if owner})
    users = get_user_model().objects.annotate(author=author).filter(wanted).order_by("username")
    columns = ("pk", "username", "email", "is_active", "author")
    return {row[0]: Person(*row) for row in users.values_list(*columns)}
