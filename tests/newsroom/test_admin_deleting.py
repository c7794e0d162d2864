"""What was ever published cannot be deleted; what is in use stays."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME

from initiatives.editions import MilestoneEdition
from initiatives.models import Initiative, Milestone, Organisation, Source
from newsroom.actions.withdraw import withdraw
from tests.factories import (
    AnnouncementFactory,
    ContextFactory,
    ExpertFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    PersonFactory,
    SourceFactory,
    StatementFactory,
    published,
)
from tests.publishing_helpers import url

pytestmark = pytest.mark.django_db


def delete(client, row):
    return client.post(url(row, "delete"), {"post": "yes"})


def delete_selected(client, *rows):
    data = {"action": "delete_selected", ACTION_CHECKBOX_NAME: [row.pk for row in rows], "post": "yes"}
    return client.post(url(type(rows[0]), "changelist"), data)


def test_a_draft_is_deleted(login):
    assert delete(login("administrator"), InitiativeFactory()).status_code == 302
    assert not Initiative.objects.exists()


def test_a_published_root_is_not_deleted_and_not_offered_to_be(login):
    root = published(InitiativeFactory())
    client = login("administrator")
    assert url(root, "delete") not in client.get(url(root, "change")).content.decode()
    assert delete(client, root).status_code == 403
    assert Initiative.objects.exists()


def test_a_withdrawn_root_is_not_deleted_either(login, superuser):
    root = published(InitiativeFactory())
    withdraw(root=("initiative", str(root.content_id)), reason={"en": "Mistake"}, by=superuser)
    assert delete(login("administrator"), root).status_code == 403


def test_a_published_root_among_several_keeps_all_of_them(login):
    draft, public = InitiativeFactory(), published(InitiativeFactory())
    response = delete_selected(login("administrator"), draft, public)
    assert "It was published. Withdraw it instead" in response.content.decode()
    assert Initiative.objects.count() == 2
    delete_selected(login("administrator"), draft)
    assert list(Initiative.objects.all()) == [public]


def test_a_draft_is_not_deleted_with_a_published_root_that_hangs_on_it(login):
    fact = published(ContextFactory(initiative=InitiativeFactory()))
    assert delete(login("administrator"), fact.initiative).status_code == 200
    assert Initiative.objects.exists()


def test_a_published_child_is_deleted_and_stays_public_until_the_next_publication(login):
    milestone = published(MilestoneFactory(initiative__title_en="Institute"))
    StatementFactory(milestone=milestone)
    root = milestone.initiative
    client = login("author")
    assert "Readers see it until “Institute” is published" in client.get(url(milestone, "delete")).content.decode()
    assert delete(client, milestone).status_code == 302
    assert not Milestone.objects.exists()
    assert MilestoneEdition.objects.exists()
    published(root)
    assert not MilestoneEdition.objects.exists()


def test_authors_delete_facts_and_no_roots(login):
    client = login("author")
    fact, root = StatementFactory(), InitiativeFactory()
    assert delete(client, fact).status_code == 302
    assert delete(client, root).status_code == 403


@pytest.mark.parametrize("how", ["its page", "the list"])
def test_a_source_that_is_cited_stays(login, how):
    source = InitiativeFactory().citations.get().source
    client = login("administrator")
    response = delete(client, source) if how == "its page" else delete_selected(client, source)
    assert "What is in use can be deleted once these name something else." in response.content.decode()
    assert Source.objects.filter(pk=source.pk).exists()


def test_a_source_others_derive_from_stays_and_an_unused_one_goes(login):
    source = SourceFactory()
    derived = SourceFactory(derived_from=source)
    client = login("administrator")
    assert delete(client, source).status_code == 200
    assert delete(client, derived).status_code == 302
    assert delete(client, source).status_code == 302


def test_an_organisation_that_leads_or_takes_part_stays(login):
    lead, partner = OrganisationFactory(cite=False), OrganisationFactory(cite=False)
    initiative = InitiativeFactory(lead=lead)
    initiative.partners.add(partner)
    client = login("administrator")
    for organisation in (lead, partner):
        page = delete(client, organisation)
        assert "cannot be deleted" in page.content.decode()
        assert str(initiative) in page.content.decode()
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(("factory", "key"), [(ExpertFactory, "person"), (AnnouncementFactory, "delivered_by")])
def test_what_names_a_person_is_told_once_whether_the_database_would_refuse_or_unlink(login, factory, key):
    person = PersonFactory()
    naming = factory(**{key: person})
    told = login("administrator").get(url(person, "delete")).context["protected"]
    assert len(told) == 1
    assert str(naming) in told[0]


@pytest.mark.parametrize(("action", "held"), [("hold_back_rows", True), ("release_rows", False)])
def test_rows_are_held_back_and_released_from_the_list(login, action, held):
    rows = [MilestoneFactory(held_back=not held) for _ in range(2)]
    MilestoneFactory(held_back=not held)
    data = {"action": action, ACTION_CHECKBOX_NAME: [row.pk for row in rows]}
    login("author").post(url(Milestone, "changelist"), data)
    assert set(Milestone.objects.filter(held_back=held)) == set(rows)
