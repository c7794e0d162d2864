from datetime import date

import pytest
from django.contrib.auth.models import Group

from notifications.actions.delivery import send_reminder
from notifications.actions.sweep import sweep_reminders
from record.dates import FuzzyDate
from tests.factories import InitiativeFactory, MilestoneFactory, StatementFactory, UserFactory, published


@pytest.fixture
def author(db):
    """Make the one member of the group that is reminded of what nobody owns."""
    mei = UserFactory(username="mei", first_name="Mei", email="mei@example.org")
    mei.groups.add(Group.objects.get_or_create(name="author")[0])
    return mei


@pytest.fixture
def promise(superuser):
    """Return a function that makes a published milestone that is promised for these days."""

    def make(earliest: date | None, latest: date, *, title="Institute opens", **columns):
        initiative = columns.pop("initiative", None) or InitiativeFactory(title_en="Institute")
        milestone = MilestoneFactory(title_en=title, initiative=initiative, **columns)
        StatementFactory(milestone=milestone, promised=FuzzyDate(earliest, latest, "by then", "month"))
        return published(milestone)

    return make


@pytest.fixture
def mails(mailoutbox):
    """Sweep and deliver as on a day; return (recipient, subject) of the mails that left on it."""

    def on(day: date, **options):
        before = len(mailoutbox)
        for reminder_id in sweep_reminders(on=day, **options):
            send_reminder(reminder_id=reminder_id, on=day, **options)
        return [(mail.to[0].partition("@")[0], mail.subject) for mail in mailoutbox[before:]]

    return on
