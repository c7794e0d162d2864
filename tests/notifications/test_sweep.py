"""What a sweep owes to whom (issue 2, §8)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from newsroom.actions.withdraw import withdraw
from notifications.actions.delivery import send_reminder
from notifications.actions.sweep import sweep_reminders
from notifications.models import Reminder, ReminderRule
from record.dates import FuzzyDate
from tests.factories import EvidenceFactory, MilestoneFactory, StatementFactory, UserFactory, published

pytestmark = pytest.mark.django_db

JULY, DECEMBER = date(2027, 7, 1), date(2027, 12, 31)
LONG_BEFORE = date(2027, 1, 1)


def states(**lookup):
    rows = Reminder.objects.about_things().filter(**lookup).order_by("remind_on", "rule_id")
    return [(row.rule.kind, row.offset_days, row.state) for row in rows]


def test_a_window_is_told_60_30_7_and_0_days_before_it_opens_and_closes_then_weekly(author, promise, mails):
    promise(JULY, DECEMBER)
    told, day = [], LONG_BEFORE
    while day <= DECEMBER + timedelta(22):
        told += [(day, subject.removeprefix("Institute – Institute opens: ")) for _to, subject in mails(day)]
        day += timedelta(1)
    assert told == [
        (date(2027, 5, 2), "its window opens in 60 days, on 1 July 2027"),
        (date(2027, 6, 1), "its window opens in 30 days, on 1 July 2027"),
        (date(2027, 6, 24), "its window opens in 7 days, on 1 July 2027"),
        (date(2027, 7, 1), "its window opens today, 1 July 2027"),
        (date(2027, 11, 1), "its window closes in 60 days, on 31 December 2027"),
        (date(2027, 12, 1), "its window closes in 30 days, on 31 December 2027"),
        (date(2027, 12, 24), "its window closes in 7 days, on 31 December 2027"),
        (date(2027, 12, 31), "its window closes today, 31 December 2027"),
        (date(2028, 1, 7), "its window closed on 31 December 2027 and nobody has recorded what came of it"),
        (date(2028, 1, 14), "its window closed on 31 December 2027 and nobody has recorded what came of it"),
        (date(2028, 1, 21), "its window closed on 31 December 2027 and nobody has recorded what came of it"),
    ]


def test_sweeping_twice_sends_once(author, promise, mails):
    promise(JULY, DECEMBER)
    assert mails(date(2027, 6, 1)) != []
    assert mails(date(2027, 6, 1)) == []
    assert mails(date(2027, 6, 1)) == []


def test_of_several_owed_at_once_only_the_latest_goes_out(author, promise, mails):
    promise(JULY, DECEMBER)
    mails(LONG_BEFORE)
    [(_to, subject)] = mails(date(2027, 12, 25))
    assert subject == "Institute – Institute opens: its window closes in 6 days, on 31 December 2027"
    assert states(remind_on__lte=date(2027, 12, 25)) == [
        ("window_opens", 60, "overtaken"),
        ("window_opens", 30, "overtaken"),
        ("window_opens", 7, "overtaken"),
        ("window_opens", 0, "overtaken"),
        ("window_closes", 60, "overtaken"),
        ("window_closes", 30, "overtaken"),
        ("window_closes", 7, "sent"),
    ]


def test_ten_days_without_a_sweep_are_caught_up(author, promise, mails):
    promise(JULY, DECEMBER)
    assert mails(date(2027, 5, 31)) == []
    assert mails(date(2027, 6, 10)) == [
        ("mei", "Institute – Institute opens: its window opens in 21 days, on 1 July 2027")
    ]


def test_three_weeks_without_a_sweep_give_one_weekly_reminder(author, promise, mails):
    promise(JULY, DECEMBER)
    mails(DECEMBER)
    assert len(mails(date(2028, 1, 22))) == 1
    assert states(rule__kind="past_window") == [
        ("past_window", -7, "overtaken"),
        ("past_window", -14, "overtaken"),
        ("past_window", -21, "sent"),
        ("past_window", -28, "pending"),
    ]


def test_a_moved_date_silences_the_former_one_and_reminds_anew(author, promise, mails):
    milestone = promise(JULY, DECEMBER)
    assert mails(date(2027, 6, 1)) != []
    StatementFactory(milestone=milestone, promised=FuzzyDate(date(2027, 7, 2), date(2028, 1, 31), "later", "month"))
    published(milestone)
    assert mails(date(2027, 6, 2)) == [
        ("mei", "Institute – Institute opens: its window opens in 30 days, on 2 July 2027")
    ]
    silenced = Reminder.objects.filter(state="silenced").values_list("due_on", "reason").order_by("due_on")
    assert list(silenced) == [(JULY, "moved"), (DECEMBER, "moved"), (DECEMBER, "moved")]


def test_a_date_that_moves_back_is_owed_what_was_silenced(author, promise, mails):
    milestone = promise(JULY, DECEMBER)
    mails(LONG_BEFORE)
    later = StatementFactory(milestone=milestone, promised=FuzzyDate(date(2029, 1, 1), date(2029, 12, 31)))
    published(milestone)
    assert mails(date(2027, 6, 1)) == []
    later.delete()
    published(milestone)
    assert [subject for _to, subject in mails(date(2027, 6, 2))] == [
        "Institute – Institute opens: its window opens in 29 days, on 1 July 2027"
    ]


def resolve(milestone):
    EvidenceFactory(milestone=milestone)
    milestone.result, milestone.result_set_by, milestone.checked_by = "met", UserFactory(), UserFactory()
    milestone.save()
    published(milestone)


def withdrawn(milestone):
    root = ("initiative", str(milestone.initiative.content_id))
    withdraw(root=root, reason={"en": "Wrong"}, by=get_user_model().objects.get(is_superuser=True))


def hold_back(milestone):
    milestone.held_back = True
    milestone.save()


def switch_off(milestone):
    ReminderRule.objects.update(active=False)


def leave(milestone):
    get_user_model().objects.filter(username="mei").update(is_active=False)


def hand_over(milestone):
    milestone.owner = UserFactory()
    milestone.save()


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (resolve, "resolved"),
        (withdrawn, "not_public"),
        (hold_back, "held_back"),
        (switch_off, "rule_off"),
        (leave, "unreachable"),
        (hand_over, "not_theirs"),
    ],
)
def test_what_is_pending_is_silenced_with_the_reason(author, promise, mails, happens, reason):
    milestone = promise(JULY, DECEMBER)
    mails(date(2027, 5, 31))
    happens(milestone)
    mails(date(2027, 6, 1))
    silenced = Reminder.objects.filter(recipient=author, state="silenced")
    assert set(silenced.values_list("reason", flat=True)) == {reason}
    assert not Reminder.objects.filter(recipient=author, state="pending").exists()
    assert not Reminder.objects.filter(recipient=author, due_on=JULY, state="sent", remind_on=date(2027, 6, 1)).exists()


def test_a_day_taken_off_a_rule_is_silenced_and_one_put_on_is_planned(author, promise, mails):
    promise(JULY, DECEMBER)
    mails(date(2027, 5, 31))
    ReminderRule.objects.filter(kind="window_opens").update(offsets=[60, 14, 0])
    assert mails(date(2027, 6, 1)) == []
    assert [day for day in (date(2027, 6, 17), date(2027, 6, 24)) if mails(day)] == [date(2027, 6, 17)]
    assert Reminder.objects.get(state="silenced").reason == "rule_off"


def test_what_was_resolved_between_sweep_and_delivery_is_not_sent(author, promise, mailoutbox):
    milestone = promise(JULY, DECEMBER)
    sweep_reminders(on=date(2027, 5, 31))
    [reminder_id] = sweep_reminders(on=date(2027, 6, 1))
    resolve(milestone)
    assert not send_reminder(reminder_id=reminder_id, on=date(2027, 6, 1))
    assert mailoutbox == []
    assert Reminder.objects.get(pk=reminder_id).reason == "resolved"


def test_an_owner_is_reminded_alone(author, promise, mails):
    promise(JULY, DECEMBER, owner=UserFactory(username="tom"))
    assert [to for to, _subject in mails(date(2027, 6, 1))] == ["tom"]


@pytest.mark.parametrize("columns", [{"is_active": False}, {"email": ""}])
def test_an_owner_who_cannot_be_reached_counts_as_none(author, promise, mails, columns):
    promise(JULY, DECEMBER, owner=UserFactory(**columns))
    assert [to for to, _subject in mails(date(2027, 6, 1))] == ["mei"]


def test_what_nobody_owns_reminds_each_author_who_can_be_reached(author, promise, mails):
    for columns in ({"username": "may"}, {"is_active": False}, {"email": ""}):
        UserFactory(**columns).groups.add(Group.objects.get(name="author"))
    promise(JULY, DECEMBER)
    assert sorted(to for to, _subject in mails(date(2027, 6, 1))) == ["may", "mei"]


def test_what_is_not_published_reminds_nobody(author, mails):
    milestone = MilestoneFactory()
    StatementFactory(milestone=milestone, promised=FuzzyDate(JULY, DECEMBER))
    assert mails(date(2027, 6, 1)) == []


def test_an_unpublished_new_date_changes_nothing(author, promise, mails):
    milestone = promise(JULY, DECEMBER)
    StatementFactory(milestone=milestone, promised=FuzzyDate(date(2029, 1, 1), date(2029, 12, 31)))
    assert len(mails(date(2027, 6, 1))) == 1


def test_a_window_open_at_its_end_never_closes(author, promise, mails):
    milestone = MilestoneFactory()
    promised = FuzzyDate(JULY, DECEMBER, "as early as", "half", at_the_earliest=True)
    StatementFactory(milestone=milestone, promised=promised)
    published(milestone)
    mails(LONG_BEFORE)
    assert {kind for kind, *_rest in states()} == {"window_opens"}


def test_the_day_begins_at_midnight_in_hong_kong(author, promise):
    promise(JULY, DECEMBER)
    sweep_reminders(on=LONG_BEFORE)
    before, after = (datetime(2027, 5, 31, 15, minute, tzinfo=UTC) for minute in (59, 0))
    assert sweep_reminders(at=before) == sweep_reminders(on=date(2027, 5, 31))
    assert Reminder.objects.filter(remind_on=date(2027, 6, 1)).exists()
    sent_on = [row.remind_on for row in Reminder.objects.filter(pk__in=sweep_reminders(at=after + timedelta(hours=1)))]
    assert sent_on == [date(2027, 6, 1)]


def test_a_kind_of_reminder_has_one_row_a_promise(author, promise):
    promise(JULY, DECEMBER)
    sweep_reminders(on=date(2027, 6, 1))
    row = Reminder.objects.first()
    row.pk, row.message_id = None, "<another@example.org>"
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        row.save()


@pytest.mark.parametrize(("milestones", "first", "second"), [(1, 17, 16), (2, 20, 16), (4, 20, 16)])
def test_queries_of_a_sweep(author, promise, milestones, first, second, django_assert_num_queries):
    for _n in range(milestones):
        promise(JULY, DECEMBER)
    with django_assert_num_queries(first):
        sweep_reminders(on=date(2027, 6, 1))
    with django_assert_num_queries(second):
        sweep_reminders(on=date(2027, 6, 2))
