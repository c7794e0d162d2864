"""Types of the keys of a row: text, dates, money, a word of a vocabulary, the id of another row, nested rows."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from record.amounts import MAX_AMOUNT
from record.dates import ALLOWED_YEARS, FuzzyDate

from . import mappings, note_parsing

IDENTIFIER_PATTERN = re.compile(r"[A-Za-z0-9_-]{1,100}")
UNSTORABLE_CHARACTERS = re.compile("[\x00\ud800-\udfff]")
FISCAL_YEAR_PATTERN = re.compile(r"(\d{4})-(\d{4}|\d{2})", re.ASCII)
OUTSIDE_YEARS = f"lies outside the years {ALLOWED_YEARS[0]} to {ALLOWED_YEARS[-1]}"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """The specification of one key of a row.

    check: returns a message for an invalid value, else None. It is not called for null, which only `required` refuses.
    """

    check: Callable[[object], str | None] = lambda value: None
    required: bool = False
    allowed: tuple = ()
    refers_to: tuple[str, ...] = ()
    is_list: bool = False  # the value is a list of such values
    schema: dict | None = None  # the schema of a nested mapping, or of a list of them (`is_list`)


def text_field(*, longest=20_000, required=False):
    def check(value):
        if not isinstance(value, str):
            return "must be text"
        if UNSTORABLE_CHARACTERS.search(value):
            return "holds a character that no database keeps"
        if required and not value.strip():
            return "must not be empty"
        return None if len(value) <= longest else f"is longer than {longest} characters"

    return FieldSpec(check, required=required)


def identifier_field():
    def check(value):
        ok = isinstance(value, str) and IDENTIFIER_PATTERN.fullmatch(value)
        return None if ok else "must be text of letters, digits, - and _, at most 100"

    return FieldSpec(check, required=True)


def choice_field(table, *, required=True):
    def check(value):
        known = isinstance(value, str | int) and not isinstance(value, bool) and value in table
        return None if known else "is none of the values known here."

    return FieldSpec(check, required=required, allowed=tuple(table))


def qualifier_field():
    def check(value):
        if not isinstance(value, str):
            return "must be text"
        try:
            note_parsing.parse_qualifier(value)
        except ValueError:
            return "starts with none of the qualifiers known here."
        return None

    return FieldSpec(check, allowed=tuple(mappings.QUALIFIER))


def date_field(*, required=False):
    def check(value):
        if not isinstance(value, date) or isinstance(value, datetime):
            return "must be a date that exists, YYYY-MM-DD, without quotes"
        return None if value.year in ALLOWED_YEARS else OUTSIDE_YEARS

    return FieldSpec(check, required=required)


def fuzzy_date_field():
    def check(value):
        try:
            day = FuzzyDate.parse(value).latest
        except (ValueError, OverflowError):
            return "must be a date that exists, a month YYYY-MM or a year"
        return None if day is None or day.year in ALLOWED_YEARS else OUTSIDE_YEARS

    return FieldSpec(check)


def money_field(*, negative=False):
    def check(value):
        if isinstance(value, bool) or not isinstance(value, int):
            return "must be whole HKD, a number without quotes or units"
        if value < 0 and not negative:
            return "must not be negative"
        return None if abs(value) < MAX_AMOUNT else "is too large"

    return FieldSpec(check)


def number_field():
    def check(value):
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return "must be a number"
        if abs(value) >= 10**14:
            return "is too large"
        return None if round(value, 6) == value else "has more than 6 digits after the point"

    return FieldSpec(check)


def boolean_field():
    return FieldSpec(lambda value: None if isinstance(value, bool) else "must be true or false")


def fiscal_year_field():
    def check(value):
        parts = FISCAL_YEAR_PATTERN.fullmatch(value) if isinstance(value, str) else None
        if parts and str(int(parts[1]) + 1).endswith(parts[2]):
            return None
        return "must be a fiscal year such as 2025-26"

    return FieldSpec(check)


def reference_field(*sections, required=False, is_list=False):
    def check(value):
        return None if isinstance(value, str) else "must be the id of a row"

    return FieldSpec(check, required=required, refers_to=sections, is_list=is_list)


def text_list_field():
    return FieldSpec(text_field(longest=300).check, is_list=True)


def row_list_field(shape):
    return FieldSpec(schema=shape, is_list=True)
