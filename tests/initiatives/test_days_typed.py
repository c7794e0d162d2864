"""Days and numbers that nobody can mean are refused at their field."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import DateField

from initiatives.models import Outcome
from newsroom.models import Publishable

WORKING = [model for model in apps.get_models() if issubclass(model, Publishable)]
DAYS = [field for model in WORKING for field in model._meta.fields if type(field) is DateField and field.editable]


@pytest.mark.parametrize("day", [date(999, 12, 31), date(3000, 1, 1), date.min, date.max])
def test_every_day_an_editor_types_lies_in_the_years_of_the_record(day):
    assert len(DAYS) > 40
    for field in DAYS:
        with pytest.raises(ValidationError, match="Give a day of the years 1000 to 2999"):
            field.clean(day, None)
        assert field.clean(date(2999, 12, 31), None)


@pytest.mark.parametrize(("months", "taken"), [(0, False), (1, True), (600, True), (601, False)])
def test_months_between_observations_are_refused_at_their_field(months, taken):
    field = Outcome._meta.get_field("expected_every")
    if taken:
        assert field.clean(months, None) == months
    else:
        with pytest.raises(ValidationError):
            field.clean(months, None)
