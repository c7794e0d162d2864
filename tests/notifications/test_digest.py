"""What was already past when a rule first saw it is told once, in one mail a person."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group

from notifications.actions.delivery import send_reminder
from notifications.actions.sweep import sweep_reminders
from notifications.models import Reminder, ReminderRule
from tests.factories import OutcomeFactory, TargetFactory, UserFactory, published

pytestmark = pytest.mark.django_db

TODAY = date(2027, 11, 10)
PAST = (date(2027, 7, 1), date(2027, 9, 30))
OPEN = (date(2027, 7, 1), date(2027, 12, 31))
AHEAD = (date(2028, 7, 1), date(2028, 12, 31))


def digests():
    return Reminder.objects.filter(rule__kind="digest")


def test_everything_past_at_first_sight_is_in_one_mail_that_is_sent_once(author, promise, mails, mailoutbox):
    promise(*PAST, title="Board named")
    promise(*PAST, title="Law passed")
    promise(*OPEN, title="Institute opens")
    promise(*AHEAD, title="Second phase")
    assert [mails(TODAY) for _n in range(3)] == [[("mei", "To be checked: 2 things past their date")], [], []]
    past, _heading, open_now = mailoutbox[0].body.partition("In their window now:")
    closed = "its window closed on 30 September 2027 and nobody has recorded what came of it"
    assert [line for line in past.splitlines() if line.startswith("- ")] == [
        f"- Institute – Board named: {closed}",
        f"- Institute – Law passed: {closed}",
    ]
    assert [line for line in open_now.splitlines() if line.startswith("- ")] == [
        "- Institute – Institute opens: its window closes in 51 days, on 31 December 2027"
    ]
    assert digests().get().told.count() == 3


def test_afterwards_each_reminds_by_itself(author, promise, mails):
    promise(*PAST, title="Board named")
    mails(TODAY)
    told = {days: mails(TODAY + timedelta(days)) for days in range(1, 21)}
    words = "Institute – Board named: its window closed on 30 September 2027 and nobody has recorded what came of it"
    assert {days: sent for days, sent in told.items() if sent} == {8: [("mei", words)], 15: [("mei", words)]}


def test_what_is_first_seen_after_todays_digest_waits_for_tomorrows(author, promise, mails):
    promise(*PAST, title="Board named")
    mails(TODAY)
    promise(*PAST, title="Law passed")
    assert mails(TODAY) == []
    assert mails(TODAY + timedelta(1)) == [("mei", "To be checked: 1 thing past its date")]


def test_what_is_first_seen_before_the_digest_went_out_joins_it(author, promise, mailoutbox):
    promise(*PAST, title="Board named")
    [waiting] = sweep_reminders(on=TODAY)
    promise(*PAST, title="Law passed")
    assert sweep_reminders(on=TODAY + timedelta(1)) == [waiting]
    send_reminder(reminder_id=waiting, on=TODAY + timedelta(1))
    assert [mail.subject for mail in mailoutbox] == ["To be checked: 2 things past their date"]


def test_who_becomes_an_author_later_gets_a_digest_instead_of_one_mail_each(author, promise, mails):
    for title in ("Board named", "Law passed"):
        promise(*PAST, title=title)
    mails(TODAY)
    UserFactory(username="may").groups.add(Group.objects.get(name="author"))
    assert ("may", "To be checked: 2 things past their date") in mails(TODAY + timedelta(1))


def test_a_missed_warning_of_what_lies_ahead_is_no_mail(author, promise, mails):
    promise(*AHEAD)
    assert mails(AHEAD[0] - timedelta(40)) == []
    row = Reminder.objects.get(state="overtaken")
    assert (row.rule.kind, row.offset_days, row.reason) == ("window_opens", 60, "before_seen")


def test_what_falls_on_the_day_it_is_first_seen_is_a_mail_of_its_own(author, promise, mails):
    promise(*AHEAD)
    assert mails(AHEAD[0] - timedelta(30)) == [
        ("mei", "Institute – Institute opens: its window opens in 30 days, on 1 July 2028")
    ]


def test_past_targets_of_outcomes_are_in_the_digest(author, superuser, mails):
    outcome = OutcomeFactory(title_en="Start-ups", initiative__title_en="Blueprint")
    TargetFactory(outcome=outcome, due_on=date(2027, 1, 31))
    published(outcome)
    assert mails(TODAY) == [("mei", "To be checked: 1 thing past its date")]


def test_a_digest_of_what_is_settled_by_then_is_not_sent(author, promise, mailoutbox):
    milestone = promise(*PAST)
    [waiting] = sweep_reminders(on=TODAY)
    milestone.held_back = True
    milestone.save()
    assert not send_reminder(reminder_id=waiting, on=TODAY)
    assert mailoutbox == []
    assert digests().get().reason == "empty"


def test_without_the_digests_rule_what_is_past_is_silent(author, promise, mails):
    ReminderRule.objects.filter(kind="digest").update(active=False)
    promise(*PAST)
    assert mails(TODAY) == []
    assert set(Reminder.objects.filter(state="silenced").values_list("reason", flat=True)) == {"rule_off"}
