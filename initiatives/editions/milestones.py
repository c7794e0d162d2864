"""Editions of milestones, with the columns from which the calendar is computed."""

from datetime import date

from django.db import models
from django.db.models.functions import Coalesce

from record.dates import FuzzyDate
from record.models import Edition

from ..rules.schedule import MilestoneCalendar
from .announcements import LIVE_AND_READABLE, READABLE

OPEN_PROMISE = models.Q(result="scheduled", kind="promise")
NOT_DONE_CLAIMS = ("planned", "in_progress", "on_schedule", "dropped")
NOT_DONE_EVIDENCE = ("partly", "not_met")
CALENDAR_COLUMNS = (
    *("kind", "result", "due_known", "due_from", "due_by", "due_until", "actual_from", "actual_until", "not_done_on"),
    *("root_content_id", "live_until", "tombstone"),
)


class MilestoneEdition(Edition):
    """An edition of a milestone. It has the attributes of `MilestoneCalendar`, so that `rules.schedule` can read it."""

    type = "milestone"
    url_prefix = "milestones"
    parents = ("initiative",)
    search_rank = 2
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=8, default="")
    result = models.CharField(max_length=13, default="")
    first_until = models.DateField(null=True)
    due_from = models.DateField(null=True)
    due_until = models.DateField(null=True)
    # due_until, or the last date there is if it is open, so that upcoming milestones are one range of an index.
    due_by = models.GeneratedField(
        expression=Coalesce("due_until", models.Value(date.max, models.DateField())),
        output_field=models.DateField(),
        db_persist=True,
    )
    due_known = models.BooleanField(default=False)
    actual_from = models.DateField(null=True)
    actual_until = models.DateField(null=True)
    not_done_on = models.DateField(null=True)
    moves = models.PositiveSmallIntegerField(default=0)
    nothing_found_until = models.DateField(null=True)  # a search found nothing, and that holds until this day

    class Meta(Edition.Meta):
        indexes = [
            *Edition.Meta.indexes,
            models.Index(
                fields=["due_by", "id"], condition=LIVE_AND_READABLE & OPEN_PROMISE, name="milestones_to_come"
            ),
            models.Index(fields=["due_by", "id"], condition=READABLE & OPEN_PROMISE, name="milestones_once_to_come"),
            models.Index(fields=["due_by", "id"], condition=LIVE_AND_READABLE, name="milestones_in_order"),
            models.Index(fields=["due_by", "id"], condition=READABLE, name="milestones_ever"),
            models.Index(fields=["due_until", "id"], condition=LIVE_AND_READABLE, name="milestones_by_due_day"),
            # All columns that the calendar reads, so that promises are counted without loading a document.
            models.Index(fields=CALENDAR_COLUMNS, condition=LIVE_AND_READABLE, name="milestones_calendar"),
        ]

    @classmethod
    def typed_columns(cls, document):
        calendar = build_milestone_calendar(document)
        return {name: getattr(calendar, name) for name in MilestoneCalendar.__dataclass_fields__} | {
            "position": document["position"],
            "moves": document["moves"],
            "nothing_found_until": compute_nothing_found_until(document),
        }


def build_milestone_calendar(document: dict) -> MilestoneCalendar:
    """Build the input of `rules.schedule` from a milestone's document."""
    first, current, actual = (
        FuzzyDate.from_document(document[key]) for key in ("first_promise", "current_promise", "actual")
    )
    return MilestoneCalendar(
        kind=document["kind"],
        result=document["result"],
        first_until=first.last_day,
        due_from=current.earliest,
        due_until=current.last_day,
        due_known=current.is_known(),
        actual_from=actual.earliest,
        actual_until=actual.latest,
        not_done_on=find_last_not_done(document).earliest,
    )


def compute_nothing_found_until(document: dict) -> date | None:
    """Return the last day on which its bounded absences hold, or None.

    A search whose material ends before the current promise does says nothing of it and is left out.
    """
    end = FuzzyDate.from_document(document["current_promise"]).last_day
    searched = [each for each in document["evidence"] if each["supports"] == "nothing_found" and each["holds_until"]]
    days = [date.fromisoformat(each["holds_until"]) for each in searched if _search_reaches(each, end)]
    return max(days, default=None)


def _search_reaches(search: dict, end: date | None) -> bool:
    latest = FuzzyDate.from_document(search["dated"]).latest
    return end is None or latest is None or latest >= end


def find_last_not_done(document: dict) -> FuzzyDate:
    """Return when a Statement or Evidence last says that it is not done, or an empty date.

    The latest is decided by the earliest day that each may have.
    """
    said = [each["stated"] for each in document["statements"] if each["claim"] in NOT_DONE_CLAIMS]
    shown = [each["dated"] for each in document["evidence"] if each["supports"] in NOT_DONE_EVIDENCE]
    days = [FuzzyDate.from_document(each) for each in said + shown]
    return max((day for day in days if day.earliest), key=lambda day: day.earliest, default=FuzzyDate())
