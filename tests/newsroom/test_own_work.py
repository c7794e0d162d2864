"""Whose work waits in a root, also where it was done outside of it: who did it does not approve it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.models import InitiativeRelation, Milestone, Source, Statement
from newsroom.actions.authors import find_authors
from newsroom.actions.hold_back import hold_back
from newsroom.actions.move import move
from newsroom.actions.permissions import ActionError
from newsroom.actions.publish import publish
from newsroom.actions.review import approve, request_review
from newsroom.actions.schedule import execute_schedule, schedule_publication
from newsroom.actions.withdraw import withdraw
from newsroom.documents.changeset import find_along_drafts
from newsroom.documents.drafts import build_draft
from newsroom.models import ReviewEntry, set_actor
from record import languages
from tests.factories import (
    CitationFactory,
    InitiativeFactory,
    InitiativeRelationFactory,
    MilestoneFactory,
    OrganisationFactory,
    SourceFactory,
    StatementFactory,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(member):
    return member("reviewer")


@pytest.fixture
def refuses_own_work(member):
    """Asked for by an author, it is not this person's to approve, and another's it is."""

    def refuses(root, by):
        request_review(root=root, by=member("author"))
        seen = build_draft(root).digest
        with pytest.raises(ActionError, match="own work"):
            approve(root=root, by=by, seen=seen)
        assert approve(root=root, by=member("reviewer"), seen=seen)

    return refuses


def edited_by(user, row, **columns):
    with set_actor(user):
        for name, value in columns.items():
            setattr(row, name, value)
        row.save()


def test_who_rewrote_a_source_it_cites(reviewer, refuses_own_work):
    initiative = published(InitiativeFactory())
    edited_by(reviewer, Source.objects.get(), title="Reworded")
    refuses_own_work(initiative, reviewer)


def test_who_wrote_a_child_before_it_moved_here(reviewer, superuser, refuses_own_work):
    first, second = published(InitiativeFactory()), published(InitiativeFactory())
    with set_actor(reviewer):
        milestone = MilestoneFactory(initiative=first)
    move(child=milestone, to=second, by=superuser)
    refuses_own_work(second, reviewer)


def test_who_only_renamed_a_child_before_it_moved_here(reviewer, superuser, refuses_own_work):
    first, second = published(InitiativeFactory()), published(InitiativeFactory())
    milestone = MilestoneFactory(initiative=first)
    edited_by(reviewer, milestone, title_en="Renamed")
    move(child=milestone, to=second, by=superuser)
    refuses_own_work(second, reviewer)


def test_who_renamed_a_child_before_it_moved_to_a_root_published_since(reviewer, superuser, refuses_own_work):
    milestone = published(MilestoneFactory())
    second = InitiativeFactory()
    edited_by(reviewer, milestone, title_en="Renamed")
    published(second)
    move(child=milestone, to=second, by=superuser)
    refuses_own_work(second, reviewer)


def test_who_wrote_a_relation_that_was_held_back_while_the_root_was_published(reviewer, superuser, refuses_own_work):
    with set_actor(reviewer):
        relation = InitiativeRelationFactory(held_back=True)
    published(relation.other)
    published(relation.initiative)
    hold_back(rows=InitiativeRelation.objects.filter(pk=relation.pk), held=False, by=superuser)
    refuses_own_work(relation.initiative, reviewer)


def test_but_not_who_wrote_what_was_withdrawn_and_comes_back_as_it_was(reviewer, member, superuser):
    with set_actor(reviewer):
        milestone = MilestoneFactory()
    initiative = milestone.initiative
    published(initiative)
    withdraw(root=("initiative", str(initiative.content_id)), reason={"en": "In doubt"}, by=superuser)
    request_review(root=initiative, by=member("author"))
    assert approve(root=initiative, by=reviewer, seen=build_draft(initiative).digest)


def test_but_not_who_entered_a_source_that_is_cited_here_for_the_first_time(reviewer, member):
    with set_actor(reviewer):
        source = SourceFactory()
    initiative = published(InitiativeFactory())
    other = InitiativeFactory(cite=False)
    CitationFactory(cited=other, source=source)
    published(other)
    edited_by(member("author"), initiative, title_en="Better")
    CitationFactory(cited=initiative, source=source)
    request_review(root=initiative, by=member("author"))
    assert approve(root=initiative, by=reviewer, seen=build_draft(initiative).digest)


def test_who_wrote_before_a_child_was_moved_here_which_published_nothing_of_it(reviewer, superuser, refuses_own_work):
    milestone, initiative = published(MilestoneFactory()), published(InitiativeFactory())
    edited_by(reviewer, initiative, title_en="Not public yet")
    assert move(child=milestone, to=initiative, by=superuser)
    refuses_own_work(initiative, reviewer)


def test_but_not_who_wrote_a_withdrawn_child_that_came_back_here(reviewer, member, superuser):
    milestone, initiative = published(MilestoneFactory()), published(InitiativeFactory())
    key = ("initiative", str(milestone.initiative.content_id))
    withdraw(root=key, reason={"en": "Split up"}, by=superuser)
    move(child=milestone, to=initiative, by=superuser)
    edited_by(reviewer, milestone, title_en="Public with it")
    published(initiative)
    request_review(root=initiative, by=member("author"))
    assert approve(root=initiative, by=reviewer, seen=build_draft(initiative).digest)


def test_who_wrote_a_child_that_was_held_back_while_the_root_was_published(reviewer, superuser, refuses_own_work):
    initiative = InitiativeFactory()
    with set_actor(reviewer):
        milestone = MilestoneFactory(initiative=initiative, held_back=True)
    published(initiative)
    hold_back(rows=Milestone.objects.filter(pk=milestone.pk), held=False, by=superuser)
    refuses_own_work(initiative, reviewer)


def test_who_wrote_a_fact_that_was_held_back_while_the_root_was_published(reviewer, superuser, refuses_own_work):
    milestone = MilestoneFactory()
    with set_actor(reviewer):
        statement = StatementFactory(milestone=milestone, held_back=True)
    published(milestone.initiative)
    hold_back(rows=Statement.objects.filter(pk=statement.pk), held=False, by=superuser)
    refuses_own_work(milestone.initiative, reviewer)


def test_who_wrote_in_a_language_that_was_held_back_while_the_root_was_published(reviewer, refuses_own_work):
    initiative = InitiativeFactory()
    languages.set_held_back(initiative, "title", "zh-hant")
    edited_by(reviewer, initiative, title_zh_hant="計劃")
    published(initiative)
    languages.set_held_back(initiative, "title", "zh-hant", held=False)
    initiative.save()
    refuses_own_work(initiative, reviewer)


def test_who_edited_it_after_it_was_read_to_be_published(reviewer, superuser, refuses_own_work):
    initiative = InitiativeFactory()
    draft = build_draft(initiative)
    edited_by(reviewer, initiative, title_en="Not in it")
    publish(drafts=[draft], by=superuser)
    refuses_own_work(initiative, reviewer)


def test_what_is_ones_own_work_does_not_wait_for_one(reviewer, member, superuser):
    neighbour = published(OrganisationFactory())
    initiative = InitiativeFactory(lead=neighbour)
    draft = build_draft(initiative)
    edited_by(reviewer, initiative, title_en="Not in it")
    publish(drafts=[draft], by=superuser)
    edited_by(superuser, neighbour, name_en="Renamed")
    published(neighbour)  # an edition of the initiative follows it
    request_review(root=initiative, by=member("author"))
    waiting = [ReviewEntry.objects.waiting_for(each).count() for each in (reviewer, member("reviewer"))]
    assert waiting == [0, 1]


def test_who_edited_it_after_it_was_read_to_be_scheduled(reviewer, superuser, refuses_own_work):
    initiative, at = InitiativeFactory(), timezone.now() + timedelta(minutes=1)
    draft = build_draft(initiative)
    edited_by(reviewer, initiative, title_en="Not in it")
    row = schedule_publication(drafts=[draft], at=at, by=superuser)
    assert execute_schedule(schedule_id=row.pk, at=at).state == "published"
    refuses_own_work(initiative, reviewer)


def test_who_edited_a_small_root_after_it_was_scheduled_to_go_along(reviewer, superuser, refuses_own_work):
    lead = OrganisationFactory(checked=True)
    draft = build_draft(InitiativeFactory(lead=lead))
    at = timezone.now() + timedelta(minutes=1)
    row = schedule_publication(drafts=[draft, *find_along_drafts([draft])], at=at, by=superuser)
    edited_by(reviewer, lead, name_en="Renamed while it waited")
    assert execute_schedule(schedule_id=row.pk, at=at).state == "published"
    refuses_own_work(lead, reviewer)


@pytest.mark.parametrize("rows", [1, 3])
def test_what_was_released_and_what_moved_here_is_asked_for_at_once(superuser, rows, django_assert_num_queries):
    initiative = InitiativeFactory()
    held = [MilestoneFactory(initiative=initiative, held_back=True) for _ in range(rows)]
    published(initiative)
    hold_back(rows=Milestone.objects.filter(pk__in=[each.pk for each in held]), held=False, by=superuser)
    for _ in range(rows):
        move(child=published(MilestoneFactory()), to=initiative, by=superuser)
    draft = build_draft(initiative)
    with django_assert_num_queries(7):
        find_authors([draft])
