"""One odd date, number or document stops no reminder of anything else."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from initiatives.editions import OutcomeEdition
from initiatives.models import Outcome
from notifications.actions.sweep import sweep_reminders
from notifications.models import Reminder, ReminderRule, SweepReport
from record.dates import FuzzyDate
from tests.factories import MilestoneFactory, OutcomeFactory, StatementFactory, TargetFactory, published
from tests.hkpolicy.front_lists import INDEX, lists

JULY, DECEMBER = date(2027, 7, 1), date(2027, 12, 31)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"offsets": [20261231]}, "offsets"),
        ({"offsets": [-3651]}, "offsets"),
        ({"offsets": [7, 30, 7]}, "offsets"),
        ({"offsets": [True]}, "offsets"),
        ({"offsets": [7.0]}, "offsets"),
        ({"repeat_days": 3651}, "repeat_days"),
        ({"repeat_days": 0}, "repeat_days"),
    ],
)
def test_a_rules_numbers_are_days_that_somebody_may_mean(values, field):
    with pytest.raises(ValidationError) as refused:
        ReminderRule(**{"kind": "digest", "offsets": [3650, -3650], "repeat_days": 3650} | values).clean()
    assert list(refused.value.message_dict) == [field]


def far(day):
    def make():
        milestone = MilestoneFactory()
        StatementFactory(milestone=milestone, promised=FuzzyDate.from_day(day))
        published(milestone)

    return make


def target_far():
    published(TargetFactory(outcome__title_en="Far", due_on=date.max).outcome)


def outcome(**document):
    """Publish an outcome whose stored document says this."""
    edition = OutcomeEdition.objects.get(content_id=published(OutcomeFactory(title_en="Odd")).content_id)
    text = json.dumps(edition.load_document() | document) if document else edition.document[:-1]
    OutcomeEdition.objects.filter(pk=edition.pk).update(document=text)


def rule(kind="target_date", **columns):
    ReminderRule.objects.filter(kind=kind).update(**columns)


ODD = {
    "promised for the last day there is": (far(date.max), []),
    "promised for the first day there is": (far(date.min), []),
    "a target due on the last day there is": (target_far, []),
    "an outcome that is no JSON": (outcome, ["outcome"]),
    "an outcome expected in a century of centuries": (lambda: outcome(expected_every=100_000), []),
    "an outcome expected every so many words": (lambda: outcome(expected_every="six"), ["outcome"]),
    "a rule with a date for days": (lambda: rule(offsets=[20261231]), ["reminderrule"]),
    "a rule with words for days": (lambda: rule(offsets="soon"), ["reminderrule"]),
    "a rule that repeats for ever": (lambda: rule(repeat_days=32_767), ["reminderrule"]),
}


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ODD)
def test_a_sweep_leaves_out_and_names_what_it_cannot_plan_and_plans_the_others(
    odd, author, promise, mails, mailoutbox, caplog
):
    store, left_out = ODD[odd]
    mails(date(2027, 5, 31))
    store()
    promise(JULY, DECEMBER)
    sweep_reminders(on=date(2027, 6, 1))
    assert [type for type, _key in SweepReport.last().left_out] == left_out
    logged = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert ["Odd" in text or "target date" in text for text in logged] == [True] * len(left_out)
    assert [to for to, _subject in mails(date(2027, 6, 1))] == ["mei"]
    assert "Institute opens: its window opens in 30 days" in mailoutbox[-1].body.replace("\n", ": ")


@pytest.mark.django_db
def test_a_milestone_that_cannot_be_read_is_left_out_too(author, promise, monkeypatch):
    milestone = promise(JULY, DECEMBER)
    monkeypatch.setattr("notifications.actions.due_reminders.compute_schedule", lambda *args, **options: 1 / 0)
    sweep_reminders(on=date(2027, 6, 1))
    assert SweepReport.last().left_out == [["milestone", str(milestone.content_id)]]


@pytest.mark.django_db
def test_an_outcome_that_cannot_be_read_is_not_resolved(author, mails):
    TargetFactory(outcome=(row := OutcomeFactory()), due_on=DECEMBER)
    published(row)
    mails(date(2027, 11, 1))
    edition = OutcomeEdition.objects.get(content_id=row.content_id)
    OutcomeEdition.objects.filter(pk=edition.pk).update(document="{")
    assert mails(date(2027, 12, 1)) == []
    assert set(Reminder.objects.values_list("state", "reason")) == {("silenced", "unreadable")}
    OutcomeEdition.objects.filter(pk=edition.pk).update(document=edition.document)
    assert len(mails(date(2027, 12, 2))) == 1


@pytest.mark.django_db
def test_the_front_page_stands_and_names_what_was_left_out(login, author):
    outcome()
    rule(offsets=[20261231])
    sweep_reminders()
    client = login("administrator")
    assert client.get(INDEX).status_code == 200
    row, broken = Outcome.objects.get(), ReminderRule.objects.get(kind="target_date")
    assert [(each.title, each.url, each.urgent) for each in lists(client)["reminders"].rows] == [
        (str(row), reverse("admin:initiatives_outcome_change", args=[row.pk]), True),
        (str(broken), reverse("admin:notifications_reminderrule_change", args=[broken.pk]), True),
    ]


@pytest.mark.django_db
def test_the_front_page_tells_the_last_sweep_that_ended_well_and_alarms_when_it_is_long_ago(login, monkeypatch):
    client = login("author")
    never, alarmed = lists(client)["reminders"].rows, "no sweep of the reminders has ended well"
    assert [each.title for each in never] == [
        "No sweep of the reminders has ever ended well: nobody is reminded of anything."
    ]
    sweep_reminders()
    assert lists(client)["reminders"].count == 0
    assert "The last sweep that ended well: " in client.get(INDEX).content.decode()
    SweepReport.objects.update(ended_at=datetime(2026, 1, 1, 4, tzinfo=UTC))
    monkeypatch.setattr("notifications.actions.sweep.plan_ledger", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sweep_reminders()
    [row] = lists(client)["reminders"].rows
    assert (row.title, row.urgent) == (f"Since 1 January 2026, 12:00 {alarmed}: nobody is reminded of anything.", True)
