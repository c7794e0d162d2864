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

from initiatives.editions import MilestoneEdition, OutcomeEdition, parse_series
from initiatives.models import Milestone, Outcome
from initiatives.rules.outcomes import OutcomeSeries, SeriesTarget, compute_outcome_status
from initiatives.rules.schedule import MilestoneCalendar, compute_schedule, is_silent
from record.dates import hong_kong_day
from record.languages import localize

from ..choices import NotSentReason, ReminderKind
from ..models import ReminderRule
from ..rules import ReminderKey, RuleTiming, Subject, next_observation_due

logger = logging.getLogger(__name__)

AUTHORS_GROUP = "author"  # this group is reminded of what nobody owns
OPEN_SCHEDULES = ("not_due", "due_soon", "in_window", "overdue", "unknown")
RULE_TYPE = "reminderrule"
OUTCOME_COLUMNS = ("series", "document", "shape", "first_published_at")  # the columns that say what is due
SEARCHED_COLUMN = "nothing_found_until"  # until this day a milestone is silent: a search found nothing
SETTLED_STATUSES = ("achieved", "exceeded", "missed")


@dataclass(frozen=True, slots=True)
class DueItem:
    """A dated fact about a published milestone or outcome that is still open."""

    kind: str
    subject: Subject
    due_on: date


@dataclass(frozen=True, slots=True)
class ReminderRecipient:
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
class ReminderState:
    """Everything that is owed on a day, sent already or not. `schedules` holds the schedule state of each subject.

    left_out: (type, key) of what cannot be read: a milestone, an outcome or a rule. searched: milestones of which a
    search found nothing, as long as that holds.
    """

    rules: dict[str, RuleTiming]
    due_items: list[DueItem]
    schedules: dict[Subject, str]
    owners: dict[Subject, int | None]  # for every working row that is not held back
    published: set[Subject]
    people: dict[int, ReminderRecipient]
    left_out: list[Subject] = field(default_factory=list)
    searched: set[Subject] = field(default_factory=set)

    def recipients_of(self, subject: Subject) -> list[int]:
        """Return the owner's id, or the ids of the authors if there is no owner who can be reached."""
        owner = self.people.get(self.owners[subject])
        if owner and owner.reachable:
            return [owner.id]
        return [person.id for person in self.people.values() if person.author and person.reachable]

    def owed(self) -> dict[ReminderKey, RuleTiming]:
        """Return {key: timing} of every item that an active rule covers, for each person responsible for it."""
        return {
            ReminderKey(timing.id, promise.subject, promise.due_on, recipient): timing
            for promise in self.due_items
            if promise.subject in self.owners and (timing := self.rules.get(promise.kind))
            for recipient in self.recipients_of(promise.subject)
        }

    def in_window(self, recipient: int) -> list[DueItem]:
        """Return this person's items whose window is open now, by the day on which it closes.

        An item whose window has no end is sorted by the day on which it opened.
        """
        found = {}
        for promise in self.due_items:
            window = promise.kind in (ReminderKind.WINDOW_OPENS, ReminderKind.WINDOW_CLOSES)
            if window and self.schedules[promise.subject] == "in_window" and promise.subject in self.owners:
                found[promise.subject] = promise  # the closing day follows the opening day, so it wins
        theirs = [each for each in found.values() if recipient in self.recipients_of(each.subject)]
        return sorted(theirs, key=lambda promise: (promise.due_on, promise.subject))

    def cancellation_reason(self, key: ReminderKey) -> str:
        """Return why a due item that the ledger knows is not owed any more."""
        if key.rule not in {timing.id for timing in self.rules.values()}:
            return NotSentReason.RULE_OFF
        if key.subject not in self.published:
            return NotSentReason.NOT_PUBLIC
        if key.subject not in self.owners:
            return NotSentReason.HELD_BACK
        if key.subject in self.left_out:
            return NotSentReason.UNREADABLE
        if key.subject in self.searched:
            return NotSentReason.SEARCHED
        kinds = {timing.id: kind for kind, timing in self.rules.items()}
        days = {each.due_on for each in self.due_items if (each.subject, each.kind) == (key.subject, kinds[key.rule])}
        if not days:
            return NotSentReason.RESOLVED
        if key.due_on not in days:
            return NotSentReason.MOVED
        person = self.people.get(key.recipient)
        return NotSentReason.NOT_THEIRS if person and person.reachable else NotSentReason.UNREACHABLE


def load_reminder_state(*, on: date, only: Collection | None = None) -> ReminderState:
    """Load the state of everything, or of these content ids only. The number of queries is always the same."""
    milestones = _live_editions(
        MilestoneEdition, (*MilestoneCalendar.__dataclass_fields__, SEARCHED_COLUMN), only
    ).filter(kind="promise")
    outcomes = _live_editions(OutcomeEdition, OUTCOME_COLUMNS, only)
    left_out: list[Subject] = []
    facts = [
        *_iterate_readable(milestones, lambda edition: _milestone_facts(edition, on), left_out),
        *_iterate_readable(outcomes, lambda edition: _outcome_facts(edition, on), left_out),
    ]
    owners = _load_owners(Milestone, only) | _load_owners(Outcome, only)
    return ReminderState(
        rules=_load_rule_timings(left_out),
        due_items=[promise for _edition, each in facts for promise in each.due_items],
        schedules={_edition_subject(edition): each.schedule for edition, each in facts},
        owners=owners,
        published={_edition_subject(edition) for edition, _facts in facts}
        | {each for each in left_out if each[0] != RULE_TYPE},
        people=_load_recipients(owners),
        left_out=left_out,
        searched={_edition_subject(edition) for edition, each in facts if each.searched},
    )


@dataclass(frozen=True, slots=True)
class DueFacts:
    """One edition on a day: its schedule state, what is due, and whether a bounded search keeps it silent."""

    schedule: str
    due_items: list[DueItem]
    searched: bool = False


def _milestone_facts(edition: MilestoneEdition, on: date) -> DueFacts:
    stands, subject = compute_schedule(edition, on=on), _edition_subject(edition)
    searched = stands == "unknown" and is_silent(edition.nothing_found_until, on=on)
    dated = [] if searched or stands not in OPEN_SCHEDULES else _window_dates(edition)
    return DueFacts(stands, [DueItem(kind, subject, day) for kind, day in dated if day], searched)


def _outcome_facts(edition: OutcomeEdition, on: date) -> DueFacts:
    subject = _edition_subject(edition)
    dated = [DueItem(kind, subject, day) for kind, day in dict.fromkeys(_iterate_due_dates(edition, on))]
    return DueFacts("unknown" if any(each.due_on < on for each in dated) else "not_due", dated)


def _iterate_readable(editions: Iterable, read: Callable, left_out: list[Subject]) -> Iterator[tuple]:
    """Yield (edition, result of `read`); an edition that cannot be read is logged and added to `left_out`."""
    for edition in editions:
        try:
            facts = read(edition)
        except Exception:  # one unreadable edition must not stop the others
            logger.exception("No reminder can be planned of the %s %s", edition.type, _edition_label(edition))
            left_out.append(_edition_subject(edition))
        else:
            yield edition, facts


def _edition_label(edition) -> str:
    return f"“{localize(edition.title, 'en')[0]}” ({edition.content_id})"


def _edition_subject(edition) -> Subject:
    return edition.type, str(edition.content_id)


def _load_rule_timings(left_out: list[Subject]) -> dict[str, RuleTiming]:
    """Return {kind: timing} of the active rules; rules with invalid days are logged and added to `left_out`."""
    timings = {}
    for rule in ReminderRule.objects.filter(active=True):
        try:
            rule.clean()
        except ValidationError as error:
            logger.error("Nobody is reminded by the rule “%s”: %s", rule, error)
            left_out.append((RULE_TYPE, str(rule.pk)))
        else:
            timings[rule.kind] = rule.timing
    return timings


def find_due_outcomes(rows: QuerySet, *, on: date, until: date) -> Iterator[tuple[UUID, DueItem]]:
    """Yield (content_id, the item due first) for those of the working rows that are live and have a number due."""
    live = _live_editions(OutcomeEdition, OUTCOME_COLUMNS, None).filter(content_id__in=rows.values("content_id"))
    for edition, facts in _iterate_readable(live, lambda edition: _outcome_facts(edition, on), []):
        dated = [each for each in facts.due_items if each.due_on <= until]
        if dated:
            yield edition.content_id, min(dated, key=attrgetter("due_on"))


def _live_editions(edition_class, columns, only):
    live = edition_class.objects.only("content_id", *columns).order_by("content_id")
    return live if only is None else live.filter(content_id__in=only)


def _window_dates(edition: MilestoneEdition) -> list[tuple[str, date | None]]:
    return [
        (ReminderKind.WINDOW_OPENS, edition.due_from),
        (ReminderKind.WINDOW_CLOSES, edition.due_until),
        (ReminderKind.PAST_WINDOW, edition.due_until),
    ]


def _iterate_due_dates(edition: OutcomeEdition, on: date) -> Iterator[tuple[str, date]]:
    """Yield the target dates that no observation has settled yet, and the day by which an observation is expected."""
    series = parse_series(edition.series)
    expected = []
    for target in series.targets:
        if target.due is None or _is_settled(series, target, on):
            continue
        yield ReminderKind.TARGET_DATE, target.due
        if target.value is not None:
            expected.append(target.due)
    days = [each.day for each in series.observations if each.day and each.day <= on]
    since = series.baseline_day or hong_kong_day(edition.first_published_at)
    expected.append(next_observation_due(days, since=since, every_months=edition.load_document()["expected_every"]))
    if day := min((day for day in expected if day), default=None):
        yield ReminderKind.OBSERVATION_OVERDUE, day


def _is_settled(series: OutcomeSeries, target: SeriesTarget, on: date) -> bool:
    """Return True if a target's date has passed and the observations say how it ended."""
    return target.due < on and compute_outcome_status(replace(series, targets=(target,)), on=on) in SETTLED_STATUSES


def _load_owners(model, only) -> dict[Subject, int | None]:
    """Return {subject: owner's id or None} of the working rows that are not held back."""
    rows = model.objects.filter(held_back=False).order_by()
    if only is not None:
        rows = rows.filter(content_id__in=only)
    return {
        (model._meta.model_name, str(content_id)): owner
        for content_id, owner in rows.values_list("content_id", "owner")
    }


def _load_recipients(owners: dict[Subject, int | None]) -> dict[int, ReminderRecipient]:
    """Return {id: person} of owners and authors, ordered by username."""
    author = Exists(Group.objects.filter(name=AUTHORS_GROUP, user=OuterRef("pk")))
    wanted = Q(author=True) | Q(pk__in={owner for owner in owners.values() if owner})
    users = get_user_model().objects.annotate(author=author).filter(wanted).order_by("username")
    columns = ("pk", "username", "email", "is_active", "author")
    return {row[0]: ReminderRecipient(*row) for row in users.values_list(*columns)}
