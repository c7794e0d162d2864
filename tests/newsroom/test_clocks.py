"""When something was published stands in the record for ever: a clock that is wrong publishes nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from newsroom.actions.clocks import WrongClock
from newsroom.actions.publish import publish
from newsroom.actions.schedule import execute_schedule, schedule_publication
from newsroom.actions.withdraw import withdraw
from newsroom.documents.drafts import build_draft
from newsroom.models.clock import database_now
from record.models import Publication, PublishLock
from tests.factories import InitiativeFactory, published
from tests.publishing_helpers import url
from tests.redacting import path, redact

pytestmark = pytest.mark.django_db
ALLOWED_DRIFT, TOO_MUCH_DRIFT = timedelta(seconds=60), timedelta(seconds=61)


@pytest.fixture
def database_is(monkeypatch):
    """database_is(ahead): the database's clock is so much ahead of ours."""
    return lambda ahead: monkeypatch.setattr("newsroom.actions.clocks.database_now", lambda: timezone.now() + ahead)


@pytest.fixture(autouse=True)
def still(time_machine):
    time_machine.move_to("2027-06-01T06:05:00Z", tick=False)


def instants():
    return list(Publication.objects.order_by("pk").values_list("published_at", flat=True))


def test_instants_rise_even_if_the_clock_stands_still():
    for _ in range(3):
        published(InitiativeFactory())
    assert instants() == [timezone.now() + timedelta(microseconds=number) for number in range(3)]


@pytest.mark.parametrize("ahead", [TOO_MUCH_DRIFT, -TOO_MUCH_DRIFT])
def test_nothing_is_published_by_a_clock_that_differs_from_the_databases(superuser, database_is, ahead):
    draft = build_draft(InitiativeFactory())
    database_is(ahead)
    with pytest.raises(WrongClock, match="differ by more than a minute"):
        publish(drafts=[draft], by=superuser)
    assert (instants(), list(PublishLock.objects.all())) == ([], [])
    database_is(ahead / 61 * 60)
    publish(drafts=[draft], by=superuser)
    assert instants() == [timezone.now()]


def test_nothing_is_published_before_the_last_publication():
    published(InitiativeFactory())
    PublishLock.objects.update(last_published_at=timezone.now() + TOO_MUCH_DRIFT)
    with pytest.raises(WrongClock, match="the last publication is still to come"):
        published(InitiativeFactory())
    PublishLock.objects.update(last_published_at=timezone.now() + ALLOWED_DRIFT)
    published(InitiativeFactory())
    assert instants() == [timezone.now(), timezone.now() + ALLOWED_DRIFT + timedelta(microseconds=1)]


@pytest.mark.parametrize("ahead", [TOO_MUCH_DRIFT, -TOO_MUCH_DRIFT])
def test_what_must_go_from_the_record_waits_for_no_clock(superuser, database_is, ahead):
    root = published(InitiativeFactory())
    PublishLock.objects.update(last_published_at=timezone.now() + timedelta(days=365))
    database_is(ahead)
    redact(root, path(root, "title", "en"))
    withdraw(root=("initiative", str(root.content_id)), reason={"en": "By mistake"}, by=superuser)
    latest = timezone.now() + timedelta(days=365)
    assert instants()[1:] == [latest + timedelta(microseconds=number) for number in (1, 2)]


def test_what_must_go_takes_the_databases_time(superuser, database_is):
    root = published(InitiativeFactory())
    database_is(TOO_MUCH_DRIFT)
    withdraw(root=("initiative", str(root.content_id)), reason={"en": "By mistake"}, by=superuser)
    assert instants()[1:] == [timezone.now() + TOO_MUCH_DRIFT]


def test_what_is_scheduled_waits_until_the_clock_is_right(superuser, database_is, time_machine):
    at = timezone.now() + ALLOWED_DRIFT
    row = schedule_publication(drafts=[build_draft(InitiativeFactory())], at=at, by=superuser)
    time_machine.move_to(at, tick=False)
    database_is(-TOO_MUCH_DRIFT)
    with pytest.raises(WrongClock):
        execute_schedule(schedule_id=row.pk, at=timezone.now())
    row.refresh_from_db()
    assert (row.state, instants()) == ("waiting", [])
    database_is(ALLOWED_DRIFT)
    assert execute_schedule(schedule_id=row.pk, at=timezone.now()).state == "published"


def test_the_editor_is_told(login, database_is):
    root, client = InitiativeFactory(), login("publisher")
    seen = client.get(url(root, "publish")).context["seen"]
    database_is(TOO_MUCH_DRIFT)
    response = client.post(url(root, "publish"), {"note_en": "New", "update_type": "minor", "seen": seen})
    assert (response.status_code, response.context["refused"]) == (
        409,
        "Nothing was published. The clocks of the site and of its database differ by more than a minute."
        " Tell whoever runs the site.",
    )


@pytest.mark.postgresql
def test_the_databases_clock_is_its_own(time_machine):
    time_machine.move_to("2020-01-01T00:00:00Z", tick=False)
    assert database_now() > timezone.now() + timedelta(days=365)
