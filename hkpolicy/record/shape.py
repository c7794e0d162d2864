"""What a row of each section may hold. A key not named here is unknown: kept for the internal note, never refused."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from publishing.dates import FuzzyDate

from . import vocabulary, words

IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,100}")
UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
FISCAL_YEAR = re.compile(r"(\d{4})-(\d{4}|\d{2})", re.ASCII)
YEARS = range(1000, 3000)  # outside them a date is a slip of the pen, and reckoning with it fails
LARGEST = 10**16  # whole HKD; far above any budget, below what a database's big integer holds
OUTSIDE = f"lies outside the years {YEARS[0]} to {YEARS[-1]}"


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a row. `check` gives a message for a value that cannot be, or None; null is checked by `required`."""

    check: Callable[[object], str | None] = lambda value: None
    required: bool = False
    allowed: tuple = ()
    refers_to: tuple[str, ...] = ()
    several: bool = False  # a list of such values
    rows: dict | None = None  # a list of mappings of that shape (`several`), or one mapping


def text(*, longest=20_000, required=False):
    def check(value):
        if not isinstance(value, str):
            return "must be text"
        if UNKEEPABLE.search(value):
            return "holds a character that no database keeps"
        if required and not value.strip():
            return "must not be empty"
        return None if len(value) <= longest else f"is longer than {longest} characters"

    return Field(check, required=required)


def identifier():
    def check(value):
        ok = isinstance(value, str) and IDENTIFIER.fullmatch(value)
        return None if ok else "must be text of letters, digits, - and _, at most 100"

    return Field(check, required=True)


def word(table, *, required=True):
    def check(value):
        known = isinstance(value, str | int) and not isinstance(value, bool) and value in table
        return None if known else "is none of the values known here."

    return Field(check, required=required, allowed=tuple(table))


def qualifier():
    def check(value):
        if not isinstance(value, str):
            return "must be text"
        try:
            words.qualifier(value)
        except ValueError:
            return "starts with none of the qualifiers known here."
        return None

    return Field(check, allowed=tuple(vocabulary.QUALIFIER))


def day(*, required=False):
    def check(value):
        if not isinstance(value, date) or isinstance(value, datetime):
            return "must be a date that exists, YYYY-MM-DD, without quotes"
        return None if value.year in YEARS else OUTSIDE

    return Field(check, required=required)


def vague_day():
    def check(value):
        try:
            day = FuzzyDate.parse(value).latest
        except (ValueError, OverflowError):
            return "must be a date that exists, a month YYYY-MM or a year"
        return None if day is None or day.year in YEARS else OUTSIDE

    return Field(check)


def money(*, negative=False):
    def check(value):
        if isinstance(value, bool) or not isinstance(value, int):
            return "must be whole HKD, a number without quotes or units"
        if value < 0 and not negative:
            return "must not be negative"
        return None if abs(value) < LARGEST else "is too large"

    return Field(check)


def number():
    def check(value):
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return "must be a number"
        if abs(value) >= 10**14:
            return "is too large"
        return None if round(value, 6) == value else "has more than 6 digits after the point"

    return Field(check)


def yes_no():
    return Field(lambda value: None if isinstance(value, bool) else "must be true or false")


def fiscal_year():
    def check(value):
        parts = FISCAL_YEAR.fullmatch(value) if isinstance(value, str) else None
        if parts and str(int(parts[1]) + 1).endswith(parts[2]):
            return None
        return "must be a fiscal year such as 2025-26"

    return Field(check)


def ref(*sections, required=False, several=False):
    def check(value):
        return None if isinstance(value, str) else "must be the id of a row"

    return Field(check, required=required, refers_to=sections, several=several)


def texts():
    return Field(text(longest=300).check, several=True)


def rows(shape):
    return Field(rows=shape, several=True)


VERIFIED = word(vocabulary.VERIFIED)
TITLE = 300
PHRASE = 200

SOURCE = {
    "id": identifier(),
    "tier": word(vocabulary.TIER),
    "url": text(longest=2000),
    "publisher": text(longest=200),
    "title": text(longest=500, required=True),
    "date": vague_day(),
    "access": word(vocabulary.ACCESS, required=False),
    "lang": word(vocabulary.LANGUAGE, required=False),
    "note": text(),
}
NAMES = {"name_en": text(longest=TITLE), "name_zh_hant": text(longest=TITLE), "name_zh_hans": text(longest=TITLE)}
TITLES = {"title_en": text(longest=TITLE), "title_zh_hant": text(longest=TITLE), "title_zh_hans": text(longest=TITLE)}
CITED = {"verified": VERIFIED, "sources": ref("sources", several=True), "note": text()}
ORGANISATION = {
    "id": identifier(),
    **NAMES,
    **CITED,
    "kind": text(longest=80),
    "parent": ref("organisations"),
    "former_name": text(longest=TITLE),
    "formed_from": texts(),
    "established_on": vague_day(),
    "abbreviation": text(longest=TITLE),
    "role": text(),
    "ultimate_parent_zh": text(longest=TITLE),
}
PERSON = {
    "id": identifier(),
    **NAMES,
    **CITED,
    "kind": text(longest=80, required=True),
    "role": text(longest=TITLE),
    "affiliation": ref("organisations"),
    "title": text(longest=40),
    "traceable": yes_no(),
}
FIGURE = {
    "measure": text(longest=TITLE, required=True),
    "fiscal_year": fiscal_year(),
    "vintage": word(vocabulary.VINTAGE),
    "as_at": day(),
    "published_on": day(),
    "after_bonds": yes_no(),
    "amount_hkd": money(negative=True),
    "amount_low_hkd": money(negative=True),
    "amount_high_hkd": money(negative=True),
    "value": number(),
    "unit": text(longest=60),
    "qualifier": qualifier(),
    **CITED,
}
BUDGET = {
    "id": identifier(),
    **TITLES,
    **CITED,
    "kind": word(vocabulary.ANNOUNCEMENT_KIND),
    "fiscal_year": fiscal_year(),
    "date_delivered": day(),
    "deliverer": ref("people"),
    "appropriation_passed_on": day(),
    "key_phrase": text(longest=PHRASE),
    "key_phrase_note": text(),
    "headline_figures": rows(FIGURE),
}
INITIATIVE = {
    "slug": identifier(),
    **TITLES,
    **CITED,
    "also_known_as": texts(),
    "summary": text(),
    "lead": ref("organisations"),
    "announced_on": vague_day(),
    "announced_precision_note": text(longest=PHRASE),
    "announced_in": ref("budgets"),
    "stage": word(vocabulary.STAGE),
    "area": Field(identifier().check),
    "predecessors": ref("initiatives", several=True),
    "comparables": ref("initiatives", several=True),
}
ALLOCATION = {
    "id": identifier(),
    **CITED,
    "budget": ref("budgets"),
    "initiative": ref("initiatives", required=True),
    "amount_hkd": money(),
    "amount_usd_reported": money(),
    "qualifier": qualifier(),
    "decision": word(vocabulary.DECISION),
    "date": vague_day(),
    "date_precision": word(vocabulary.PRECISION, required=False),
    "purpose": text(longest=TITLE),
    "part_of": ref("allocations"),
}
HISTORY = {
    "stated_on": vague_day(),
    "due": day(),
    "precision": word(vocabulary.PRECISION, required=False),
    "text": text(longest=PHRASE),
    "source": ref("sources"),
    "note": text(),
}
MILESTONE = {
    "id": identifier(),
    **CITED,
    "initiative": ref("initiatives", required=True),
    "title": text(longest=TITLE, required=True),
    "due": day(),
    "due_precision": word(vocabulary.PRECISION, required=False),
    "due_text": text(longest=PHRASE),
    "due_derived": yes_no(),
    "status": word(vocabulary.STATUS),
    "completed": day(),
    "completed_precision": word(vocabulary.PRECISION, required=False),
    "completed_text": text(longest=PHRASE),
    "completed_late": yes_no(),
    "history": rows(HISTORY),
}
BASELINE = {"value": number(), "date": vague_day(), "text": text(longest=TITLE), "source": ref("sources")}
TARGET = {
    "value": number(),
    "text": text(longest=TITLE),
    "due": day(),
    "set_by": text(longest=200),
    "set_on": vague_day(),
    "verified": VERIFIED,
    "source": ref("sources"),
    "note": text(),
}
OBSERVATION = {
    "date": vague_day(),
    "value": number(),
    "qualifier": qualifier(),
    "series_break": yes_no(),
    "verified": VERIFIED,
    "source": ref("sources"),
    "note": text(),
}
OUTCOME = {
    "id": identifier(),
    "initiative": ref("initiatives", required=True),
    "indicator": text(longest=TITLE, required=True),
    "unit": text(longest=60),
    "lower_is_better": yes_no(),
    "baseline": Field(rows=BASELINE),
    "targets": rows(TARGET),
    "observations": rows(OBSERVATION),
    "note": text(),
}
COMMENTARY = {
    "id": identifier(),
    "expert": ref("people", required=True),
    "initiative": ref("initiatives"),
    "budget": ref("budgets"),
    "date": vague_day(),
    "stance": word(vocabulary.STANCE),
    "theme": word(vocabulary.THEME, required=False),
    "tags": texts(),
    "quote": text(longest=PHRASE),
    "paraphrase": text(),
    "verified": VERIFIED,
    "source": ref("sources"),
    "note": text(),
}
CONTEXT_FACT = {"id": identifier(), "text": text(required=True), "about": ref("initiatives", "budgets"), **CITED}

SHAPES = {
    "sources": SOURCE,
    "organisations": ORGANISATION,
    "people": PERSON,
    "budgets": BUDGET,
    "initiatives": INITIATIVE,
    "allocations": ALLOCATION,
    "milestones": MILESTONE,
    "outcomes": OUTCOME,
    "commentary": COMMENTARY,
    "context_facts": CONTEXT_FACT,
}
ID_KEYS = {section: "slug" if section == "initiatives" else "id" for section in SHAPES}


def unknown_keys(shape, row, path=""):
    """The keys of a row, and of the rows in it, that its shape does not name: {"history[0].mood": value}."""
    found = {}
    for key, value in row.items():
        here = f"{path}{key}"
        if key not in shape:
            found[here] = value
        elif (inner := shape[key].rows) and isinstance(value, dict):
            found |= unknown_keys(inner, value, f"{here}.")
        elif inner and isinstance(value, list):
            for at, each in enumerate(value):
                if isinstance(each, dict):
                    found |= unknown_keys(inner, each, f"{here}[{at}].")
    return found
