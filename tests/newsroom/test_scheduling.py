"""Scheduled publications: what was frozen goes public at its moment, once, or its maker is told why not."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.utils import timezone

from initiatives.editions import InitiativeEdition
from newsroom.actions.append import ChangeNote
from newsroom.actions.approvals import NotApproved
from newsroom.actions.permissions import ActionError
from newsroom.actions.publish import ValidationFailed, publish
from newsroom.actions.review import approve, request_review
from newsroom.actions.schedule import cancel_schedule, execute_schedule, schedule_publication
from newsroom.actions.withdraw import withdraw
from newsroom.choices import RootState
from newsroom.documents.changeset import find_along_drafts
from newsroom.documents.drafts import build_draft
from newsroom.documents.workflow_state import get_workflow_states
from newsroom.models import Schedule
from newsroom.tasks import run_due_schedules
from record.dates import HONG_KONG, FuzzyDate
from record.models import Publication
from tests.factories import InitiativeFactory, MilestoneFactory, OrganisationFactory, UserFactory, published

pytestmark = pytest.mark.django_db
SOON, LATER = timedelta(minutes=5), timedelta(minutes=6)


@pytest.fixture
def publisher(member):
    return member("publisher")


def drafts(root):
    draft = build_draft(root)
    return [draft, *find_along_drafts([draft])]


def scheduled(root, *, by, **options):
    return schedule_publication(drafts=drafts(root), at=timezone.now() + SOON, by=by, **options)


def carried_out(row):
    return execute_schedule(schedule_id=row.pk, at=timezone.now() + LATER)


def title(root):
    edition = InitiativeEdition.objects.filter(content_id=root.content_id).first()
    return edition and edition.load_document()["title"]["en"]


def test_what_was_scheduled_is_published_and_later_edits_are_not(publisher):
    initiative = InitiativeFactory(title_en="As scheduled")
    note = ChangeNote({"en": "The first of it"}, major=True)
    row = scheduled(initiative, by=publisher, note=note)
    initiative.title_en = "Edited later"
    initiative.save()
    MilestoneFactory(initiative=initiative)
    assert carried_out(row).state == "published"
    assert title(initiative) == "As scheduled"
    change = Publication.objects.get().changes.get()
    assert (change.note, change.update_type, change.publication.by) == ({"en": "The first of it"}, "major", publisher)
    row.refresh_from_db()
    assert row.publication == change.publication


def test_nothing_happens_before_its_moment(publisher):
    row = scheduled(InitiativeFactory(), by=publisher)
    assert execute_schedule(schedule_id=row.pk, at=timezone.now()) is None
    assert get_workflow_states("initiative", [row.content_id]) == {str(row.content_id): RootState.SCHEDULED}
    assert Publication.objects.count() == 0


def test_the_wake_up_finds_what_is_due_however_late_and_only_once(publisher, time_machine):
    initiative = InitiativeFactory()
    scheduled(initiative, by=publisher)
    time_machine.move_to(timezone.now() + timedelta(days=3))
    for _ in range(2):
        for schedule_id in Schedule.objects.due(at=timezone.now()).values_list("pk", flat=True):
            execute_schedule(schedule_id=schedule_id, at=timezone.now())
    assert Publication.objects.count() == 1


def test_the_task_wakes_one_for_each_that_is_due(publisher, monkeypatch):
    due, _waiting = scheduled(InitiativeFactory(), by=publisher), scheduled(InitiativeFactory(), by=publisher)
    Schedule.objects.filter(pk=due.pk).update(publish_at=timezone.now())
    woken = []
    monkeypatch.setattr("newsroom.tasks.run_schedule.apply_async", lambda **call: woken.append(call["kwargs"]))
    run_due_schedules()
    assert woken == [{"schedule_id": due.pk}]


def test_a_cancelled_one_is_not_carried_out_and_another_may_be_made(publisher):
    initiative = InitiativeFactory()
    row = scheduled(initiative, by=publisher)
    with pytest.raises(ActionError, match="already"):
        scheduled(initiative, by=publisher)
    assert cancel_schedule(schedule_id=row.pk, by=publisher).state == "cancelled"
    assert carried_out(row) is None
    assert scheduled(initiative, by=publisher)
    with pytest.raises(ActionError, match="not waiting"):
        cancel_schedule(schedule_id=row.pk, by=publisher)


def test_only_publishers_schedule_and_cancel(publisher, member):
    row = scheduled(InitiativeFactory(), by=publisher)
    for role in ("author", "reviewer", "stranger"):
        with pytest.raises(PermissionDenied):
            scheduled(InitiativeFactory(), by=member(role))
        with pytest.raises(PermissionDenied):
            cancel_schedule(schedule_id=row.pk, by=member(role))


@pytest.mark.parametrize("year", [2300, 9999])
def test_a_moment_more_than_a_year_ahead_is_refused(publisher, year):
    with pytest.raises(ActionError, match="within a year"):
        schedule_publication(
            drafts=drafts(InitiativeFactory()), at=datetime(year, 12, 31, tzinfo=HONG_KONG), by=publisher
        )


def test_a_past_moment_and_nothing_to_publish_are_refused(publisher):
    initiative = InitiativeFactory()
    with pytest.raises(ActionError, match="past"):
        schedule_publication(drafts=drafts(initiative), at=timezone.now() - SOON, by=publisher)
    published(initiative)
    with pytest.raises(ActionError, match="nothing to publish"):
        scheduled(initiative, by=publisher)


@pytest.fixture
def dated_ahead(time_machine):
    """Make an initiative with something said to have happened on 2 April 2026; it is the evening of 30 March."""
    time_machine.move_to(datetime(2026, 3, 30, 20, tzinfo=HONG_KONG))
    return MilestoneFactory(kind="event", actual=FuzzyDate.from_day(datetime(2026, 4, 2).date())).initiative


def test_what_is_dated_ahead_goes_public_on_its_day_in_hong_kong_and_not_before(publisher, dated_ahead, time_machine):
    day = datetime(2026, 4, 2, tzinfo=HONG_KONG)
    with pytest.raises(ValidationFailed, match="still to come"):
        publish(drafts=drafts(dated_ahead), by=publisher)
    with pytest.raises(ValidationFailed, match="still to come"):
        schedule_publication(drafts=drafts(dated_ahead), at=day - timedelta(seconds=1), by=publisher)
    row = schedule_publication(drafts=drafts(dated_ahead), at=day, by=publisher)
    time_machine.move_to(day)
    assert execute_schedule(schedule_id=row.pk, at=timezone.now()).state == "published"


def test_a_scheduled_day_is_asked_again_by_the_day_on_which_it_is_published(publisher, dated_ahead):
    at = datetime(2026, 4, 2, 9, tzinfo=HONG_KONG)
    row = schedule_publication(drafts=drafts(dated_ahead), at=at, by=publisher)
    failed = execute_schedule(schedule_id=row.pk, at=at)  # the worker's clock is fast
    assert (failed.state, "still to come" in failed.reason) == ("failed", True)
    assert Publication.objects.count() == 0


def test_what_is_wrong_on_every_day_is_not_scheduled_for_any(publisher, dated_ahead):
    dated_ahead.citations.all().delete()
    with pytest.raises(ValidationFailed, match="citation") as refused:
        schedule_publication(drafts=drafts(dated_ahead), at=datetime(2026, 4, 2, 9, tzinfo=HONG_KONG), by=publisher)
    assert [each.field for each in refused.value.problems] == ["citations"]


def lose_the_permission(initiative, by):
    by.groups.clear()


def take_the_slug(initiative, by):
    other = published(InitiativeFactory(slug="other"))
    InitiativeFactory._meta.model.objects.filter(pk=initiative.pk).update(slug="was")
    other.slug = "wanted"
    other.save()
    published(other)


def publish_another_state(initiative, by):
    initiative.title_en = "Published meanwhile"
    initiative.save()
    published(initiative)


def withdraw_it(initiative, by):
    published(initiative)
    key = ("initiative", str(initiative.content_id))
    withdraw(root=key, reason={"en": "Wrong"}, by=UserFactory(is_superuser=True))


@pytest.mark.parametrize("cross", [lose_the_permission, take_the_slug, publish_another_state, withdraw_it])
def test_what_cannot_be_carried_out_any_more_publishes_nothing_and_says_why(publisher, cross):
    initiative = InitiativeFactory(slug="wanted", title_en="As scheduled")
    row = scheduled(initiative, by=publisher)
    cross(initiative, publisher)
    before = Publication.objects.count()
    failed = carried_out(row)
    assert (failed.state, bool(failed.reason)) == ("failed", True)
    assert Publication.objects.count() == before
    assert title(initiative) != "As scheduled"
    assert carried_out(row) is None


def test_a_neighbours_new_name_and_withdrawal_do_not_count_as_moved(publisher, superuser):
    lead = published(OrganisationFactory(name_en="Bureau"), by=superuser)
    initiative = published(InitiativeFactory(lead=lead), by=superuser)
    initiative.title_en = "As scheduled"
    initiative.save()
    row = scheduled(initiative, by=publisher)
    lead.name_en = "Renamed bureau"
    lead.save()
    published(lead, by=superuser)
    withdraw(root=("organisation", str(lead.content_id)), reason={"en": "Merged"}, by=superuser)
    assert carried_out(row).state == "published"
    assert InitiativeEdition.objects.get().load_document()["lead"]["title"]["en"] == "Renamed bureau"


def test_a_small_root_goes_along_as_it_was_and_stays_as_it_is_where_it_became_public(publisher, superuser):
    lead = OrganisationFactory(checked=True, name_en="As scheduled")
    initiative, other = InitiativeFactory(lead=lead), InitiativeFactory(lead=lead)
    first, second = scheduled(initiative, by=publisher), scheduled(other, by=publisher)
    lead.name_en = "Edited later"
    lead.save()
    for row in (first, second):
        assert carried_out(row).state == "published"
    names = [edition.load_document()["lead"]["title"]["en"] for edition in InitiativeEdition.objects.all()]
    assert names == ["As scheduled", "As scheduled"]


def test_a_small_root_checked_only_later_does_not_go_along_unseen(publisher):
    lead = OrganisationFactory(name_en="Nobody looked at it", checked=False)
    row = scheduled(InitiativeFactory(lead=lead), by=publisher, overruled="Left out for now")
    lead.checked = True
    lead.save()
    assert carried_out(row).publication.changes.count() == 1


def test_with_a_second_person_asked_for_only_the_approved_state_is_scheduled(publisher, member, settings):
    settings.REQUIRE_SECOND_PERSON = True
    initiative, reviewer = InitiativeFactory(title_en="Approved"), member("reviewer")
    with pytest.raises(NotApproved):
        scheduled(initiative, by=publisher)
    request_review(root=initiative, by=publisher)
    approve(root=initiative, by=reviewer, seen=build_draft(initiative).digest)
    row = scheduled(initiative, by=publisher)
    initiative.title_en = "Edited later"
    initiative.save()
    request_review(root=initiative, by=publisher)
    done = carried_out(row)
    assert (done.state, done.publication.approved_by, title(initiative)) == ("published", reviewer, "Approved")
    assert get_workflow_states("initiative", [initiative.content_id])[str(initiative.content_id)] == RootState.IN_REVIEW


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_schedulers_at_once_publish_once():
    by = UserFactory(is_superuser=True)
    row = scheduled(InitiativeFactory(), by=by)
    start, done = Barrier(4), []

    def run():
        start.wait()
        done.append(carried_out(row))
        connection.close()

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each is not None for each in done) == [False, False, False, True]
    assert Publication.objects.count() == 1


def test_publishing_it_by_hand_before_leaves_nothing_to_do(publisher):
    initiative = InitiativeFactory()
    row = scheduled(initiative, by=publisher)
    publish(drafts=drafts(initiative), by=publisher)
    assert carried_out(row).state == "failed"


@pytest.mark.parametrize("gone", ["the root", "what goes along"])
def test_what_was_deleted_meanwhile_is_not_published(publisher, member, gone):
    lead = OrganisationFactory(checked=True)
    initiative = InitiativeFactory(lead=lead)
    row = scheduled(initiative, by=publisher)
    initiative.title_en = "Another state is under review"
    initiative.save()
    request_review(root=initiative, by=member("author"))
    (initiative if gone == "the root" else lead).delete()
    done = carried_out(row)
    assert (done.state, done.reason) == ("failed", "What was to be published was deleted meanwhile.")
    assert Publication.objects.count() == 0


def test_a_fault_of_ours_is_told_and_not_tried_for_ever(publisher, monkeypatch):
    row = scheduled(InitiativeFactory(), by=publisher)
    monkeypatch.setattr("newsroom.actions.schedule.publish", lambda **_: 1 / 0)
    assert carried_out(row).state == "failed"


def test_a_database_that_is_away_is_asked_again(publisher, monkeypatch):
    def away(**_):
        raise OperationalError

    row = scheduled(InitiativeFactory(), by=publisher)
    monkeypatch.setattr("newsroom.actions.schedule.publish", away)
    with pytest.raises(OperationalError):
        carried_out(row)
    monkeypatch.undo()
    assert carried_out(row).state == "published"


def test_what_is_scheduled_goes_out_in_the_shape_documents_have_by_then(publisher, monkeypatch):
    row = scheduled(InitiativeFactory(), by=publisher)
    monkeypatch.setattr(InitiativeEdition, "shape_version", InitiativeEdition.shape_version + 1)
    lifted = {InitiativeEdition.shape_version - 1: lambda document: document | {"body": {"en": "lifted"}}}
    monkeypatch.setattr(InitiativeEdition, "document_migrations", lifted)
    carried_out(row)
    assert InitiativeEdition.objects.get().load_document()["body"] == {"en": "lifted"}
