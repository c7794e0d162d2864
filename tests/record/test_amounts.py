"""An amount is read whole, exactly, or refused; what is written is read back."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from newsroom.admin.editing.amounts import AmountField
from record.amounts import format_amount, mentions_scale, parse_amount
from record.formatting import format_exact_hkd, format_hkd

READ = {
    "0": "0",
    "-0": "0",
    "15": "15",
    "1.50": "1.5",
    ".5": "0.5",
    " 1,500,000,000 ": "1500000000",
    "1,234.5": "1234.5",
    "15 billion": "15000000000",
    "1.5 BILLION": "1500000000",
    "1.5bn": "1500000000",
    "150 million": "150000000",
    "2.5mn": "2500000",
    "3 thousand": "3000",
    "0.7 trillion": "700000000000",
    "15億": "1500000000",
    "15亿": "1500000000",
    "150萬": "1500000",
    "150 万": "1500000",
    "3千萬": "30000000",
    "2.5千億": "250000000000",
    "1.2萬億": "1200000000000",
    "１，５００．５": "1500.5",
    "１５億": "1500000000",
    "-45.2bn": "-45200000000",
    "−45.2bn": "-45200000000",
    "–45.2 bn": "-45200000000",
    "(45.2bn)": "-45200000000",
    "（45.2億）": "-4520000000",
    "+5": "5",
    "1.2345678901bn": "1234567890.1",
}
READ_AS_MONEY = {
    "HK$1,500,000,000": "1500000000",
    "HK$ 1.5 billion": "1500000000",
    "hkd 1.5bn": "1500000000",
    "$150m": "150000000",
    "1.5b": "1500000000",
    "150K": "150000",
    "1.5 billion HKD": "1500000000",
    "1.5億元": "150000000",
    "港幣15億元": "1500000000",
    "港币15亿元": "1500000000",
    "15億港元": "1500000000",
    "ＨＫ＄１．５億": "150000000",
    "−HK$48.1 billion": "-48100000000",
    "HK$-5": "-5",
    "-$5": "-5",
}
REFUSED = (
    *("", " ", "-", "+", "HK$", "billion", "億", "()", "NaN", "Infinity", "1e9", "1E+9", "0x10", "1_000", "1."),
    *(
        "1,50",
        "15,00億",
        "1,5000",
        "0,500",
        ",500",
        "1.500.000",
        "1.5.2bn",
        "1 500 000",
        "1'500",
        "12 15",
        "5–6",
        "1億5千萬",
    ),
    *(
        "US$5m",
        "RMB 5億",
        "¥5",
        "€5",
        "15 bilion",
        "15 billions of",
        "about 15 billion",
        "15%",
        "十五億",
        "1.5 元億",
        "兆",
    ),
    *("--5", "-HK$-5", "(-5)", "(5", "5)", "((5))", "٣", "1²", "½", "1 thouſand", "9" * 61),
)


@pytest.mark.parametrize(("text", "amount"), (READ | READ_AS_MONEY).items())
def test_an_amount_is_read_exactly(text, amount):
    assert str(parse_amount(text)) == amount


@pytest.mark.parametrize("text", READ)
def test_a_number_is_read_as_an_amount_is(text):
    assert parse_amount(text, money=False) == parse_amount(text)


@pytest.mark.parametrize("text", READ_AS_MONEY)
def test_a_number_names_no_currency_and_has_no_scale_of_one_letter(text):
    with pytest.raises(ValueError, match=r"^"):
        parse_amount(text, money=False)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_understood_whole_is_refused(text):
    with pytest.raises(ValueError, match=r"^"):
        parse_amount(text)


@pytest.mark.parametrize("text", ["1" + "," * 60, "9" * 100_000, "9" * 100_000 + "x"])
def test_an_endless_text_is_refused_at_once(text):
    with pytest.raises(ValueError, match=r"^"):
        parse_amount(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**20), max_value=10**20))
def test_what_is_written_is_read_back(value):
    assert parse_amount(format_amount(value), money=False) == value


@given(st.integers(min_value=-(2**63), max_value=2**63 - 1), st.sampled_from(["en", "zh-hant", "zh-hans"]))
def test_a_sum_as_readers_see_it_is_read_back(amount, language):
    with override(language):
        assert parse_amount(format_exact_hkd(amount)) == amount
        near = parse_amount(format_hkd(amount))
    assert abs(near - amount) <= max(abs(amount) // 1000, 1)


@given(st.text(alphabet="0123456789.,-−() HK$bnmillion億萬元港幣１，", max_size=12))
def test_whatever_is_typed_is_read_as_a_finite_number_or_refused(text):
    try:
        amount = parse_amount(text)
    except ValueError:
        return
    assert parse_amount(format_amount(amount)) == amount


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1_500_000_000, "1,500,000,000"),
        (-45_200_000_000, "-45,200,000,000"),
        (Decimal("3000.000000"), "3,000"),
        (Decimal("0.250000"), "0.25"),
        (Decimal("-0.000000"), "0"),
        (Decimal("1.5E+9"), "1,500,000,000"),
    ],
)
def test_an_amount_is_written_with_its_digits_in_groups(value, text):
    assert format_amount(value) == text


@pytest.mark.parametrize(
    ("unit", "scaled"),
    [
        ("HKD million", True),
        ("millions", True),
        ("百萬港元", True),
        ("HK$bn", True),
        ("persons", False),
        ("multimillion", False),
        ("", False),
    ],
)
def test_a_unit_that_counts_in_millions_is_known(unit, scaled):
    assert mentions_scale(unit) is scaled


MONEY = AmountField(money=True, required=False)
NUMBER = AmountField(max_digits=20, decimal_places=6, required=False)


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        (MONEY, "US$5m", "Write one sum in Hong Kong dollars, such as 1,500,000,000, 1.5bn or 15億."),
        (MONEY, "10000 trillion", "Give less than HK$10,000,000,000,000,000."),
        (MONEY, "1.2345678901bn", "This would be HK$1,234,567,890.1. Sums are kept in whole dollars."),
        (NUMBER, "150m", "Write one number, such as 3,000, 0.5, 1.5 million or 15萬."),
        (NUMBER, "0.1234567", "Ensure that there are no more than 6 decimal places."),
    ],
)
def test_a_refusal_says_what_would_be_read(field, text, told):
    with pytest.raises(ValidationError) as refused:
        field.clean(text)
    assert refused.value.messages == [told]


@pytest.mark.parametrize(
    ("field", "text", "english", "traditional"),
    [
        (MONEY, "1,500,000,000", "= HK$1.5 billion", "= 15億港元"),
        (MONEY, "15", "= HK$15", "= 15港元"),
        (MONEY, "1,234,567,890", "≈ HK$1.235 billion", "≈ 12.346億港元"),
        (MONEY, "15 bilion", "", ""),
        (MONEY, "", "", ""),
        (MONEY, None, "", ""),
        (NUMBER, "3,000", "", ""),
        (NUMBER, "1.5 million", "= 1,500,000", "= 1,500,000"),
    ],
)
def test_beside_an_amount_stands_what_it_means_in_the_editor_s_language(field, text, english, traditional):
    assert field.explain_value(text) == english
    with override("zh-hant"):
        assert field.explain_value(text) == traditional


def test_the_same_amount_written_otherwise_is_no_change():
    assert not MONEY.has_changed(1_500_000_000, "1.5bn")
    assert not NUMBER.has_changed(Decimal("3000.000000"), "3,000")
    assert not NUMBER.has_changed(None, " ")
    assert NUMBER.has_changed(Decimal("3000.000000"), "3,001")
