"""Days as Hong Kong writes and types them."""

from datetime import date

import pytest
from django import forms
from django.utils.formats import date_format
from django.utils.translation import override

DAY = date(2026, 4, 3)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "3 April 2026"), ("zh-hant", "2026年4月3日"), ("zh-hans", "2026年4月3日")]
)
def test_a_day_in_the_newsroom_is_written_as_in_hong_kong(language, words):
    with override(language):
        assert date_format(DAY) == words


@pytest.mark.parametrize("typed", ["2026-04-03", "03/04/2026", "3 April 2026"])
def test_a_typed_day_comes_before_its_month(typed):
    with override("en"):
        assert forms.DateField().clean(typed) == DAY
