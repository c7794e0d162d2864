"""Dates and sums as readers are told them."""

from datetime import UTC, date, datetime

import pytest
from django.utils.formats import localize
from django.utils.translation import override

from readers.templatetags.formatting import formatted_moment
from record.dates import HONG_KONG, FuzzyDate
from record.formatting import add_qualifier, format_exact_hkd, format_fuzzy_date, format_hkd, format_moment


@pytest.mark.parametrize(
    ("fuzzy", "words"),
    [
        (FuzzyDate.from_day(date(2025, 2, 26)), "26 February 2025"),
        (FuzzyDate.from_month(2026, 3), "March 2026"),
        (FuzzyDate.ending_on(date(2026, 6, 30), "quarter"), "second quarter of 2026"),
        (FuzzyDate.ending_on(date(2026, 12, 31), "half"), "second half of 2026"),
        (FuzzyDate.from_year(2026), "2026"),
        (
            FuzzyDate.ending_on(date(2027, 3, 31), "year", at_the_earliest=True),
            "2026-27 financial year at the earliest",
        ),
        (FuzzyDate.ending_on(date(2027, 8, 31), "year"), "2026/27 academic year"),
        (FuzzyDate.ending_on(date(2025, 11, 30), "quarter"), "September 2025 to November 2025"),
        (FuzzyDate(latest=date(2025, 12, 31)), "by about 31 December 2025"),
        (FuzzyDate(earliest=date(2027, 1, 1), precision="year"), "from 1 January 2027"),
        (FuzzyDate(earliest=date(2026, 1, 2), latest=date.max), "2 January 2026 to 31 December 9999"),
        (FuzzyDate(phrase="soon"), ""),
    ],
)
def test_a_date_is_told_as_vaguely_as_it_was_said(fuzzy, words):
    assert format_fuzzy_date(fuzzy) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "1 January 2027, 02:05"), ("zh-hant", "2027年1月1日 02:05"), ("zh-hans", "2027年1月1日 02:05")],
)
def test_a_moment_is_told_in_hong_kong_time(language, words):
    instant = datetime(2026, 12, 31, 18, 5, 9, 123, UTC)
    with override(language):
        assert format_moment(instant) == localize(instant.astimezone(HONG_KONG)) == words
        assert formatted_moment(instant) == f'<time datetime="2026-12-31T18:05:09+00:00">{words}</time>'
        assert formatted_moment(None) == ""


@pytest.mark.parametrize(
    ("amount", "english", "traditional"),
    [
        (1_000_000_000, "HK$1 billion", "10億港元"),
        (-48_100_000_000, "−HK$48.1 billion", "−481億港元"),
        (581_000_000, "HK$581 million", "5.81億港元"),
        (3_000_000_000_000, "HK$3,000 billion", "30,000億港元"),
        (20_000, "HK$20,000", "2萬港元"),
        (12_345, "HK$12,345", "1.235萬港元"),
        (0, "HK$0", "0港元"),
    ],
)
def test_a_sum_is_told_in_the_units_of_its_language(amount, english, traditional):
    assert format_hkd(amount) == english
    with override("zh-hant"):
        assert format_hkd(amount) == traditional


def test_the_exact_sum_is_told_in_the_currency_of_its_language():
    assert format_exact_hkd(-1_000_000_001) == "−HK$1,000,000,001"
    for language, words in (("zh-hant", "−1,000,000,001港元"), ("zh-hans", "−1,000,000,001港元")):
        with override(language):
            assert format_exact_hkd(-1_000_000_001) == words


def test_a_qualifier_stays_with_its_sum():
    assert add_qualifier("HK$3 billion", "up_to") == "up to HK$3 billion"
    assert add_qualifier("HK$3 billion", "exactly") == "HK$3 billion"
