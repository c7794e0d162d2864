"""A search that found nothing silences what is unknown until its day; on that day somebody is asked again."""

from datetime import date, timedelta

import pytest
import time_machine

from initiatives.editions import MilestoneEdition
from newsroom.actions.rebuild import rebuild_editions
from newsroom.documents.drafts import build_draft
from notifications.models import Reminder
from record.dates import FuzzyDate
from tests.factories import EvidenceFactory, StatementFactory, UserFactory, published
from tests.hkpolicy.front_lists import titles

pytestmark = pytest.mark.django_db

OPENED, CLOSED = date(2027, 7, 1), date(2027, 9, 30)
HOLDS_UNTIL = date(2028, 3, 1)
CLOSED_WORDS = (
    "Institute – Institute opens: its window closed on 30 September 2027 and nobody has recorded what came of it"
)


@pytest.fixture
def milestone(author, promise, mails):
    """Unknown since CLOSED, and told of once."""
    made = promise(OPENED, CLOSED)
    mails(date(2027, 1, 1))
    assert mails(CLOSED + timedelta(7)) == [("mei", CLOSED_WORDS)]
    return made


def search(milestone, **columns):
    """Publish a search that found nothing, without a citation."""
    columns = {"searched": "the gazette\nthe press", "holds_until": HOLDS_UNTIL} | columns
    EvidenceFactory(milestone=milestone, supports="nothing_found", cite=False, **columns)
    return published(milestone, on=CLOSED + timedelta(8))


def told(mails, first, last):
    days = [first + timedelta(number) for number in range((last - first).days + 1)]
    return [day for day in days if mails(day)]


def test_it_is_silent_until_its_day_and_then_reminds_weekly_again(milestone, mails):
    search(milestone)
    assert told(mails, CLOSED + timedelta(8), HOLDS_UNTIL - timedelta(1)) == []
    assert set(Reminder.objects.filter(state="silenced").values_list("reason", flat=True)) == {"searched"}
    assert told(mails, HOLDS_UNTIL, HOLDS_UNTIL + timedelta(14)) == [
        HOLDS_UNTIL,
        *(CLOSED + timedelta(7 * weeks) for weeks in (22, 23)),
    ]


def test_of_several_the_last_day_counts(milestone, mails):
    search(milestone, holds_until=HOLDS_UNTIL - timedelta(60))
    search(milestone)
    assert mails(HOLDS_UNTIL - timedelta(1)) == []


@pytest.mark.parametrize(
    ("columns", "silent"),
    [
        ({"dated": FuzzyDate.from_day(CLOSED)}, True),
        ({"dated": FuzzyDate.from_month(2027, 8)}, False),  # before the end of what it speaks of
        ({"holds_until": date(2027, 10, 14)}, False),
    ],
)
def test_only_what_speaks_of_the_end_and_holds_is_silent(milestone, mails, columns, silent):
    search(milestone, **columns)
    assert mails(CLOSED + timedelta(14)) == ([] if silent else [("mei", CLOSED_WORDS)])


def test_what_is_said_not_to_be_done_is_not_silent(milestone, mails):
    StatementFactory(
        milestone=milestone, claim="in_progress", stated=FuzzyDate.from_day(date(2027, 10, 5)), promised=None
    )
    search(milestone)
    assert [subject.rpartition(": ")[2] for _to, subject in mails(CLOSED + timedelta(14))] == [
        "overdue since 30 September 2027"
    ]


def test_a_search_that_was_only_saved_silences_nothing(milestone, mails):
    EvidenceFactory(milestone=milestone, supports="nothing_found", searched="x", holds_until=HOLDS_UNTIL)
    assert mails(CLOSED + timedelta(14)) == [("mei", CLOSED_WORDS)]


def test_the_front_page_does_not_list_it_until_its_day(milestone, login):
    search(milestone)
    with time_machine.travel("2028-02-29T04:00:00Z"):
        assert titles(login("author"), "milestones") == []
    with time_machine.travel("2028-03-01T04:00:00Z"):
        assert titles(login("author"), "milestones") == ["Institute opens"]


def test_the_day_is_a_column_that_is_rebuilt_from_the_document(milestone):
    search(milestone)
    MilestoneEdition.history.update(nothing_found_until=None)
    assert rebuild_editions()["milestone"] == 1
    assert MilestoneEdition.objects.get().nothing_found_until == HOLDS_UNTIL


def test_nothing_found_needs_no_citation_and_no_result_rests_on_it(milestone):
    search(milestone)
    assert build_draft(milestone.initiative).problems == ()
    milestone.result, milestone.result_set_by, milestone.checked_by = "not_met", UserFactory(), UserFactory()
    milestone.save()
    assert [each.field for each in build_draft(milestone.initiative).problems] == ["evidence"]
