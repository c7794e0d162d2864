"""Reminders in the admin: rules are edited, the ledger is only read, and what failed is tried again."""

from datetime import date

import pytest
from django.urls import reverse

from notifications.actions.sweep import sweep_reminders
from notifications.models import Reminder, ReminderRule

pytestmark = pytest.mark.django_db

LEDGER = "admin:notifications_reminder_changelist"


@pytest.fixture
def reminder(author, promise):
    promise(date(2027, 7, 1), date(2027, 12, 31))
    [pk] = sweep_reminders(on=date(2027, 6, 1))
    return Reminder.objects.get(pk=pk)


@pytest.fixture
def editor(client, superuser):
    client.force_login(superuser)
    return client


def test_the_ledger_is_read_only(editor, reminder):
    assert editor.get(reverse(LEDGER)).status_code == 200
    form = reverse("admin:notifications_reminder_change", args=[reminder.pk])
    assert editor.get(form).status_code == 200
    assert editor.post(form, {"state": "sent"}).status_code == 403
    assert editor.get(reverse("admin:notifications_reminder_add")).status_code == 403
    assert editor.post(reverse("admin:notifications_reminder_delete", args=[reminder.pk])).status_code == 403


@pytest.mark.parametrize("milestones", [1, 3])
def test_the_ledger_names_what_its_rows_are_about(editor, author, promise, milestones, django_assert_max_num_queries):
    for number in range(milestones):
        promise(date(2027, 7, 1), date(2027, 12, 31), title=f"Promise {number}")
    sweep_reminders(on=date(2027, 6, 1))
    with django_assert_max_num_queries(17):
        page = editor.get(reverse(LEDGER)).content.decode()
    assert [f"Institute – Promise {number}" in page for number in range(milestones)] == [True] * milestones


def test_only_failed_ones_are_tried_again(editor, reminder):
    Reminder.objects.filter(pk=reminder.pk).update(state="failed", attempts=10)
    others = set(Reminder.objects.exclude(pk=reminder.pk).values_list("pk", "state"))
    chosen = list(Reminder.objects.values_list("pk", flat=True))
    editor.post(reverse(LEDGER), {"action": "try_again", "_selected_action": chosen})
    reminder.refresh_from_db()
    assert (reminder.state, reminder.attempts) == ("pending", 0)
    assert set(Reminder.objects.exclude(pk=reminder.pk).values_list("pk", "state")) == others


def test_a_rules_days_are_edited_and_checked(editor):
    rule = ReminderRule.objects.get(kind="window_opens")
    form = reverse("admin:notifications_reminderrule_change", args=[rule.pk])
    page = editor.post(form, {"offsets": '["soon"]', "active": "on"})
    assert "Give a list of whole numbers" in page.content.decode()
    editor.post(form, {"offsets": "[90, 0]", "active": "on"})
    rule.refresh_from_db()
    assert rule.offsets == [90, 0]


def test_the_rules_that_ship(db):
    assert list(ReminderRule.objects.values_list("kind", "offsets", "repeat_days", "active")) == [
        ("window_opens", [60, 30, 7, 0], None, True),
        ("window_closes", [60, 30, 7, 0], None, True),
        ("past_window", [-7], 7, True),
        ("target_date", [30, 0], None, True),
        ("observation_overdue", [-7], 7, True),
        ("digest", [0], None, True),
    ]
