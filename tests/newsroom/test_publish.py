"""The rules that make publishing safe (design §2)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from initiatives.editions import InitiativeEdition, MilestoneEdition, OrganisationEdition
from newsroom.actions.append import ChangeNote
from newsroom.actions.move import move
from newsroom.actions.permissions import ActionError
from newsroom.actions.publish import (
    SlugTaken,
    StaleDraft,
    UnacknowledgedWarnings,
    ValidationFailed,
    collect_warnings,
    publish,
    republish,
)
from newsroom.actions.withdraw import withdraw
from newsroom.choices import RootState
from newsroom.documents.changeset import build_changeset, get_public_states
from newsroom.documents.drafts import build_draft
from record.models import Change, Publication
from record.queries import documents_at
from tests.factories import (
    EvidenceFactory,
    InitiativeFactory,
    InitiativeRelationFactory,
    MilestoneFactory,
    OrganisationFactory,
    PolicyAreaFactory,
    UserFactory,
    published,
)

pytestmark = pytest.mark.django_db


def key(row, type="initiative"):
    return type, str(row.content_id)


def live(row, edition_class=InitiativeEdition):
    return edition_class.objects.get(content_id=row.content_id).load_document()


def state(row):
    return get_public_states("initiative", [row.content_id])[str(row.content_id)]


def test_what_is_saved_stays_private_until_its_root_is_published(superuser):
    initiative = published(InitiativeFactory())
    milestone = MilestoneFactory(initiative=initiative)
    assert not MilestoneEdition.objects.exists()
    published(initiative)
    assert [each.content_id for each in MilestoneEdition.objects.all()] == [milestone.content_id]


def test_publishing_twice_appends_nothing(superuser):
    initiative = published(InitiativeFactory())
    assert publish(drafts=[build_draft(initiative)], by=superuser) is None
    assert InitiativeEdition.history.count() == 1


def test_only_what_changed_gets_a_new_edition(superuser):
    first, second = (MilestoneFactory(initiative=initiative) for initiative in [InitiativeFactory()] * 2)
    initiative = published(first.initiative)
    first.title_en = "Renamed"
    first.save()
    publication = publish(
        drafts=[build_draft(initiative)], by=superuser, notes={key(initiative): ChangeNote({"en": "Why"})}
    )
    assert [(each.type, each.content_id, each.note) for each in publication.changes.all()] == [
        ("milestone", first.content_id, {"en": "Why"})
    ]
    assert MilestoneEdition.history.filter(content_id=second.content_id).count() == 1


def test_publishing_needs_the_permission(superuser):
    with pytest.raises(PermissionDenied):
        publish(drafts=[build_draft(InitiativeFactory())], by=UserFactory())
    assert not Publication.objects.exists()


def test_two_new_things_that_name_each_other_are_published_together_with_their_names(superuser):
    relation = InitiativeRelationFactory()
    publish(drafts=[build_draft(relation.initiative), build_draft(relation.other)], by=superuser)
    [named] = live(relation.initiative)["relations"]
    assert named == {
        "type": "initiative",
        "content_id": str(relation.other.content_id),
        "relation": "predecessor",
        "slug": relation.other.slug,
        "title": {"en": relation.other.title_en},
    }


def test_what_was_never_public_is_left_out_and_the_namer_is_offered_once_it_is(superuser):
    relation = InitiativeRelationFactory()
    published(relation.initiative)
    assert live(relation.initiative)["relations"] == []
    assert state(relation.initiative) == RootState.PUBLISHED
    published(relation.other)
    assert state(relation.initiative) == RootState.CHANGED


def test_a_checked_small_root_goes_along_and_an_unchecked_one_does_not(superuser):
    initiative = InitiativeFactory(lead=OrganisationFactory(parent=OrganisationFactory()))
    initiative.areas.add(PolicyAreaFactory(checked=False))
    published(initiative)
    assert live(initiative)["lead"]["slug"] == initiative.lead.slug
    assert live(initiative.lead, OrganisationEdition)["parent"]["slug"] == initiative.lead.parent.slug
    assert live(initiative)["areas"] == []


def test_naming_a_new_checked_small_root_is_an_unpublished_change(superuser):
    initiative = published(InitiativeFactory())
    initiative.lead = OrganisationFactory()
    initiative.save()
    assert state(initiative) == RootState.CHANGED


def test_a_new_name_reaches_whatever_names_it_from_its_live_document(superuser):
    initiative = published(InitiativeFactory(lead=OrganisationFactory()))
    initiative.summary_en = "An unpublished sentence"
    initiative.save()
    initiative.lead.name_en = "New name"
    initiative.lead.save()
    published(initiative.lead)
    assert live(initiative)["lead"]["title"] == {"en": "New name"}
    assert live(initiative)["summary"] is None
    change = Change.objects.latest("id")
    assert (change.type, change.update_type, change.note) == ("initiative", "minor", None)


def test_a_neighbours_new_name_does_not_move_a_draft_but_another_publication_does(superuser):
    initiative = published(InitiativeFactory(lead=OrganisationFactory()))
    initiative.summary_en = "Written"
    initiative.save()
    draft = build_draft(initiative)
    initiative.lead.name_en = "New name"
    initiative.lead.save()
    published(initiative.lead)
    assert publish(drafts=[draft], by=superuser) is not None
    assert live(initiative)["lead"]["title"] == {"en": "New name"}
    with pytest.raises(StaleDraft):
        publish(drafts=[draft], by=superuser)


def test_a_deleted_and_a_held_back_child_get_tombstones_at_the_next_publication(superuser):
    first, second = (MilestoneFactory(initiative=initiative) for initiative in [InitiativeFactory()] * 2)
    initiative = published(first.initiative)
    deleted, held = first.content_id, second.content_id
    first.delete()
    second.held_back = True
    second.save()
    assert MilestoneEdition.objects.count() == 2
    published(initiative)
    assert not MilestoneEdition.objects.exists()
    assert {each.content_id for each in MilestoneEdition.history.filter(tombstone=True)} == {deleted, held}


def test_withdrawing_leaves_a_tombstone_without_text_and_unlinks_what_names_it(superuser):
    relation = InitiativeRelationFactory()
    milestone = MilestoneFactory(initiative=relation.other, title_en="Gone with it")
    publish(drafts=[build_draft(relation.initiative), build_draft(relation.other)], by=superuser)
    withdraw(root=key(relation.other), reason={"en": "Published by mistake"}, by=superuser)
    assert not MilestoneEdition.objects.filter(content_id=milestone.content_id).exists()
    tombstone = InitiativeEdition.history.get(content_id=relation.other.content_id, tombstone=True)
    assert tombstone.load_document() == {
        "type": "initiative",
        "content_id": str(relation.other.content_id),
        "withdrawn": True,
        "reason": {"en": "Published by mistake"},
    }
    assert live(relation.initiative)["relations"][0]["withdrawn"] is True
    assert state(relation.other) == RootState.WITHDRAWN
    assert state(relation.initiative) == RootState.PUBLISHED


def test_what_was_withdrawn_can_be_published_again_and_is_linked_again(superuser):
    relation = InitiativeRelationFactory()
    publish(drafts=[build_draft(relation.initiative), build_draft(relation.other)], by=superuser)
    withdraw(root=key(relation.other), reason={"en": "Mistake"}, by=superuser)
    published(relation.other)
    assert "withdrawn" not in live(relation.initiative)["relations"][0]
    editions = InitiativeEdition.history.filter(content_id=relation.other.content_id).order_by("number")
    assert [each.number for each in editions] == [1, 2, 3]


def test_withdrawing_needs_a_reason_and_happens_once(superuser):
    initiative = published(InitiativeFactory())
    with pytest.raises(ActionError):
        withdraw(root=key(initiative), reason={"en": ""}, by=superuser)
    assert withdraw(root=key(initiative), reason={"en": "Mistake"}, by=superuser) is not None
    assert withdraw(root=key(initiative), reason={"en": "Mistake"}, by=superuser) is None


def test_a_slug_belongs_for_ever_to_the_first_that_published_it(superuser):
    first = published(InitiativeFactory(slug="institute"))
    first.slug = "renamed"
    first.save()
    published(first)
    second = InitiativeFactory(slug="institute")
    with pytest.raises(SlugTaken):
        published(second)
    second.delete()
    first.slug = "institute"
    first.save()
    assert live(published(first))["slug"] == "institute"


def test_what_blocks_is_listed_by_thing_and_field_and_nothing_is_appended(superuser):
    milestone = MilestoneFactory(cite=False, result="met", initiative=InitiativeFactory(cite=False))
    milestone.title_en = ""
    milestone.save()
    with pytest.raises(ValidationFailed) as blocked:
        published(milestone)
    assert {(each.type, each.field) for each in blocked.value.problems} == {
        ("initiative", "citations"),
        ("milestone", "citations"),
        ("milestone", "evidence"),
        ("milestone", "checked_by"),
        ("milestone", "title_en"),
    }
    assert f"initiative “{milestone.initiative}”, citations: A stated fact has no citation." in str(blocked.value)
    assert not Publication.objects.exists()


def test_a_result_with_evidence_and_a_second_person_is_published(superuser):
    milestone = MilestoneFactory(result="met", result_set_by=UserFactory(), checked_by=superuser)
    EvidenceFactory(milestone=milestone)
    assert live(published(milestone), MilestoneEdition)["result"] == "met"


def test_a_published_child_keeps_its_root_until_it_is_moved(superuser):
    milestone = published(MilestoneFactory(title_en="Live words"))
    old, new = milestone.initiative, published(InitiativeFactory())
    milestone.initiative = new
    milestone.save()
    with pytest.raises(ActionError):
        publish(drafts=[build_draft(new), build_draft(old)], by=superuser)
    milestone.title_en = "Unpublished words"
    milestone.save()
    move(child=milestone, to=new, by=superuser)
    document = live(milestone, MilestoneEdition)
    assert (document["title"], document["initiative"]["slug"]) == ({"en": "Live words"}, new.slug)
    assert [state(each) for each in (old, new)] == [RootState.PUBLISHED, RootState.CHANGED]
    assert publish(drafts=[build_draft(old)], by=superuser) is None


def test_a_withdrawn_child_comes_back_under_another_root(superuser):
    milestone = published(MilestoneFactory())
    old, new = milestone.initiative, published(InitiativeFactory())
    milestone.held_back = True
    milestone.save()
    published(old)
    assert move(child=milestone, to=new, by=superuser) is None
    milestone.held_back = False
    milestone.save()
    publication = publish(drafts=[build_draft(new), build_draft(old)], by=superuser)
    assert [(each.action, each.content_id, each.root_content_id) for each in publication.changes.all()] == [
        ("published", milestone.content_id, new.content_id)
    ]
    edition = MilestoneEdition.objects.get()
    first = MilestoneEdition.history.get(number=1)
    assert (edition.root_content_id, edition.number, edition.revision) == (new.content_id, 3, 3)
    assert edition.first_published_at == first.live_from
    assert edition.load_document()["initiative"]["slug"] == new.slug
    assert [len(documents_at(key(root))) for root in (old, new)] == [1, 2]
    assert [len(documents_at(key(root), first.live_from)) for root in (old, new)] == [2, 0]
    assert [publish(drafts=[build_draft(root)], by=superuser) for root in (old, new)] == [None, None]


def test_a_child_of_a_withdrawn_root_comes_back_under_another(superuser):
    milestone = published(MilestoneFactory())
    old, new = milestone.initiative, published(InitiativeFactory())
    withdraw(root=key(old), reason={"en": "Split up"}, by=superuser)
    move(child=milestone, to=new, by=superuser)
    published(new)
    assert live(milestone, MilestoneEdition)["initiative"]["slug"] == new.slug
    assert [each["type"] for each in documents_at(key(published(old)))] == ["initiative"]


def test_a_child_moves_only_to_what_is_public(superuser):
    milestone = published(MilestoneFactory())
    with pytest.raises(ActionError):
        move(child=milestone, to=InitiativeFactory(), by=superuser)


def test_an_attestation_changes_the_live_document_and_nothing_else(superuser):
    initiative = published(InitiativeFactory())
    initiative.summary_en = "Unpublished"
    initiative.save()
    draft = build_draft(initiative)
    republish(
        edition_class=InitiativeEdition,
        content_id=initiative.content_id,
        changes={"attested_on": "2026-11-22"},
        by=superuser,
    )
    edition = InitiativeEdition.objects.get()
    assert (edition.attested_on, edition.load_document()["summary"]) == (date(2026, 11, 22), None)
    publish(drafts=[draft], by=superuser)
    assert live(initiative)["attested_on"] == "2026-11-22"


def test_an_attestation_is_redone_without_a_new_edition(superuser):
    initiative = published(InitiativeFactory())
    for expected in (2, 2):
        republish(
            edition_class=InitiativeEdition,
            content_id=initiative.content_id,
            changes={"attested_on": "2026-11-22"},
            by=superuser,
        )
        assert InitiativeEdition.history.count() == expected


def test_the_record_at_an_instant_is_what_was_live_then(superuser):
    initiative = published(InitiativeFactory(title_en="Before"))
    initiative.title_en = "After"
    initiative.save()
    published(initiative)
    earlier, later = (each.live_from for each in InitiativeEdition.history.order_by("number"))
    assert [each.load_document()["title"]["en"] for each in InitiativeEdition.objects.at(earlier)] == ["Before"]
    assert [each.load_document()["title"]["en"] for each in InitiativeEdition.objects.at(later)] == ["After"]
    assert later > earlier


@pytest.mark.parametrize("rows", [1, 50])
def test_publishing_takes_a_bounded_number_of_queries(superuser, rows, django_assert_num_queries):
    initiative = InitiativeFactory(lead=OrganisationFactory())
    milestones = [MilestoneFactory(initiative=initiative) for _ in range(rows)]
    published(initiative)
    milestones[-1].title_en = "Changed"
    milestones[-1].save()
    with django_assert_num_queries(41):
        published(initiative, by=superuser)


@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_left_out_is_looked_up_together(superuser, rows, django_assert_num_queries):
    initiative = published(InitiativeFactory())
    initiative.partners.set([OrganisationFactory(checked=False) for _ in range(rows)])
    drafts = [build_draft(initiative)]
    planned = build_changeset(drafts)
    with django_assert_num_queries(1):
        warnings = collect_warnings(drafts, planned)
    assert len(warnings[key(initiative)]) == rows


def test_what_two_name_and_is_not_public_is_told_once_of_their_publication(superuser):
    lead = OrganisationFactory(checked=False)
    with pytest.raises(UnacknowledgedWarnings) as warned:
        publish(drafts=[build_draft(InitiativeFactory(lead=lead)) for _ in range(2)], by=superuser)
    assert [problem.content_id for problem in warned.value.problems] == [str(lead.content_id)]
