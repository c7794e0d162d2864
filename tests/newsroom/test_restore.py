"""Restoring: the working copy says what an edition said, and nothing becomes public by it."""

import pytest
from django.core.exceptions import PermissionDenied

from initiatives.editions import InitiativeEdition, MilestoneEdition
from initiatives.models import Citation, Statement
from newsroom.actions.move import move
from newsroom.actions.permissions import ActionError
from newsroom.actions.restore import documents_after_publication, restore
from newsroom.actions.withdraw import withdraw
from newsroom.documents.changeset import build_changeset
from newsroom.documents.drafts import KEYS_FROM_RECORD, build_draft
from newsroom.documents.registry import get_row_type
from newsroom.models import WorkingChange
from record.documents.canonical_json import hash_documents
from record.models import Publication
from tests.factories import (
    AffiliationFactory,
    CitationFactory,
    ExpertFactory,
    InitiativeFactory,
    InitiativeRelationFactory,
    MilestoneFactory,
    OrganisationFactory,
    PersonFactory,
    PolicyAreaFactory,
    StatementFactory,
    UserFactory,
    published,
)
from tests.restoring import FACTS, WHOLE, children, destroy, last_publication, ruin

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]
NOTHING = {"changed": [], "recreated": [], "held_back": [], "held_texts": [], "left_out": []}


def back(root, by, publication=None):
    """Restore what was live after that publication of the root, or after its last."""
    publication = publication or last_publication(root)
    return restore(root_type=get_row_type(root), content_id=root.content_id, at_publication=publication, by=by)


def as_published(root) -> bool:
    """Tell if the working copy says what the last publication of it said, and publishing it would append nothing."""
    edition = documents_after_publication(get_row_type(root), root.content_id, last_publication(root))
    draft = build_draft(root)
    same = draft.digest == hash_documents(edition, ignoring=KEYS_FROM_RECORD)
    assert same is not bool(build_changeset([draft]).entries)
    return same


@pytest.fixture(params=WHOLE)
def root(request, superuser):
    """Of each type, one that says everything it can, published."""
    return published(WHOLE[request.param]())


def test_what_is_as_published_stays_untouched(root, superuser):
    assert vars(back(root, superuser)) == NOTHING


def test_everything_changed_comes_back(root, superuser):
    ruin(type(root).objects.filter(pk=root.pk))
    for rows in children(root):
        ruin(rows.all())
    for model in (*FACTS, Citation):
        ruin(model.objects.all())
    assert not as_published(root)
    back(root, superuser)
    assert as_published(root)


def test_everything_deleted_comes_back_with_its_content_id(root, superuser):
    destroy(root)
    assert get_row_type(root) in ("area", "page") or not as_published(root)
    back(root, superuser)
    assert as_published(root)


def test_an_older_edition_is_restored_and_published_again(superuser):
    milestone = published(MilestoneFactory(title_en="First"))
    initiative, first = milestone.initiative, Publication.objects.get()
    milestone.title_en, initiative.title_en = "Second", "Other"
    milestone.save()
    initiative.save()
    StatementFactory(milestone=milestone)
    published(initiative)
    back(initiative, superuser, first)
    published(initiative)
    for edition_class in (InitiativeEdition, MilestoneEdition):
        then, _second, now = (each.load_document() for each in edition_class.history.order_by("number"))
        assert now == then


def test_readers_see_nothing_of_it_until_it_is_published(superuser, client):
    initiative = published(MilestoneFactory()).initiative
    first = Publication.objects.get()
    initiative.title_en = "Changed"
    initiative.save()
    published(initiative)
    asked = (
        "/api/v1/initiatives/",
        f"/api/v1/initiatives/{initiative.slug}/",
        "/api/v1/milestones/",
        "/api/v1/changes/",
    )
    before = [client.get(address).content for address in asked]
    back(initiative, superuser, first)
    assert [client.get(address).content for address in asked] == before
    assert Publication.objects.count() == 2


def test_what_was_added_since_is_held_back_and_never_deleted(superuser):
    milestone = published(MilestoneFactory())
    known = StatementFactory(milestone=milestone, held_back=True)
    added = [StatementFactory(milestone=milestone), CitationFactory(cited=milestone)]
    child = MilestoneFactory(initiative=milestone.initiative)
    restored = back(milestone.initiative, superuser)
    assert vars(restored) == NOTHING | {"held_back": [added[1], added[0], child]}
    for row in (known, *added, child):
        row.refresh_from_db()
        assert row.held_back
    assert as_published(milestone.initiative)


def test_what_was_held_back_since_is_released(superuser):
    statement = StatementFactory()
    published(statement.milestone)
    for row in (statement, statement.milestone):
        row.held_back = True
        row.save()
    back(statement.milestone.initiative, superuser)
    assert as_published(statement.milestone.initiative)


def test_a_language_added_since_is_held_back_with_its_conversion(superuser):
    initiative = published(InitiativeFactory(title_en="Institute"))
    initiative.title_zh_hant = "研究院"
    initiative.save()
    restored = back(initiative, superuser)
    assert vars(restored) == NOTHING | {"changed": [initiative], "held_texts": [(initiative, "title", "zh-hant")]}
    initiative.refresh_from_db()
    assert (initiative.title_zh_hant, initiative.text("title")) == ("研究院", {"en": "Institute"})


def test_a_conversion_comes_back_as_a_conversion(superuser):
    initiative = published(InitiativeFactory(title_zh_hant="發展"))
    initiative.title_zh_hant, initiative.title_zh_hans = "改寫", "自己写的"
    initiative.save()
    back(initiative, superuser)
    initiative.refresh_from_db()
    assert initiative.title_zh_hans == "发展"
    initiative.title_zh_hant = "開放"
    initiative.save()
    assert initiative.title_zh_hans == "开放"


def test_it_needs_the_right_to_change_the_root(superuser, member):
    initiative = published(InitiativeFactory())
    for role in ("stranger", "author"):
        person = member(role)
        if role == "stranger":
            with pytest.raises(PermissionDenied):
                back(initiative, person)
        else:
            assert vars(back(initiative, person)) == NOTHING


def test_a_publication_that_left_nothing_of_it_public_is_refused(superuser):
    initiative = published(InitiativeFactory())
    published(InitiativeFactory())
    with pytest.raises(ActionError):
        back(initiative, superuser, Publication.objects.latest("pk"))
    withdraw(root=("initiative", str(initiative.content_id)), reason={"en": "Mistake"}, by=superuser)
    with pytest.raises(ActionError):
        back(initiative, superuser, Publication.objects.latest("pk"))


def test_what_was_withdrawn_is_restored_from_before(superuser):
    initiative = published(MilestoneFactory()).initiative
    first = Publication.objects.get()
    withdraw(root=("initiative", str(initiative.content_id)), reason={"en": "Mistake"}, by=superuser)
    initiative.milestones.all().delete()
    back(initiative, superuser, first)
    published(initiative)
    assert MilestoneEdition.objects.count() == 1


def test_a_slug_that_another_took_meanwhile_is_refused_with_its_name(superuser):
    initiative = published(InitiativeFactory(slug="institute"))
    initiative.slug = "renamed"
    initiative.save()
    InitiativeFactory(slug="institute", title_en="Squatter")
    with pytest.raises(ActionError, match="Squatter"):
        back(initiative, superuser)


def test_what_it_named_and_is_gone_is_told_and_not_invented(superuser):
    initiative = InitiativeFactory(lead=OrganisationFactory(name_en="Bureau"))
    initiative.areas.add(PolicyAreaFactory(title_en="AI"))
    relation = InitiativeRelationFactory(initiative=initiative, other=published(InitiativeFactory(title_en="Old")))
    published(initiative)
    initiative.lead.delete()
    initiative.areas.all().delete()
    other = relation.other
    relation.delete()
    other.delete()
    initiative.refresh_from_db()
    restored = back(initiative, superuser)
    assert restored.left_out == [
        f"Initiative “{initiative}”: “AI” is no longer in the newsroom",
        "Relation “Old”: “Old” is no longer in the newsroom",
        f"Initiative “{initiative}”: Lead organisation: “Bureau” is no longer in the newsroom",
    ]
    assert restored.recreated == []


def test_a_link_to_what_was_never_public_stays(superuser):
    initiative = InitiativeFactory(lead=OrganisationFactory(checked=False))
    initiative.areas.add(PolicyAreaFactory(checked=False))
    published(initiative)
    assert vars(back(initiative, superuser)) == NOTHING


def test_a_link_to_what_was_never_public_gives_way_where_only_one_may_be(superuser):
    expert = published(ExpertFactory(person=PersonFactory()))
    expert.person, expert.organisation = None, OrganisationFactory(checked=False)
    expert.save()
    back(expert, superuser)
    assert as_published(expert)


def test_a_child_that_moved_to_another_root_stays_there(superuser):
    milestone = published(MilestoneFactory(title_en="Opens"))
    old, first, new = milestone.initiative, Publication.objects.get(), published(InitiativeFactory())
    move(child=milestone, to=new, by=superuser)
    restored = back(old, superuser, first)
    assert vars(restored) == NOTHING | {"left_out": ["Milestone “Opens”: it belongs to something else now"]}


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_fact_put_elsewhere_comes_back_only_from_under_the_same_root(superuser, elsewhere):
    statement = StatementFactory()
    initiative = published(statement.milestone).initiative
    statement.milestone = MilestoneFactory() if elsewhere else MilestoneFactory(initiative=initiative)
    statement.save()
    restored = back(initiative, superuser)
    assert as_published(initiative) is not elsewhere
    assert bool(restored.left_out) is elsewhere
    assert Statement.objects.count() == 1


def test_a_statement_made_about_something_else_of_the_root_comes_back(superuser):
    statement = StatementFactory()
    initiative = published(statement.milestone).initiative
    statement.milestone, statement.initiative = None, initiative
    statement.save()
    back(initiative, superuser)
    assert as_published(initiative)


def test_facts_come_back_in_their_order(superuser):
    expert = ExpertFactory()
    rows = [AffiliationFactory(expert=expert, position=at) for at in range(3)]
    published(expert)
    rows[1].delete()
    rows[0].position = 9
    rows[0].save()
    back(expert, superuser)
    assert as_published(expert)


def test_a_source_that_is_there_is_used_as_it_is(superuser):
    milestone = published(MilestoneFactory())
    source = milestone.citations.get().source
    source.title = "Corrected"
    source.save()
    milestone.citations.all().delete()
    back(milestone.initiative, superuser)
    source.refresh_from_db()
    assert milestone.citations.get().source == source
    assert source.title == "Corrected"


def test_what_no_document_holds_stays(superuser):
    initiative = published(InitiativeFactory())
    initiative.internal_note, initiative.title_en = "Ask the bureau", "Changed"
    initiative.save()
    back(initiative, superuser)
    initiative.refresh_from_db()
    assert initiative.internal_note == "Ask the bureau"


def test_each_row_it_changes_is_logged_in_the_name_of_who_restores(superuser):
    milestone = published(StatementFactory().milestone)
    initiative, by = milestone.initiative, UserFactory(is_superuser=True)
    milestone.statements.all().delete()
    initiative.title_en = "Changed"
    initiative.save()
    added, before = CitationFactory(cited=initiative), WorkingChange.objects.latest("pk").pk
    restored = back(initiative, by)
    logged = WorkingChange.objects.filter(pk__gt=before)
    assert {each.actor for each in logged} == {by}
    touched = [*restored.changed, *restored.recreated, *restored.held_back]
    assert added in touched
    assert {str(each.content_id) for each in logged} == {str(row.content_id) for row in touched}


@pytest.mark.parametrize("rows", [1, 3])
def test_restoring_takes_a_bounded_number_of_queries(superuser, rows, django_assert_num_queries):
    initiative = InitiativeFactory()
    milestones = [MilestoneFactory(initiative=initiative) for _ in range(rows)]
    for milestone in milestones:
        StatementFactory(milestone=milestone)
    published(initiative)
    milestones[0].title_en = "Changed"
    milestones[0].save()
    publication = last_publication(initiative)
    with django_assert_num_queries(35):
        back(initiative, superuser, publication)
