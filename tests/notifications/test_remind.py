"""`manage.py remind`: who gets what on a day, who not, and why."""

from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from notifications.actions.sweep import sweep_reminders
from notifications.management.commands.remind import Command
from notifications.models import Reminder
from tests.factories import MilestoneFactory, UserFactory, published

pytestmark = pytest.mark.django_db

JULY, DECEMBER = date(2027, 7, 1), date(2027, 12, 31)


def remind(day, **options):
    """Return the lines under "Mails that would go out" and "Would not go out", or what was said of the sending."""
    out = StringIO()
    call_command("remind", on=date.fromisoformat(day), stdout=out, **options)
    going, _title, staying = out.getvalue().partition("Would not go out")
    return [[line.strip() for line in part.splitlines()[1:]] for part in (going, staying)]


def test_a_dry_run_lists_who_would_get_what_and_writes_nothing(author, promise, mailoutbox):
    promise(JULY, DECEMBER)
    going, staying = remind("2027-06-01", dry_run=True)
    assert going == [
        "mei <mei@example.org>: Institute – Institute opens: its window opens in 30 days, on 1 July 2027 "
        "(A milestone's window opens: 30 days before)"
    ]
    assert staying == [
        "mei <mei@example.org>: Institute – Institute opens (Overtaken by a later one: "
        "its day had passed when the rule first saw the date. A milestone's window opens: 60 days before)"
    ]
    assert mailoutbox == []
    assert not Reminder.objects.exists()


def test_a_dry_run_lists_the_digest(author, promise):
    promise(date(2027, 1, 1), date(2027, 1, 31), title="Board named")
    promise(JULY, DECEMBER, title="Institute opens")
    going, _staying = remind("2027-08-15", dry_run=True)
    assert going == [
        "mei <mei@example.org>: one mail about 2 things",
        "- Institute – Board named: its window closed on 31 January 2027 and nobody has recorded "
        "what came of it (it was past when it was first seen)",
        "- Institute – Institute opens: its window closes in 138 days, on 31 December 2027 (it is in its window now)",
    ]


def test_a_dry_run_lists_one_mail_a_person_before_and_after_the_sweep(author, promise):
    for title in ("Board named", "Law passed"):
        promise(JULY, DECEMBER, title=title)
    mail = [
        "mei <mei@example.org>: one mail about 2 things",
        *(
            f"- Institute – {title}: its window opens in 30 days, on 1 July 2027 "
            "(A milestone's window opens: 30 days before)"
            for title in ("Board named", "Law passed")
        ),
    ]
    assert remind("2027-06-01", dry_run=True)[0] == mail
    sweep_reminders(on=date(2027, 6, 1))
    assert remind("2027-06-01", dry_run=True)[0] == mail


def test_the_last_day_there_is_can_be_asked_for(author, promise):
    promise(JULY, DECEMBER)
    assert remind("9999-12-31", dry_run=True)[0] == [
        "mei <mei@example.org>: one mail about 1 thing",
        "- Institute – Institute opens: its window closed on 31 December 2027 and nobody has recorded what came of it "
        "(it was past when it was first seen)",
    ]
    remind("9999-12-31")
    remind("9999-12-31")


def test_after_a_digest_the_next_is_said_to_be_due_when_it_is(author, promise, mails):
    promise(date(2027, 1, 1), date(2027, 1, 31), title="Board named")
    remind("2027-08-15")
    _going, [line] = remind("2027-08-15", dry_run=True)
    assert line.endswith("Board named (already told in a digest; the next is due on 22 August 2027)")
    assert len(mails(date(2027, 8, 21))) == 0
    assert len(mails(date(2027, 8, 22))) == 1


def test_without_dry_run_it_sends_as_on_that_day(author, promise, mailoutbox):
    promise(JULY, DECEMBER)
    remind("2027-06-01")
    remind("2027-06-01")
    assert [mail.subject for mail in mailoutbox] == [
        "Institute – Institute opens: its window opens in 30 days, on 1 July 2027"
    ]


def test_what_was_sent_or_is_not_due_says_so(author, promise):
    promise(JULY, DECEMBER)
    remind("2027-06-01")
    assert remind("2027-06-02", dry_run=True) == [
        [],
        [
            "mei <mei@example.org>: Institute – Institute opens "
            "(already sent, for 1 June 2027; the next is due on 24 June 2027)"
        ],
    ]


def test_whoever_cannot_be_reached_is_listed(promise):
    owner = UserFactory(username="tom", email="")
    UserFactory(username="may", is_active=False).groups.add(Group.objects.get_or_create(name="author")[0])
    promise(JULY, DECEMBER, owner=owner)
    assert remind("2027-06-01", dry_run=True) == [
        [],
        [
            "may: whatever has no owner (the account is inactive or has no mail address)",
            "nobody: Institute – Institute opens (no owner, and nobody in the group author who has a mail address)",
            "tom: Institute – Institute opens (the account is inactive or has no mail address)",
        ],
    ]


def test_what_owes_nothing_is_listed_with_the_reason(author, superuser):
    milestone = published(MilestoneFactory(title_en="Board named", initiative__title_en="Institute"))
    assert remind("2027-06-01", dry_run=True) == [[], ["nobody: Institute – Board named (No date promised)"]]
    assert milestone.result == "scheduled"


def test_what_was_silenced_is_listed_with_the_reason(author, promise):
    milestone = promise(JULY, DECEMBER)
    remind("2027-05-31")
    milestone.held_back = True
    milestone.save()
    _going, staying = remind("2027-06-01", dry_run=True)
    assert staying[0] == (
        "mei <mei@example.org>: Institute – Institute opens (Silenced: it is held back, or was deleted. "
        "A milestone's window opens: 30 days before; A milestone's window closes: 60 days before; "
        "A milestone is overdue or unknown: 7 days after)"
    )


def test_a_day_that_is_none_is_refused():
    with pytest.raises(CommandError, match="'soon' is not a day"):
        call_command("remind", "--on", "soon", "--dry-run")


def test_a_day_that_is_none_is_told_without_a_traceback(capsys):
    with pytest.raises(SystemExit):
        Command().run_from_argv(["manage.py", "remind", "--on", "soon"])
    assert "'soon' is not a day such as 2026-12-31" in capsys.readouterr().err
