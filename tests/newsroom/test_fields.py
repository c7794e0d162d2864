from datetime import date

from initiatives.models import Statement
from record.dates import FuzzyDate


def test_a_new_row_takes_a_vague_date_as_a_keyword():
    half = FuzzyDate.ending_on(date(2026, 12, 31), "half", phrase="second half of 2026")
    statement = Statement(promised=half)
    assert statement.promised == half
    assert statement.promised_earliest == date(2026, 7, 1)
    assert statement.stated == FuzzyDate()
