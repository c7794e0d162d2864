"""Review and approval: asked, given, sent back, taken back, voided by an edit."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from initiatives.editions import MilestoneEdition
from newsroom.actions.approvals import NotApproved
from newsroom.actions.permissions import ActionError
from newsroom.actions.publish import StaleDraft, UnacknowledgedWarnings, ValidationFailed, publish
from newsroom.actions.review import approve, cancel_review_request, request_review, send_back
from newsroom.actions.schedule import execute_schedule, schedule_publication
from newsroom.choices import RootState
from newsroom.documents.drafts import build_draft
from newsroom.documents.snapshots import load_snapshot, save_snapshot
from newsroom.documents.workflow_state import get_workflow_states
from newsroom.models import ReviewEntry, set_actor
from record.dates import FuzzyDate, today
from record.documents.canonical_json import decode_document, to_canonical_json
from record.models import Publication
from tests.factories import (
    CitationFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    SourceFactory,
    StatementFactory,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(member):
    return member("author")


@pytest.fixture
def reviewer(member):
    return member("reviewer")


@pytest.fixture
def publisher(member):
    return member("publisher")


def seen(root):
    return build_draft(root).digest


def verbs(root):
    return list(ReviewEntry.objects.thread_of("initiative", root.content_id).values_list("verb", flat=True))


def state(root):
    return get_workflow_states("initiative", [root.content_id]).get(str(root.content_id))


def approved(root, *, author, reviewer):
    request_review(root=root, by=author)
    return approve(root=root, by=reviewer, seen=seen(root))


def test_a_frozen_draft_thaws_as_it_was(author):
    initiative = InitiativeFactory(lead=OrganisationFactory(checked=True), cite=False)
    MilestoneFactory(initiative=initiative)
    drafts = [build_draft(initiative), build_draft(initiative.lead)]
    frozen = save_snapshot(drafts, by=author)
    frozen.refresh_from_db()
    assert [
        (draft.key, draft.digest, draft.problems, draft.based_on, draft.read_at) for draft in load_snapshot(frozen)
    ] == [(draft.key, draft.digest, draft.problems, draft.based_on, draft.read_at) for draft in drafts]


def test_a_draft_frozen_before_drafts_said_when_they_were_read_was_read_when_it_was_frozen(author):
    frozen = save_snapshot([build_draft(InitiativeFactory())], by=author)
    kept = decode_document(frozen.text)
    del kept["drafts"][0]["read_at"]
    frozen.text = to_canonical_json(kept)
    assert [draft.read_at for draft in load_snapshot(frozen)] == [frozen.at]


def test_asked_then_sent_back_then_asked_again_then_approved(author, reviewer):
    initiative = InitiativeFactory()
    request_review(root=initiative, by=author, of=reviewer, note="Please look at the date")
    assert state(initiative) == RootState.IN_REVIEW
    send_back(root=initiative, by=reviewer, note="Which year?")
    assert state(initiative) is None
    approved(initiative, author=author, reviewer=reviewer)
    assert state(initiative) == RootState.APPROVED
    thread = ReviewEntry.objects.thread_of("initiative", initiative.content_id)
    assert [(each.verb, each.by, each.asked, each.note) for each in thread] == [
        ("requested", author, reviewer, "Please look at the date"),
        ("sent_back", reviewer, None, "Which year?"),
        ("requested", author, None, ""),
        ("approved", reviewer, None, ""),
    ]


def test_an_edit_after_approval_voids_it_and_undoing_the_edit_gives_it_back(author, reviewer, publisher, settings):
    settings.REQUIRE_SECOND_PERSON = True
    initiative = InitiativeFactory(title_en="As approved")
    approved(initiative, author=author, reviewer=reviewer)
    initiative.title_en = "As edited"
    initiative.save()
    assert state(initiative) is None
    with pytest.raises(NotApproved):
        publish(drafts=[build_draft(initiative)], by=publisher)
    initiative.title_en = "As approved"
    initiative.save()
    assert publish(drafts=[build_draft(initiative)], by=publisher).approved_by == reviewer


def test_an_edit_of_a_child_voids_an_approval_and_a_neighbours_new_name_does_not(author, reviewer, superuser):
    lead = published(OrganisationFactory(name_en="Bureau"), by=superuser)
    initiative = InitiativeFactory(lead=lead)
    milestone = MilestoneFactory(initiative=initiative)
    approved(initiative, author=author, reviewer=reviewer)
    lead.name_en = "Renamed bureau"
    lead.save()
    published(lead, by=superuser)
    assert state(initiative) == RootState.APPROVED
    milestone.title_en = "Edited"
    milestone.save()
    assert state(initiative) is None


def test_who_approves_has_seen_what_is_there(author, reviewer):
    initiative = InitiativeFactory()
    request_review(root=initiative, by=author)
    looked_at = seen(initiative)
    initiative.title_en = "Edited meanwhile"
    initiative.save()
    with pytest.raises(StaleDraft):
        approve(root=initiative, by=reviewer, seen=looked_at)
    assert verbs(initiative) == ["requested"]


def test_nobody_approves_their_own_work(member, reviewer):
    initiative = InitiativeFactory()
    request_review(root=initiative, by=reviewer)
    with pytest.raises(ActionError, match="own work"):
        approve(root=initiative, by=reviewer, seen=seen(initiative))
    with pytest.raises(ActionError, match="own work"):
        request_review(root=initiative, by=reviewer, of=reviewer)
    assert approve(root=initiative, by=member("reviewer"), seen=seen(initiative))


def edited_by(user, root, **columns):
    with set_actor(user):
        for name, value in columns.items():
            setattr(root, name, value)
        root.save()


def test_who_worked_on_it_since_it_was_published_does_not_approve_it(author, member, superuser):
    worked_before, works_now, fresh = member("reviewer"), member("reviewer"), member("reviewer")
    initiative = InitiativeFactory()
    milestone = MilestoneFactory(initiative=initiative)
    edited_by(worked_before, initiative, title_en="Before")
    published(initiative, by=superuser)
    edited_by(works_now, milestone, title_en="Now")
    request_review(root=initiative, by=author)
    with pytest.raises(ActionError, match="own work"):
        approve(root=initiative, by=works_now, seen=seen(initiative))
    assert approve(root=initiative, by=worked_before, seen=seen(initiative))
    request_review(root=initiative, by=author)
    assert approve(root=initiative, by=fresh, seen=seen(initiative))


def test_what_was_edited_after_scheduling_is_still_its_editors_work_once_that_is_public(author, member, superuser):
    reviewer, initiative = member("reviewer"), InitiativeFactory()
    row = schedule_publication(drafts=[build_draft(initiative)], at=timezone.now() + timedelta(minutes=1), by=superuser)
    edited_by(reviewer, initiative, title_en="Edited while it waited")
    execute_schedule(schedule_id=row.pk, at=timezone.now() + timedelta(minutes=2))
    request_review(root=initiative, by=author)
    with pytest.raises(ActionError, match="own work"):
        approve(root=initiative, by=reviewer, seen=seen(initiative))


def test_who_worked_on_a_small_root_that_goes_along_does_not_approve_it(author, reviewer):
    lead = OrganisationFactory(checked=True)
    edited_by(reviewer, lead, name_en="Renamed")
    initiative = InitiativeFactory(lead=lead)
    request_review(root=initiative, by=author)
    with pytest.raises(ActionError, match="own work"):
        approve(root=initiative, by=reviewer, seen=seen(initiative))


def test_what_is_blocked_can_be_reviewed_and_not_approved(author, reviewer):
    initiative = InitiativeFactory(cite=False)
    request_review(root=initiative, by=author)
    with pytest.raises(ValidationFailed):
        approve(root=initiative, by=reviewer, seen=seen(initiative))


@pytest.mark.parametrize("verb", [approve, send_back])
def test_without_a_request_nothing_is_approved_or_sent_back(reviewer, verb):
    initiative = InitiativeFactory()
    arguments = {"seen": seen(initiative)} if verb is approve else {"note": "No"}
    with pytest.raises(ActionError, match="asked"):
        verb(root=initiative, by=reviewer, **arguments)


def test_what_is_dated_ahead_is_approved_and_asked_again_when_it_is_published(author, reviewer, publisher):
    root = MilestoneFactory(kind="event", actual=FuzzyDate.from_day(today() + timedelta(2))).initiative
    assert approved(root, author=author, reviewer=reviewer)
    with pytest.raises(ValidationFailed, match="still to come"):
        publish(drafts=[build_draft(root)], by=publisher)


def test_only_who_asked_takes_the_request_back(author, member):
    initiative = InitiativeFactory()
    request_review(root=initiative, by=author)
    with pytest.raises(ActionError):
        cancel_review_request(root=initiative, by=member("author"))
    cancel_review_request(root=initiative, by=author)
    assert verbs(initiative) == ["requested", "taken_back"]
    assert state(initiative) is None


def test_who_may_not_review_is_not_asked_and_cannot(author, member):
    initiative = InitiativeFactory()
    with pytest.raises(ActionError, match="may not review"):
        request_review(root=initiative, by=author, of=member("author"))
    request_review(root=initiative, by=author)
    with pytest.raises(PermissionDenied):
        approve(root=initiative, by=member("author"), seen=seen(initiative))
    with pytest.raises(PermissionDenied):
        send_back(root=initiative, by=member("author"), note="No")
    with pytest.raises(PermissionDenied):
        request_review(root=initiative, by=member("stranger"))


def test_sending_back_needs_a_note(author, reviewer):
    initiative = InitiativeFactory()
    request_review(root=initiative, by=author)
    with pytest.raises(ActionError, match="note"):
        send_back(root=initiative, by=reviewer, note="  ")


def test_an_approval_that_is_sent_back_is_none_any_more(author, reviewer, publisher, settings):
    settings.REQUIRE_SECOND_PERSON = True
    initiative = InitiativeFactory()
    approved(initiative, author=author, reviewer=reviewer)
    send_back(root=initiative, by=reviewer, note="On second thoughts")
    with pytest.raises(NotApproved):
        publish(drafts=[build_draft(initiative)], by=publisher)


def test_an_approval_covers_the_small_roots_that_go_along_as_they_were(author, reviewer, publisher, settings):
    settings.REQUIRE_SECOND_PERSON = True
    lead = OrganisationFactory(checked=True)
    initiative = InitiativeFactory(lead=lead)
    approved(initiative, author=author, reviewer=reviewer)
    lead.name_en = "Edited after the approval"
    lead.save()
    with pytest.raises(NotApproved, match="Edited after"):
        publish(drafts=[build_draft(initiative)], by=publisher)
    approved(initiative, author=author, reviewer=reviewer)
    assert publish(drafts=[build_draft(initiative)], by=publisher).changes.count() == 2


def test_publishing_closes_the_thread_and_a_second_approval_is_needed_for_the_next_state(
    author, reviewer, publisher, settings
):
    settings.REQUIRE_SECOND_PERSON = True
    initiative = InitiativeFactory()
    approved(initiative, author=author, reviewer=reviewer)
    publish(drafts=[build_draft(initiative)], by=publisher)
    assert verbs(initiative) == ["requested", "approved", "published"]
    assert state(initiative) is None
    initiative.title_en = "The next state"
    initiative.save()
    with pytest.raises(NotApproved):
        publish(drafts=[build_draft(initiative)], by=publisher)


def test_without_the_setting_one_person_is_enough_and_an_approval_is_still_remembered(author, reviewer, publisher):
    initiative = InitiativeFactory()
    assert publish(drafts=[build_draft(initiative)], by=publisher).approved_by is None
    initiative.title_en = "Next"
    initiative.save()
    approved(initiative, author=author, reviewer=reviewer)
    assert publish(drafts=[build_draft(initiative)], by=publisher).approved_by == reviewer


def test_an_approval_of_one_is_no_approval_of_another_that_is_published_with_it(author, reviewer, publisher):
    lead = OrganisationFactory(checked=True)
    asked, unasked = InitiativeFactory(lead=lead), InitiativeFactory()
    approved(asked, author=author, reviewer=reviewer)
    published(lead)  # the approval covers it as well, and it does not go along any more
    drafts = [build_draft(asked), build_draft(unasked)]
    assert publish(drafts=drafts, by=publisher).approved_by is None


def test_a_warning_goes_out_only_with_a_reason_which_is_kept(publisher):
    initiative = InitiativeFactory(cite=False)
    CitationFactory(cited=initiative, source=SourceFactory(tier=3))
    with pytest.raises(UnacknowledgedWarnings, match="tier 3") as refused:
        publish(drafts=[build_draft(initiative)], by=publisher)
    assert [problem.field for problem in refused.value.problems] == ["citations"]
    assert Publication.objects.count() == 0
    publish(drafts=[build_draft(initiative)], by=publisher, overruled="The original is offline")
    assert Publication.objects.get().overruled == "The original is offline"


def test_a_stale_translation_warns_by_its_field(publisher):
    initiative = InitiativeFactory(summary_en="One", summary_zh_hant="一")
    initiative.summary_en = "Two"
    initiative.save()
    with pytest.raises(UnacknowledgedWarnings) as refused:
        publish(drafts=[build_draft(initiative)], by=publisher)
    assert [problem.field for problem in refused.value.problems] == ["summary_zh_hant"]


def test_naming_what_is_not_public_warns(publisher):
    initiative = InitiativeFactory(lead=OrganisationFactory(name_en="Unchecked bureau", checked=False))
    with pytest.raises(UnacknowledgedWarnings, match="Unchecked bureau"):
        publish(drafts=[build_draft(initiative)], by=publisher)


def test_a_reason_where_nothing_warns_is_not_kept(publisher):
    publish(drafts=[build_draft(InitiativeFactory())], by=publisher, overruled="Just in case")
    assert Publication.objects.get().overruled == ""


@pytest.fixture
def public(settings, superuser):
    """Make an initiative public with a milestone and its statement; from now on ask for a second person."""
    statement = StatementFactory(milestone__title_en="Opens")
    published(statement.milestone, by=superuser)
    settings.REQUIRE_SECOND_PERSON = True
    return statement


def held(row):
    row.held_back = True
    row.save()


def test_holding_back_a_child_or_a_fact_never_waits_for_a_second_person(public, publisher):
    milestone, initiative = public.milestone, public.milestone.initiative
    held(public)
    publish(drafts=[build_draft(initiative)], by=publisher)
    assert MilestoneEdition.objects.get().load_document()["statements"] == []
    held(milestone)
    publish(drafts=[build_draft(initiative)], by=publisher)
    assert MilestoneEdition.objects.count() == 0


def test_holding_back_does_not_let_an_edit_through(public, publisher):
    milestone = public.milestone
    held(public)
    milestone.title_en = "Opened"
    milestone.save()
    with pytest.raises(NotApproved):
        publish(drafts=[build_draft(milestone.initiative)], by=publisher)


def test_what_comes_back_waits_for_a_second_person(public, publisher):
    held(public.milestone)
    publish(drafts=[build_draft(public.milestone.initiative)], by=publisher)
    public.milestone.held_back = False
    public.milestone.save()
    with pytest.raises(NotApproved):
        publish(drafts=[build_draft(public.milestone.initiative)], by=publisher)


def test_an_old_approval_does_not_come_back_with_the_old_text(author, reviewer, publisher, settings):
    settings.REQUIRE_SECOND_PERSON = True
    initiative = InitiativeFactory(title_en="Approved and never published")
    approved(initiative, author=author, reviewer=reviewer)
    initiative.title_en = "Published"
    initiative.save()
    approved(initiative, author=author, reviewer=reviewer)
    publish(drafts=[build_draft(initiative)], by=publisher)
    initiative.title_en = "Approved and never published"
    initiative.save()
    with pytest.raises(NotApproved):
        publish(drafts=[build_draft(initiative)], by=publisher)
