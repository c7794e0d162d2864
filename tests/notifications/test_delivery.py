"""Each mail leaves once, whatever dies or fails on the way."""

from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPServerDisconnected
from threading import Barrier, Event, Thread

import pytest
import time_machine
from django.db import OperationalError, connection

from newsroom.models.clock import database_now
from notifications.actions import leases
from notifications.actions.delivery import retry_message, send_reminder
from notifications.actions.leases import renew_lease
from notifications.actions.sweep import sweep_reminders
from notifications.models import LEASE_DURATION, MAX_ATTEMPTS, Reminder
from notifications.models.ledger import OutboxQuerySet

NOON = datetime(2027, 6, 1, 4, tzinfo=UTC)


@pytest.fixture
def waiting(author, promise):
    """Return the id of the one mail that is owed."""
    promise(date(2027, 7, 1), date(2027, 12, 31))
    [reminder_id] = sweep_reminders(at=NOON)
    return reminder_id


class Killed(BaseException):
    """The process dies here."""


def dies(*args, **kwargs):
    raise Killed


@pytest.mark.django_db
def test_a_sent_reminder_says_when_and_is_not_sent_again(waiting, mailoutbox):
    assert send_reminder(reminder_id=waiting, at=NOON)
    assert not send_reminder(reminder_id=waiting, at=NOON)
    assert [mail.extra_headers["Message-ID"] for mail in mailoutbox] == [Reminder.objects.get(pk=waiting).message_id]
    assert Reminder.objects.get(pk=waiting).sent_at is not None


@pytest.mark.django_db
def test_killed_between_claim_and_mail_it_is_swept_after_the_lease_and_sent_once(waiting, monkeypatch, mailoutbox):
    with monkeypatch.context() as dying:
        dying.setattr("notifications.transports.mail.send_reminder_email", dies)
        with pytest.raises(Killed):
            send_reminder(reminder_id=waiting, at=NOON)
    assert sweep_reminders(at=NOON + LEASE_DURATION - timedelta(seconds=1)) == []
    assert not send_reminder(reminder_id=waiting, at=NOON + LEASE_DURATION - timedelta(seconds=1))
    assert sweep_reminders(at=NOON + LEASE_DURATION) == [waiting]
    assert send_reminder(reminder_id=waiting, at=NOON + LEASE_DURATION)
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_killed_between_mail_and_mark_it_is_sent_again_under_the_same_message_id(waiting, monkeypatch, mailoutbox):
    with monkeypatch.context() as dying:
        dying.setattr("notifications.actions.delivery._close_claim", dies)
        with pytest.raises(Killed):
            send_reminder(reminder_id=waiting, at=NOON)
    assert not send_reminder(reminder_id=waiting, at=NOON + LEASE_DURATION - timedelta(seconds=1))
    assert send_reminder(reminder_id=waiting, at=NOON + LEASE_DURATION)
    assert len({mail.extra_headers["Message-ID"] for mail in mailoutbox}) == 1
    assert len(mailoutbox) == 2


@pytest.mark.django_db
def test_whoever_lost_the_claim_to_another_writes_nothing(waiting, monkeypatch, mailoutbox):
    def slow(*args, **kwargs):
        monkeypatch.undo()
        assert send_reminder(reminder_id=waiting, at=NOON + LEASE_DURATION)

    monkeypatch.setattr("notifications.transports.mail.send_reminder_email", slow)
    assert not send_reminder(reminder_id=waiting, at=NOON)
    assert Reminder.objects.get(pk=waiting).attempts == 2


@pytest.mark.django_db
def test_whoever_lost_the_claim_does_not_close_the_mail_that_another_is_sending(waiting, monkeypatch):
    def slow(*args, **kwargs):
        assert Reminder.objects.claim(waiting, at=NOON + LEASE_DURATION)

    monkeypatch.setattr("notifications.transports.mail.send_reminder_email", slow)
    assert not send_reminder(reminder_id=waiting, at=NOON)
    assert Reminder.objects.values_list("state", "claimed_at").get(pk=waiting) == ("sending", NOON + LEASE_DURATION)


@pytest.mark.django_db
def test_a_connection_that_died_while_a_mail_was_sent_does_not_send_it_again(waiting, monkeypatch, mailoutbox):
    update, replaced = OutboxQuerySet.update, []

    def update_once_replaced(rows, **columns):
        if columns["state"] == "sent" and not replaced:
            raise OperationalError("server closed the connection unexpectedly")
        return update(rows, **columns)

    monkeypatch.setattr(OutboxQuerySet, "update", update_once_replaced)
    monkeypatch.setattr("notifications.actions.delivery.connection.close", lambda: replaced.append(True))
    assert send_reminder(reminder_id=waiting, at=NOON)
    assert (len(mailoutbox), replaced, Reminder.objects.get(pk=waiting).state) == (1, [True], "sent")


@pytest.mark.django_db
def test_who_sends_renews_the_lease_by_the_databases_clock_and_still_closes(waiting, monkeypatch):
    renewed = NOON + LEASE_DURATION - timedelta(seconds=1)
    monkeypatch.setattr("notifications.actions.leases.database_now", lambda: renewed)

    def slow(reminder, *args, **kwargs):
        assert renew_lease(reminder)
        assert not Reminder.objects.claim(waiting, at=renewed + LEASE_DURATION - timedelta(seconds=1))

    monkeypatch.setattr("notifications.transports.mail.send_reminder_email", slow)
    assert send_reminder(reminder_id=waiting, at=NOON)
    assert Reminder.objects.values_list("state", "claimed_at").get(pk=waiting) == ("sent", renewed)


@pytest.mark.django_db
def test_a_lease_that_another_has_taken_is_not_renewed(waiting):
    Reminder.objects.claim(waiting, at=NOON)
    mine = Reminder.objects.get(pk=waiting)
    Reminder.objects.claim(waiting, at=NOON + LEASE_DURATION)
    assert not renew_lease(mine)
    assert Reminder.objects.get(pk=waiting).claimed_at == NOON + LEASE_DURATION


def test_the_lease_is_renewed_again_and_again_until_the_mail_is_sent(monkeypatch):
    times, third = [], Event()

    def renewing(row):
        times.append(row.pk)
        if len(times) == 2:
            raise ConnectionError("the database is away")
        if len(times) == 3:
            third.set()
        return len(times) < 3

    monkeypatch.setattr(leases, "LEASE_RENEWAL_SECONDS", 0)
    monkeypatch.setattr(leases, "renew_lease", renewing)
    with leases.renewed_lease(Reminder(pk=7)):
        assert third.wait(30)
    assert times == [7, 7, 7]


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [timedelta(minutes=6), timedelta(days=1), timedelta(days=-1)])
def test_claims_go_by_the_databases_clock_however_wrong_that_of_a_worker_is(author, promise, wrong):
    promise(date(2020, 1, 1), date(2020, 12, 31))
    right = datetime.now(UTC)
    with time_machine.travel(right + wrong):
        [reminder_id] = sweep_reminders()
        assert Reminder.objects.claim(reminder_id, at=database_now())
        assert not send_reminder(reminder_id=reminder_id)
    assert abs(Reminder.objects.get(pk=reminder_id).claimed_at - right) < timedelta(minutes=4)


@pytest.mark.django_db
def test_a_mail_server_that_fails_is_tried_again_ever_more_seldom(waiting, monkeypatch, mailoutbox):
    def fails(*args, **kwargs):
        raise SMTPServerDisconnected("gone")

    with monkeypatch.context() as down:
        down.setattr("notifications.transports.mail.send_reminder_email", fails)
        assert not send_reminder(reminder_id=waiting, at=NOON)
    row = Reminder.objects.get(pk=waiting)
    assert (row.state, row.error) == ("pending", "SMTPServerDisconnected: gone")
    assert sweep_reminders(at=NOON + timedelta(seconds=59)) == []
    assert sweep_reminders(at=NOON + timedelta(seconds=60)) == [waiting]
    assert send_reminder(reminder_id=waiting, at=NOON + timedelta(seconds=60))
    assert Reminder.objects.get(pk=waiting).error == ""


@pytest.mark.django_db
def test_after_ten_attempts_it_waits_for_a_person(waiting, superuser, monkeypatch, mailoutbox):
    Reminder.objects.filter(pk=waiting).update(attempts=MAX_ATTEMPTS - 1)
    with monkeypatch.context() as down:
        down.setattr("notifications.transports.mail.send_reminder_email", lambda *args, **kwargs: 1 / 0)
        send_reminder(reminder_id=waiting, at=NOON)
    assert Reminder.objects.get(pk=waiting).state == "failed"
    assert sweep_reminders(at=NOON + timedelta(hours=12)) == []
    row = Reminder.objects.get(pk=waiting)
    assert retry_message(row=row, by=superuser)
    assert not retry_message(row=row, by=superuser)
    assert sweep_reminders(at=NOON + timedelta(hours=12)) == [waiting]


@pytest.mark.django_db
def test_a_stuck_reminder_is_overtaken_by_a_later_one(waiting, mailoutbox):
    Reminder.objects.claim(waiting, at=NOON)
    later = NOON + timedelta(days=23)
    [next_one] = sweep_reminders(at=later)
    assert next_one != waiting
    assert Reminder.objects.get(pk=waiting).state == "overtaken"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_who_claim_at_once_one_sends(waiting, mailoutbox):
    start, sent = Barrier(8), []

    def claimant():
        start.wait()
        sent.append(send_reminder(reminder_id=waiting, at=NOON))
        connection.close()

    threads = [Thread(target=claimant) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == [False] * 7 + [True]
    assert len(mailoutbox) == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_sweeps_at_once_make_one_ledger(author, promise):
    for _n in range(3):
        promise(date(2027, 1, 1), date(2027, 3, 31))
    start = Barrier(4)

    def sweeper():
        start.wait()
        sweep_reminders(at=NOON)
        connection.close()

    threads = [Thread(target=sweeper) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Reminder.objects.filter(rule__kind="digest").count() == 1
    assert Reminder.objects.filter(state="digested").count() == 3
