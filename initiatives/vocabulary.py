"""Vocabularies that pure rules use, without Django; `choices` adds the labels. They stand in the order of pages."""

from enum import StrEnum


class ScheduleValue(StrEnum):
    """The place of a milestone in the calendar, as `compute_schedule` returns it."""

    CLOSED = "closed"
    MISSED = "missed"
    MET_UNDATED = "met_undated"
    MET_EARLY = "met_early"
    MET_LATE = "met_late"
    MET_ON_TIME = "met_on_time"
    NO_DATE = "no_date"
    DUE_SOON = "due_soon"
    NOT_DUE = "not_due"
    IN_WINDOW = "in_window"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"


class FundingStageValue(StrEnum):
    """The stage of a sum of money, from a first estimate to what came back."""

    ESTIMATE = "estimate"
    ANNOUNCED = "announced"
    EARMARKED = "earmarked"
    PROPOSED = "proposed"
    APPROPRIATED = "appropriated"
    COMMITTED = "committed"
    CONTRACTED = "contracted"
    DISBURSED = "disbursed"
    SPENT = "spent"
    RETURNED = "returned"
    PLEDGED = "pledged"


class PayerValue(StrEnum):
    """Whose money it is."""

    PUBLIC = "public"
    PRIVATE = "private"
    LAND = "land"
