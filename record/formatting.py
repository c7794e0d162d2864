"""Formatting of days, moments, fuzzy dates, sums and numbers as words in the active language."""

from calendar import monthrange
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.dateformat import format as formatted
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from .dates import HONG_KONG, FuzzyDate

HALVES = {(1, 6): 1, (7, 12): 2}
QUARTERS = {(1, 3): 1, (4, 6): 2, (7, 9): 3, (10, 12): 4}
YEAR_KIND_BY_MONTHS = {(4, 3): "fiscal", (9, 8): "academic"}
# Chinese counts in ten thousands and hundred millions, so a translated unit would not do.
HKD_UNITS = {
    "en": [(10**9, "HK${} billion"), (10**6, "HK${} million"), (1, "HK${}")],
    "zh-hant": [(10**8, "{}億港元"), (10**4, "{}萬港元"), (1, "{}港元")],
    "zh-hans": [(10**8, "{}亿港元"), (10**4, "{}万港元"), (1, "{}港元")],
}


def format_day(day: date) -> str:
    """Format a day: "3 May 2024"."""
    return formatted(day, pgettext("format of a day", "j F Y"))


def format_moment(instant: datetime) -> str:
    """Format an instant as day and time in Hong Kong."""
    return formatted(instant.astimezone(HONG_KONG), pgettext("format of a moment", "j F Y, H:i"))


def format_month(day: date) -> str:
    """Format the month of a day: "May 2024"."""
    return formatted(day, pgettext("format of a month", "F Y"))


def in_brackets(words: str) -> str:
    """Put words in brackets to follow others: after a space in English, in full-width brackets in Chinese."""
    return f" ({words})" if (get_language() or "en") == "en" else f"（{words}）"


def format_label_value(word: str, value: str) -> str:
    """Join a label and its value: Chinese puts no space between them."""
    return f"{word} {value}" if (get_language() or "en") == "en" else word + value


def format_fuzzy_date(fuzzy: FuzzyDate) -> str:
    """Format the interval of a fuzzy date; "" if no day is known. Pages show its phrase beside it."""
    first, last = fuzzy.earliest, fuzzy.latest
    if first and last:
        words = _format_window(fuzzy)
    elif last and fuzzy.precision == "unknown":
        words = _("by about %(day)s") % {"day": format_day(last)}
    elif last:
        words = _("by %(day)s") % {"day": format_day(last)}
    elif first:
        return _("from %(day)s") % {"day": format_day(first)}
    else:
        return ""
    return _("%(window)s at the earliest") % {"window": words} if fuzzy.at_the_earliest else words


def format_window_in_sentence(fuzzy: FuzzyDate) -> str:
    """Format a date to follow "promised for": a day, "the second half of 2026"; "" if no day is known."""
    first, last = fuzzy.earliest, fuzzy.latest
    if first and last:
        words = _format_window_as_noun(fuzzy)
    elif last:
        about = fuzzy.precision == "unknown"
        words = (_("no later than about %(day)s") if about else _("no later than %(day)s")) % {"day": format_day(last)}
    elif first:
        return _("%(day)s or later") % {"day": format_day(first)}
    else:
        return ""
    return _("%(window)s at the earliest") % {"window": words} if fuzzy.at_the_earliest else words


def format_time_in_sentence(fuzzy: FuzzyDate) -> str:
    """Format when something happened: "on 3 May 2024", "in the second half of 2026"; "" if no day is known."""
    first, last = fuzzy.earliest, fuzzy.latest
    if first and first == last:
        return _("on %(day)s") % {"day": format_day(last)}
    if first and last and not _is_named_period(first, last):
        return _("between %(first)s and %(last)s") % _format_ends(first, last)
    if first and last:
        return _("in %(window)s") % {"window": _format_window_as_noun(fuzzy)}
    if last:
        about = fuzzy.precision == "unknown"
        return (_("by about %(day)s") if about else _("by %(day)s")) % {"day": format_day(last)}
    return _("on or after %(day)s") % {"day": format_day(first)} if first else ""


def _format_window_as_noun(fuzzy: FuzzyDate) -> str:
    """Format a window, with an article if its name needs one."""
    first, last = fuzzy.earliest, fuzzy.latest
    words = _format_window(fuzzy)
    if first == last or words in (format_month(last), formatted(last, pgettext("format of a year", "Y"))):
        return words
    if _is_named_period(first, last):
        return _("the %(window)s") % {"window": words}
    return _("the time from %(first)s to %(last)s") % _format_ends(first, last)


def format_hkd(amount: int) -> str:
    """Format whole HKD as people say it, to three decimals: HK$1 billion, 10億港元. `format_exact_hkd` is exact."""
    size = abs(amount)
    units = HKD_UNITS.get(get_language() or "en", HKD_UNITS["en"])
    unit, form = next(((unit, form) for unit, form in units if size >= unit), units[-1])
    number = f"{(Decimal(size) / unit).quantize(Decimal('0.001'), ROUND_HALF_UP).normalize():,f}"
    return ("−" if amount < 0 else "") + form.format(number)


def get_hkd_unit(largest: int) -> tuple[int, str]:
    """Return the unit in which to give sums up to `largest`: (its size in HKD, its words: HK$ billion, 億港元)."""
    units = HKD_UNITS.get(get_language() or "en", HKD_UNITS["en"])
    unit, form = next(((unit, form) for unit, form in units if abs(largest) >= unit), units[-1])
    return unit, form.format("")


def format_in_hkd_unit(number: float, unit: int) -> str:
    """Format a number of HKD in that unit, to three decimals."""
    return format_signed((Decimal(str(number)) / unit).quantize(Decimal("0.001")).normalize())


def format_signed(number: Decimal | int | float) -> str:
    """Format a number with a true minus sign."""
    words = f"{number:,f}" if isinstance(number, Decimal) else format_number(number)
    return words.replace("-", "−")


def format_exact_hkd(amount: int) -> str:
    """Format whole HKD with all digits."""
    _unit, form = HKD_UNITS.get(get_language() or "en", HKD_UNITS["en"])[-1]
    return ("−" if amount < 0 else "") + form.format(f"{abs(amount):,}")


def add_qualifier(words: str, qualifier: str) -> str:
    """Add the qualifier of an amount: "about HK$1 billion"."""
    forms = {
        "about": _("about %(sum)s"),
        "over": _("over %(sum)s"),
        "nearly": _("nearly %(sum)s"),
        "up_to": _("up to %(sum)s"),
        "at_least": _("at least %(sum)s"),
        "under": _("under %(sum)s"),
    }
    return forms.get(qualifier, "%(sum)s") % {"sum": words}


def format_number(number: int | float) -> str:
    """Format a number with grouped digits and at most six decimals."""
    return f"{number:,}" if isinstance(number, int) else f"{number:,.6f}".rstrip("0").rstrip(".")


def _format_window(fuzzy: FuzzyDate) -> str:
    """Format an interval whose ends are both known, by the name of its period if it has one."""
    first, last = fuzzy.earliest, fuzzy.latest
    if first == last:
        return format_day(last)
    if not _is_named_period(first, last):
        return _("%(first)s to %(last)s") % _format_ends(first, last)
    months = (first.month, last.month)
    if (first.year, first.month) == (last.year, last.month):
        return format_month(last)
    if months == (1, 12):
        return formatted(last, pgettext("format of a year", "Y"))
    if months in HALVES and first.year == last.year:
        return _format_half(HALVES[months], last.year)
    if months in QUARTERS and first.year == last.year:
        return _format_quarter(QUARTERS[months], last.year)
    return format_split_year(f"{first.year}-{last.year % 100:02}", YEAR_KIND_BY_MONTHS[months])


def _is_whole_months(first: date, last: date) -> bool:
    """Return True if the interval consists of whole months."""
    return first.day == 1 and last.day == monthrange(last.year, last.month)[1]


def _is_named_period(first: date, last: date) -> bool:
    """Return True if the interval is a month, a quarter, a half or a year of some kind."""
    months, years = (first.month, last.month), last.year - first.year
    named = years == 0 and (months[0] == months[1] or months in {**HALVES, **QUARTERS, (1, 12): 0})
    return _is_whole_months(first, last) and (named or (years == 1 and months in YEAR_KIND_BY_MONTHS))


def _format_ends(first: date, last: date) -> dict[str, str]:
    """Return {"first", "last"} of an interval as words: months if they are whole, else days."""
    words = format_month if _is_whole_months(first, last) else format_day
    return {"first": words(first), "last": words(last)}


def format_split_year(years: str, kind: str = "fiscal") -> str:
    """Format a year that spans two calendar years ("2025-26") as a financial or academic year."""
    if kind == "academic":
        return _("%(years)s academic year") % {"years": years.replace("-", "/")}
    return _("%(years)s financial year") % {"years": years}


def _format_half(half: int, year: int) -> str:
    form = _("first half of %(year)d") if half == 1 else _("second half of %(year)d")
    return form % {"year": year}


def _format_quarter(quarter: int, year: int) -> str:
    forms = (
        _("first quarter of %(year)d"),
        _("second quarter of %(year)d"),
        _("third quarter of %(year)d"),
        _("fourth quarter of %(year)d"),
    )
    return forms[quarter - 1] % {"year": year}
