"""Whatever falls due for one person on one day goes in one mail; nothing is lost, nothing told twice."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model

from notifications.actions.delivery import retry_message, send_reminder
from notifications.actions.sweep import sweep_reminders
from notifications.models import Reminder
from notifications.transports import messages
from tests.factories import InitiativeFactory, OutcomeFactory, TargetFactory, UserFactory, published

pytestmark = pytest.mark.django_db

JULY, DECEMBER = date(2027, 7, 1), date(2027, 12, 31)
ON = date(2027, 6, 1)  # 30 days before JULY
FIRST = "Its window opens in 30 days, on 1 July 2027: Institute – Board named"


@pytest.fixture
def two(author, promise):
    """Two promises of mei's that are due on ON, both seen before."""
    made = [promise(JULY, DECEMBER, title=title) for title in ("Board named", "Law passed")]
    sweep_reminders(on=date(2027, 5, 31))
    return made


def ledger(**lookup):
    return sorted(Reminder.objects.filter(remind_on=ON, **lookup).values_list("state", "reason"))


def test_what_falls_due_on_one_day_is_one_mail_and_told_once(two, mails, mailoutbox):
    assert [mails(ON) for _n in range(3)] == [[("mei", f"{FIRST}, and 1 more")], [], []]
    due = [line for line in mailoutbox[0].body.splitlines() if line.startswith("- ")]
    assert due == [
        f"- Institute – {title}: its window opens in 30 days, on 1 July 2027" for title in ("Board named", "Law passed")
    ]
    assert ledger() == [("digested", "same_day"), ("digested", "same_day"), ("sent", "")]
    digest = Reminder.objects.digests().get()
    assert digest.told.count() == 2
    assert mailoutbox[0].extra_headers["Message-ID"] == digest.message_id


def test_each_person_gets_a_mail_of_their_own_and_one_thing_stays_a_mail_as_it_is(two, promise, mails):
    promise(JULY, DECEMBER, owner=UserFactory(username="tom"))
    assert sorted(mails(ON)) == [
        ("mei", f"{FIRST}, and 1 more"),
        ("tom", "Institute – Institute opens: its window opens in 30 days, on 1 July 2027"),
    ]


def test_the_subject_says_what_happens_first_and_its_name_shortened(author, promise, mails, mailoutbox):
    promise(date(2027, 1, 1), ON - timedelta(7), title="Long past")
    initiative = InitiativeFactory(title_en="An institute of a very long name indeed")
    promise(None, ON + timedelta(60), title="Later")
    promise(None, ON, title="A board of as many words as one may find in a Budget", initiative=initiative)
    sweep_reminders(on=date(2027, 1, 1))
    assert mails(ON) == [
        (
            "mei",
            "Its window closes today, 1 June 2027: An institute of a very long n… – "
            "A board of as many words as one may find in a Bud…, and 2 more",
        )
    ]
    names = [line.partition(": its")[0] for line in mailoutbox[0].body.splitlines() if line.startswith("- ")]
    assert [name.rpartition(" – ")[2] for name in names] == [
        "A board of as many words as one may find in a Budget",
        "Later",
        "Long past",
    ]


def test_what_was_first_seen_past_goes_in_the_same_mail(two, promise, mails, mailoutbox):
    promise(date(2027, 1, 1), date(2027, 3, 31), title="Long past")
    assert mails(ON) == [("mei", f"{FIRST}, and 2 more")]
    assert "To be checked\n" in mailoutbox[0].body
    assert "Long past: its window closed on 31 March 2027" in mailoutbox[0].body


def test_what_becomes_due_before_the_mail_has_left_joins_it(two, promise, mails):
    sweep_reminders(on=ON)
    promise(JULY, DECEMBER, title="New one")
    assert mails(ON) == [("mei", f"{FIRST}, and 2 more")]


def test_a_single_one_that_has_not_left_goes_with_what_becomes_due_after_it(author, promise, mails):
    promise(JULY, DECEMBER, title="Board named")
    assert len(sweep_reminders(on=ON)) == 1
    promise(JULY, DECEMBER, title="Law passed")
    assert mails(ON) == [("mei", f"{FIRST}, and 1 more")]


@pytest.mark.parametrize(
    ("new", "subject"),
    [
        (1, "Institute – New 0: its window opens in 30 days, on 1 July 2027"),
        (2, "Its window opens in 30 days, on 1 July 2027: Institute – New 0, and 1 more"),
    ],
)
def test_what_becomes_due_after_the_mail_has_left_is_one_more(two, promise, mails, new, subject):
    mails(ON)
    for number in range(new):
        promise(JULY, DECEMBER, title=f"New {number}")
    assert [mails(ON) for _n in range(2)] == [[("mei", subject)], []]


def test_what_the_mail_server_may_have_taken_keeps_its_message(author, promise, monkeypatch, mails, mailoutbox):
    promise(JULY, DECEMBER, title="Board named")
    [tried] = sweep_reminders(on=ON)
    with monkeypatch.context() as down:
        down.setattr("notifications.transports.mail.send_reminder_email", lambda *args, **options: 1 / 0)
        send_reminder(reminder_id=tried, on=ON)
    promise(JULY, DECEMBER, title="Law passed")
    Reminder.objects.update(retry_at=None)
    assert len(mails(ON)) == 2
    assert not Reminder.objects.digests().exists()


def test_what_is_settled_before_the_mail_leaves_is_not_in_it(two, mailoutbox):
    [digest] = sweep_reminders(on=ON)
    two[0].held_back = True
    two[0].save()
    assert send_reminder(reminder_id=digest, on=ON)
    assert mailoutbox[0].subject == "Its window opens in 30 days, on 1 July 2027: Institute – Law passed"


def test_a_digest_that_could_not_reach_anybody_is_owed_again_where_that_ends(two, mails):
    [digest] = sweep_reminders(on=ON)
    get_user_model().objects.filter(username="mei").update(email="")
    assert not send_reminder(reminder_id=digest, on=ON)
    assert mails(ON) == []
    assert ledger() == [("silenced", "unreachable")] * 3
    get_user_model().objects.filter(username="mei").update(email="mei@example.org")
    assert [len(mails(ON + timedelta(1))) for _n in range(2)] == [1, 0]


def test_a_digest_that_was_given_up_is_owed_again_and_not_told_twice(two, superuser, mails):
    [digest] = sweep_reminders(on=ON)
    Reminder.objects.filter(pk=digest).update(state="failed", attempts=10)
    assert mails(ON) == [("mei", f"{FIRST}, and 1 more")]
    retry_message(row=Reminder.objects.get(pk=digest), by=superuser)
    assert mails(ON) == []


def test_one_thing_that_cannot_be_told_leaves_the_others_their_mail(two, mails, mailoutbox, monkeypatch, caplog):
    poisoned, told = str(two[0].content_id), messages.describe_due_date
    monkeypatch.setattr(
        messages, "describe_due_date", lambda item, on: 1 / 0 if item.subject[1] == poisoned else told(item, on=on)
    )
    assert mails(ON) == [("mei", "Its window opens in 30 days, on 1 July 2027: Institute – Law passed")]
    assert "1 more thing belongs here, but no line could be made of it." in mailoutbox[0].body
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        f"No words could be made about the milestone {poisoned}"
    ]


def test_a_mail_of_which_no_line_can_be_told_is_tried_again(two, monkeypatch):
    monkeypatch.setattr(messages, "describe_due_date", lambda *args, **options: 1 / 0)
    [digest] = sweep_reminders(on=ON)
    assert not send_reminder(reminder_id=digest, on=ON)
    row = Reminder.objects.get(pk=digest)
    assert (row.state, row.error) == ("pending", "ZeroDivisionError: division by zero")


def test_outcomes_are_told_in_the_same_mail(two, mails, mailoutbox):
    outcome = OutcomeFactory(title_en="Start-ups", initiative__title_en="Blueprint")
    TargetFactory(outcome=outcome, due_on=ON)
    published(outcome)
    assert mails(ON) == [("mei", "Its target date is today, 1 June 2027: Blueprint – Start-ups, and 2 more")]


@pytest.mark.parametrize("things", [2, 4])
def test_queries_of_a_digest(author, promise, things, django_assert_num_queries):
    for number in range(things):
        promise(JULY, DECEMBER, title=f"Promise {number}")
    [digest] = sweep_reminders(on=ON)
    with django_assert_num_queries(15):
        assert send_reminder(reminder_id=digest, on=ON)
