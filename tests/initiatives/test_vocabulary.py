"""What pure rules say, the vocabularies of forms and of the API say too, with a label."""

import pytest

from initiatives.choices import FundingStage, MilestoneSchedule, Payer
from initiatives.vocabulary import FundingStageValue, PayerValue, ScheduleValue
from record.choices import Precision
from record.dates import PrecisionValue


@pytest.mark.parametrize(
    ("choices", "values"),
    [
        (MilestoneSchedule, ScheduleValue),
        (FundingStage, FundingStageValue),
        (Payer, PayerValue),
        (Precision, PrecisionValue),
    ],
)
def test_every_value_has_a_label(choices, values):
    assert sorted(choices.values) == sorted(values)
    assert all(choices.labels)
