"""Fuzzy dates, as vague as the words that gave them, and calendar days in Hong Kong."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

HONG_KONG = ZoneInfo("Asia/Hong_Kong")

ALLOWED_YEARS = range(1000, 3000)  # other years are typing errors, and date arithmetic could overflow

MONTHS_BY_PRECISION = {"month": 1, "quarter": 3, "half": 6, "year": 12}
YEAR_KIND_BY_LAST_DAY = {(3, 31): "fiscal", (8, 31): "academic"}

ISO_MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)


class PrecisionValue(StrEnum):
    """The calendar unit that a fuzzy date names; `choices.Precision` adds the labels."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """Interval as vague as the words that gave it; earliest and latest are inclusive days, None if open or unknown.

    Their order is not enforced here, so that a form can hold a reversed interval and report it: see `is_ordered`.
    """

    earliest: date | None = None
    latest: date | None = None
    phrase: str = ""  # the words used, in their own language
    precision: str = "unknown"
    year_kind: str = "calendar"
    at_the_earliest: bool = False  # the end of the interval then counts as open

    @classmethod
    def ending_on(cls, last_day, precision, *, phrase="", at_the_earliest=False):
        """Return the window of that precision which ends on `last_day`; with precision "unknown", only its end is set.

        Raises ValueError if the precision is no `PrecisionValue`.
        """
        if precision not in tuple(PrecisionValue):
            raise ValueError(f"{precision!r} is not a precision: {', '.join(PrecisionValue)}")
        return cls(
            earliest=_first_day(last_day, precision),
            latest=last_day,
            phrase=phrase,
            precision=precision,
            year_kind=_get_year_kind(last_day, precision),
            at_the_earliest=at_the_earliest,
        )

    @classmethod
    def from_day(cls, day):
        """Return the date of exactly this day."""
        return cls.ending_on(day, "day")

    @classmethod
    def from_month(cls, year, month):
        """Return the date of this whole month."""
        return cls.ending_on(date(year, month, monthrange(year, month)[1]), "month")

    @classmethod
    def from_year(cls, year):
        """Return the date of this whole calendar year."""
        return cls.ending_on(date(year, 12, 31), "year")

    @classmethod
    def parse(cls, value):
        """Parse a data file's date: a date, a year (2015 or '2015'), a month ('2015-07'), or None for unknown.

        Raises ValueError for anything else.
        """
        match value:
            case None:
                return cls()
            case datetime() | bool():
                pass
            case date():
                return cls.from_day(value)
            case int():
                return cls.from_year(value)
            case str() if parts := ISO_MONTH.fullmatch(value):
                year, month = parts.groups()
                return cls.from_month(int(year), int(month)) if month else cls.from_year(int(year))
        raise ValueError(f"{value!r} is not a date, a year or a month")

    @classmethod
    def from_document(cls, document):
        """Build a date from a document, as the inverse of `to_document`; None gives an unknown date."""
        if document is None:
            return cls()
        return cls(
            earliest=_parse_optional_day(document["earliest"]),
            latest=_parse_optional_day(document["latest"]),
            phrase=document["phrase"],
            precision=document["precision"],
            year_kind=document["year_kind"],
            at_the_earliest=document["at_the_earliest"],
        )

    def to_document(self):
        """Return the dict that documents use for a date, or None if there is neither a day nor a phrase."""
        if not (self.is_known() or self.phrase):
            return None
        return {
            "earliest": self.earliest and self.earliest.isoformat(),
            "latest": self.latest and self.latest.isoformat(),
            "phrase": self.phrase,
            "precision": self.precision,
            "year_kind": self.year_kind,
            "at_the_earliest": self.at_the_earliest,
            "edtf": self.edtf(),
        }

    @property
    def last_day(self):
        """The last day that the words allow, or None if the end is open or unknown."""
        return None if self.at_the_earliest else self.latest

    def is_known(self):
        """Return True if at least one end of the interval is set."""
        return self.earliest is not None or self.latest is not None

    def is_ordered(self):
        """Return True if the interval does not end before it starts."""
        return self.earliest is None or self.latest is None or self.earliest <= self.latest

    def edtf(self):
        """Return the date in Extended Date/Time Format, level 1; "" if no day is known.

        A fiscal year is written by its months ("2025-04/2026-03"), because "2025-26" would be read as a season.
        """
        match self.earliest, self.latest, self.last_day:
            case None, None, _:
                return ""
            case None, last, None:  # "at the earliest", of a window whose start is unknown: from about its end
                return f"{last.isoformat()}~/.."
            case first, _, None:
                return f"{_format_month_or_day(first, first.day == 1)}/.."
            case None, _, last:
                return f"../{last.isoformat()}{'~' if self.precision == 'unknown' else ''}"
            case first, _, last:
                return _format_interval(first, last)


def hong_kong_day(instant):
    """Return the day in Hong Kong at an aware datetime. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("a naive datetime belongs to no day in Hong Kong")
    return instant.astimezone(HONG_KONG).date()


def today():
    """Return the present day in Hong Kong."""
    return datetime.now(HONG_KONG).date()


def end_of_hong_kong_day(day):
    """Return the last microsecond of that day in Hong Kong, as an aware datetime."""
    return datetime.combine(day, time.max, tzinfo=HONG_KONG)


def _first_day(last_day, precision):
    if precision == "unknown":
        return None
    if precision == "day":
        return last_day
    months = last_day.year * 12 + last_day.month - MONTHS_BY_PRECISION[precision]
    if _is_month_end(last_day):
        return date(months // 12, months % 12 + 1, 1)
    year, month = divmod(months - 1, 12)
    return date(year, month + 1, min(last_day.day + 1, monthrange(year, month + 1)[1]))


def _get_year_kind(last_day, precision):
    if precision != "year":
        return "calendar"
    return YEAR_KIND_BY_LAST_DAY.get((last_day.month, last_day.day), "calendar")


def _format_interval(first, last):
    whole_months = first.day == 1 and _is_month_end(last)
    if whole_months and (first.year, first.month, last.month) == (last.year, 1, 12):
        return f"{first.year:04}"
    start, end = _format_month_or_day(first, whole_months), _format_month_or_day(last, whole_months)
    return start if start == end else f"{start}/{end}"


def _is_month_end(day):
    return day.day == monthrange(day.year, day.month)[1]


def _format_month_or_day(day, whole_months):
    return day.isoformat()[:7] if whole_months else day.isoformat()


def _parse_optional_day(text):
    return None if text is None else date.fromisoformat(text)
