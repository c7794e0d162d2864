"""Vocabularies of initiatives. Stored values stand on the left; labels are translated."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from .vocabulary import FundingStageValue, PayerValue, ScheduleValue


class Stage(TextChoices):
    ANNOUNCED = "announced", _("Announced")
    PLANNED = "planned", _("Planned")
    APPROVED = "approved", _("Approved")
    IN_PROGRESS = "in_progress", _("In progress")
    OPERATING = "operating", _("Operating")
    COMPLETED = "completed", _("Completed")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")
    SUPERSEDED = "superseded", _("Superseded")


class Relation(TextChoices):
    PREDECESSOR = "predecessor", _("Predecessor")
    COMPARABLE = "comparable", _("Comparable")
    SUPERSEDED_BY = "superseded_by", _("Superseded by")


class MilestoneKind(TextChoices):
    PROMISE = "promise", _("Promise")
    EVENT = "event", _("Event")


class Result(TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    MET = "met", _("Met")
    PARTIALLY_MET = "partially_met", _("Partially met")
    NOT_MET = "not_met", _("Not met")
    WITHDRAWN = "withdrawn", _("Dropped by officials")
    SUPERSEDED = "superseded", _("Superseded")


CHECKED_RESULTS = (Result.MET, Result.PARTIALLY_MET, Result.NOT_MET)


class MilestoneSchedule(TextChoices):
    """The place of a milestone in the calendar. Computed for a day, never stored."""

    CLOSED = ScheduleValue.CLOSED, _("Closed")
    MISSED = ScheduleValue.MISSED, _("Missed")
    MET_UNDATED = ScheduleValue.MET_UNDATED, _("Met, no date had been promised")
    MET_EARLY = ScheduleValue.MET_EARLY, _("Met early")
    MET_ON_TIME = ScheduleValue.MET_ON_TIME, _("Met on time")
    MET_LATE = ScheduleValue.MET_LATE, _("Met late")
    NO_DATE = ScheduleValue.NO_DATE, _("No date promised")
    NOT_DUE = ScheduleValue.NOT_DUE, _("Not due yet")
    DUE_SOON = ScheduleValue.DUE_SOON, _("Due soon")
    IN_WINDOW = ScheduleValue.IN_WINDOW, _("In its window")
    OVERDUE = ScheduleValue.OVERDUE, _("Overdue")
    UNKNOWN = ScheduleValue.UNKNOWN, _("Past its date, outcome unknown")


class Claim(TextChoices):
    UNKNOWN = "", _("Unknown")
    NOT_MENTIONED = "not_mentioned", _("Not mentioned")
    PLANNED = "planned", _("Planned")
    IN_PROGRESS = "in_progress", _("In progress")
    ON_SCHEDULE = "on_schedule", _("On schedule")
    COMPLETE = "complete", _("Complete")
    COMPLETE_OR_ON_SCHEDULE = "complete_or_on_schedule", _("Complete or on schedule")
    DROPPED = "dropped", _("Dropped")


class Supports(TextChoices):
    MET = "met", _("Met")
    PARTLY = "partly", _("Partly met")
    NOT_MET = "not_met", _("Not met")
    NOTHING_FOUND = "nothing_found", _("Nothing found")


class TargetKind(TextChoices):
    KPI = "kpi", _("Key performance indicator")
    REFERENCE = "reference", _("Reference")


class Direction(TextChoices):
    INCREASE = "increase", _("Increase")
    DECREASE = "decrease", _("Decrease")
    MAINTAIN = "maintain", _("Maintain")
    QUALITATIVE = "qualitative", _("Qualitative")


class Aggregation(TextChoices):
    SUM = "sum", _("Sum")
    LAST = "last", _("Last value")
    MEAN = "mean", _("Mean")
    NONE = "none", _("None")


class OutcomeStatus(TextChoices):
    """The status of an indicator against its target. Computed for a day, never stored."""

    NO_DATA = "no_data", _("No data")
    NOT_STARTED = "not_started", _("Not started")
    ON_TRACK = "on_track", _("On track")
    AT_RISK = "at_risk", _("At risk")
    OFF_TRACK = "off_track", _("Off track")
    ACHIEVED = "achieved", _("Achieved")
    EXCEEDED = "exceeded", _("Exceeded")
    MISSED = "missed", _("Missed")


class ObservationStatus(TextChoices):
    PROVISIONAL = "provisional", _("Provisional")
    FINAL = "final", _("Final")
    REVISED = "revised", _("Revised")


class Rating(TextChoices):
    NOT_RATED = "not_rated", _("Not rated")
    IN_PROGRESS = "in_progress", _("In progress")
    ON_TRACK = "on_track", _("On track")
    OFF_TRACK = "off_track", _("Off track")
    STALLED = "stalled", _("Stalled")
    KEPT = "kept", _("Kept")
    KEPT_LATE = "kept_late", _("Kept late")
    PARTLY_KEPT = "partly_kept", _("Partly kept")
    NOT_KEPT = "not_kept", _("Not kept")
    UNRATEABLE = "unrateable", _("Cannot be rated")


class RatedBy(TextChoices):
    US = "us", _("Our editors")
    GOVERNMENT = "government", _("The Government itself")
    OTHER_MONITOR = "other_monitor", _("Another monitor")


class Clarity(TextChoices):
    CLEAR = "clear", _("Clear")
    AMBIGUOUS = "ambiguous", _("Ambiguous")
    UNMEASURABLE = "unmeasurable", _("Unmeasurable")


class Confidence(TextChoices):
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class FundingStage(TextChoices):
    ESTIMATE = FundingStageValue.ESTIMATE, _("Estimated cost")
    ANNOUNCED = FundingStageValue.ANNOUNCED, _("Announced")
    EARMARKED = FundingStageValue.EARMARKED, _("Earmarked")
    PROPOSED = FundingStageValue.PROPOSED, _("Put to the legislature")
    APPROPRIATED = FundingStageValue.APPROPRIATED, _("Approved by the legislature")
    COMMITTED = FundingStageValue.COMMITTED, _("Committed")
    CONTRACTED = FundingStageValue.CONTRACTED, _("Contracted")
    DISBURSED = FundingStageValue.DISBURSED, _("Disbursed")
    SPENT = FundingStageValue.SPENT, _("Spent")
    RETURNED = FundingStageValue.RETURNED, _("Returned")
    PLEDGED = FundingStageValue.PLEDGED, _("Pledged")


class Qualifier(TextChoices):
    EXACTLY = "exactly", _("exactly")
    ABOUT = "about", _("about")
    OVER = "over", _("over")
    NEARLY = "nearly", _("nearly")
    UP_TO = "up_to", _("up to")
    AT_LEAST = "at_least", _("at least")
    UNDER = "under", _("under")


class Payer(TextChoices):
    PUBLIC = PayerValue.PUBLIC, _("Public money")
    PRIVATE = PayerValue.PRIVATE, _("Private money")
    LAND = PayerValue.LAND, _("Land")


class Vintage(TextChoices):
    ORIGINAL = "original", _("Original estimate")
    REVISED = "revised", _("Revised estimate")
    PROVISIONAL = "provisional", _("Provisional outturn")
    YEAR_TO_DATE = "year_to_date", _("Year to date")
    ACTUAL = "actual", _("Actual")


class AnnouncementKind(TextChoices):
    BUDGET = "budget", _("Budget")
    POLICY_ADDRESS = "policy_address", _("Policy Address")
    OTHER = "other", _("Other")


class ContextKind(TextChoices):
    FACT = "fact", _("Fact")
    CONFLICT = "conflict", _("Conflict between sources")


class Tier(IntegerChoices):
    OFFICIAL = 1, _("Government or legislature")
    PRESS = 2, _("Named newsroom, or copy of an official release")
    REPOST = 3, _("Repost or rewrite")


# Kinds of organisations and people are free text; the record that ships has these.
KIND_LABELS = {
    "InnoHK laboratory": _("InnoHK laboratory"),
    "academic": _("academic"),
    "appointee": _("appointee"),
    "bank research": _("bank research"),
    "bureau": _("bureau"),
    "business": _("business"),
    "chamber": _("chamber of commerce"),
    "commentator": _("commentator"),
    "committee": _("committee"),
    "department": _("department"),
    "expert": _("expert"),
    "government-funded institute": _("government-funded institute"),
    "government-owned company": _("government-owned company"),
    "international organisation": _("international organisation"),
    "legislator": _("legislator"),
    "legislature": _("legislature"),
    "office": _("office"),
    "official": _("official"),
    "press": _("press"),
    "private company": _("private company"),
    "professional services": _("professional services"),
    "statutory body": _("statutory body"),
    "subsidiary": _("subsidiary"),
    "university": _("university"),
    "university institute": _("university institute"),
}

# Facets by which readers filter initiatives.
SCHEDULE_OPTIONS = [  # most looked for first; "closed" is no option, as it says nothing about a promise
    MilestoneSchedule.OVERDUE,
    MilestoneSchedule.UNKNOWN,
    MilestoneSchedule.IN_WINDOW,
    MilestoneSchedule.DUE_SOON,
    MilestoneSchedule.NOT_DUE,
    MilestoneSchedule.MET_ON_TIME,
    MilestoneSchedule.MET_EARLY,
    MilestoneSchedule.MET_LATE,
    MilestoneSchedule.MET_UNDATED,
    MilestoneSchedule.MISSED,
    MilestoneSchedule.NO_DATE,
]
PUBLIC_MONEY_STAGES = [
    each
    for each in FundingStage.values
    if each not in (FundingStage.ESTIMATE, FundingStage.PLEDGED, FundingStage.RETURNED)
]
AMOUNT_BANDS = {  # of the largest single public sum, in HKD: (from, below)
    "under-100m": (None, 10**8),
    "100m-1bn": (10**8, 10**9),
    "1bn-10bn": (10**9, 10**10),
    "10bn-up": (10**10, None),
}
NO_SUM = "none"
INITIATIVE_FACETS = {  # the options of each facet in order, or None if they are things or years
    "schedule": SCHEDULE_OPTIONS,
    "stage": Stage.values,
    "verdict": Rating.values,
    "area": None,
    "organisation": None,
    "announcement": None,
    "year": None,
    "money": PUBLIC_MONEY_STAGES,
    "amount": [*AMOUNT_BANDS, NO_SUM],
}


def is_year(value: str) -> bool:
    """Return True if `value` is four ASCII digits of a year that `date` can represent."""
    return len(value) == 4 and value.isascii() and value.isdecimal() and value != "0000"
