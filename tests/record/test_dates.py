from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone
from math import inf

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from record.choices import YearKind
from record.dates import FuzzyDate, PrecisionValue, end_of_hong_kong_day, hong_kong_day

days = st.dates(date(1000, 1, 1), date(9999, 12, 31))
first_days = days.map(lambda day: day.replace(day=1))
last_days = days.map(lambda day: day.replace(day=monthrange(day.year, day.month)[1]))
any_days = days | first_days | last_days
fuzzy_dates = st.builds(
    FuzzyDate,
    earliest=st.none() | any_days,
    latest=st.none() | any_days,
    phrase=st.text(max_size=10),
    precision=st.sampled_from(PrecisionValue),
    year_kind=st.sampled_from(YearKind.values),
    at_the_earliest=st.booleans(),
)
valid_dates = fuzzy_dates.filter(FuzzyDate.is_ordered)


def window(fuzzy):
    return fuzzy.earliest, fuzzy.latest


def bounds(edtf):
    """Return what the edtf library reads: (first day, last day), infinities where open."""
    parsed = parse_edtf(edtf)
    return tuple(
        bound if bound in (inf, -inf) else date(*bound[:3]) for bound in (parsed.lower_strict(), parsed.upper_strict())
    )


@pytest.mark.parametrize(
    ("last_day", "precision", "first_day", "year_kind"),
    [
        (date(2025, 2, 26), "day", date(2025, 2, 26), "calendar"),
        (date(2024, 2, 29), "month", date(2024, 2, 1), "calendar"),
        (date(2026, 3, 31), "quarter", date(2026, 1, 1), "calendar"),
        (date(2025, 11, 30), "quarter", date(2025, 9, 1), "calendar"),
        (date(2026, 12, 31), "half", date(2026, 7, 1), "calendar"),
        (date(2025, 2, 28), "half", date(2024, 9, 1), "calendar"),
        (date(2026, 12, 31), "year", date(2026, 1, 1), "calendar"),
        (date(2027, 3, 31), "year", date(2026, 4, 1), "fiscal"),
        (date(2026, 8, 31), "year", date(2025, 9, 1), "academic"),
        (date(2022, 6, 30), "year", date(2021, 7, 1), "calendar"),
        (date(2026, 3, 31), "unknown", None, "calendar"),
        (date(2026, 1, 15), "month", date(2025, 12, 16), "calendar"),
        (date(2026, 3, 30), "month", date(2026, 2, 28), "calendar"),
    ],
)
def test_a_last_day_and_a_precision_give_the_window_that_ends_then(last_day, precision, first_day, year_kind):
    fuzzy = FuzzyDate.ending_on(last_day, precision)
    assert window(fuzzy) == (first_day, last_day)
    assert (fuzzy.precision, fuzzy.year_kind) == (precision, year_kind)


def test_an_unlisted_precision_is_refused():
    with pytest.raises(ValueError, match="'decade' is not a precision"):
        FuzzyDate.ending_on(date(2030, 12, 31), "decade")


@given(last_day=any_days, precision=st.sampled_from(PrecisionValue))
def test_every_window_is_valid_and_ends_on_its_last_day(last_day, precision):
    fuzzy = FuzzyDate.ending_on(last_day, precision)
    assert fuzzy.is_ordered()
    assert fuzzy.latest == last_day


@given(last_days, st.sampled_from(["month", "quarter", "half", "year"]))
def test_windows_that_end_with_a_month_start_with_one(last_day, precision):
    assert FuzzyDate.ending_on(last_day, precision).earliest.day == 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, FuzzyDate()),
        (date(2025, 2, 26), FuzzyDate.from_day(date(2025, 2, 26))),
        (2015, FuzzyDate.from_year(2015)),
        ("2015", FuzzyDate(date(2015, 1, 1), date(2015, 12, 31), precision="year")),
        ("2024-02", FuzzyDate(date(2024, 2, 1), date(2024, 2, 29), precision="month")),
        ("9999", FuzzyDate(date(9999, 1, 1), date(9999, 12, 31), precision="year")),
    ],
)
def test_a_data_file_gives_days_months_years_or_nothing(value, expected):
    assert FuzzyDate.parse(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        *("", "soon", "2025-26", "2025-13", "2025-00", "2025-1", "0000", "２０２５", "2025\n", "2025-02-26"),
        *(0, 10000, -1, True, 2015.0, datetime(2025, 2, 26, tzinfo=UTC), [2025]),
    ],
)
def test_a_data_file_with_any_other_date_is_refused(value):
    with pytest.raises(ValueError, match=r"."):
        FuzzyDate.parse(value)


@pytest.mark.parametrize(
    ("fuzzy", "edtf"),
    [
        (FuzzyDate(), ""),
        (FuzzyDate(phrase="shortly"), ""),
        (FuzzyDate.from_day(date(2025, 2, 26)), "2025-02-26"),
        (FuzzyDate.parse("2026-07"), "2026-07"),
        (FuzzyDate.from_year(2026), "2026"),
        (FuzzyDate.ending_on(date(2026, 12, 31), "half"), "2026-07/2026-12"),
        (FuzzyDate.ending_on(date(2026, 3, 31), "year"), "2025-04/2026-03"),
        (FuzzyDate(date(2026, 1, 1), date(2027, 12, 31)), "2026-01/2027-12"),
        (FuzzyDate(date(2026, 1, 1), date(2026, 1, 30)), "2026-01-01/2026-01-30"),
        (FuzzyDate(date(2026, 1, 2), date(2026, 1, 31)), "2026-01-02/2026-01-31"),
        (FuzzyDate.ending_on(date(2026, 12, 31), "half", at_the_earliest=True), "2026-07/.."),
        (FuzzyDate(earliest=date(2027, 1, 1)), "2027-01/.."),
        (FuzzyDate(earliest=date(2027, 1, 2)), "2027-01-02/.."),
        (FuzzyDate.ending_on(date(2025, 12, 31), "unknown"), "../2025-12-31~"),
        (FuzzyDate(latest=date(2025, 12, 31), precision="day"), "../2025-12-31"),
        (FuzzyDate.ending_on(date(2025, 12, 31), "unknown", at_the_earliest=True), "2025-12-31~/.."),
    ],
)
def test_edtf_says_no_more_than_was_said(fuzzy, edtf):
    assert fuzzy.edtf() == edtf


@given(valid_dates)
def test_the_edtf_library_reads_the_same_interval(fuzzy):
    if not fuzzy.is_known():
        assert fuzzy.edtf() == ""
    elif fuzzy.earliest is None and fuzzy.at_the_earliest:
        assert bounds(fuzzy.edtf()) == (fuzzy.latest, inf)
    else:
        assert bounds(fuzzy.edtf()) == (fuzzy.earliest or -inf, fuzzy.last_day or inf)


@given(valid_dates.filter(FuzzyDate.is_known))
def test_edtf_never_looks_like_a_season(fuzzy):
    for end in fuzzy.edtf().rstrip("~").split("/"):
        assert end == ".." or len(end.rstrip("~")) in (4, 10) or 1 <= int(end[5:7]) <= 12


@given(fuzzy_dates)
def test_a_date_survives_its_document(fuzzy):
    document = fuzzy.to_document()
    if document is None:
        assert not fuzzy.is_known()
        assert fuzzy.phrase == ""
    else:
        assert FuzzyDate.from_document(document) == fuzzy


def test_a_date_that_is_not_known_has_no_document():
    assert FuzzyDate().to_document() is None
    assert FuzzyDate.from_document(None) == FuzzyDate()


def test_the_document_of_a_date():
    fuzzy = FuzzyDate.ending_on(date(2026, 12, 31), "half", phrase="second half of 2026")
    assert fuzzy.to_document() == {
        "earliest": "2026-07-01",
        "latest": "2026-12-31",
        "phrase": "second half of 2026",
        "precision": "half",
        "year_kind": "calendar",
        "at_the_earliest": False,
        "edtf": "2026-07/2026-12",
    }


def test_words_alone_have_a_document_and_no_days():
    document = FuzzyDate(phrase="shortly").to_document()
    assert (document["phrase"], document["edtf"]) == ("shortly", "")
    assert (document["earliest"], document["latest"]) == (None, None)


def test_at_the_earliest_leaves_the_end_open():
    assert FuzzyDate.ending_on(date(2026, 3, 31), "quarter").last_day == date(2026, 3, 31)
    assert FuzzyDate.ending_on(date(2026, 3, 31), "quarter", at_the_earliest=True).last_day is None


def test_an_interval_does_not_end_before_it_starts():
    assert not FuzzyDate(date(2026, 2, 2), date(2026, 2, 1)).is_ordered()
    assert FuzzyDate(date(2026, 2, 1), date(2026, 2, 1)).is_ordered()
    assert FuzzyDate(latest=date(2026, 2, 1)).is_ordered()


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 1, 31, 15, 59, 59, 999999, tzinfo=UTC), date(2026, 1, 31)),
        (datetime(2026, 1, 31, 16, 0, tzinfo=UTC), date(2026, 2, 1)),
        (datetime(2026, 1, 31, 23, 0, tzinfo=timezone(timedelta(hours=-10))), date(2026, 2, 1)),
    ],
)
def test_the_day_turns_at_midnight_in_hong_kong(instant, day):
    assert hong_kong_day(instant) == day


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="naive"):
        hong_kong_day(datetime(2026, 1, 31))


@given(st.dates(date(1980, 1, 1), date(2100, 1, 1)))
def test_the_end_of_a_day_is_its_last_microsecond(day):
    end = end_of_hong_kong_day(day)
    assert hong_kong_day(end) == day
    assert hong_kong_day(end.astimezone(UTC) + timedelta(microseconds=1)) == day + timedelta(days=1)
