"""The page that merges: who may, what it shows, where it leads."""

import pytest

from initiatives.editions import InitiativeEdition
from initiatives.models import Organisation, Person, Source
from tests.factories import (
    CitationFactory,
    InitiativeFactory,
    OrganisationFactory,
    PersonFactory,
    SourceFactory,
    StatementFactory,
    published,
)
from tests.publishing_helpers import queries_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]
MERGED = {Source: SourceFactory, Organisation: OrganisationFactory, Person: PersonFactory}
WHO = [
    ("anonymous", 302, 302),
    ("stranger", 403, 403),
    ("author", 403, 403),
    ("reviewer", 403, 403),
    ("publisher", 403, 403),
    ("administrator", 200, 302),
]


@pytest.mark.parametrize("model", MERGED)
@pytest.mark.parametrize(("role", "get", "post"), WHO)
def test_administrators_merge_what_was_never_published(login, model, role, get, post):
    row, into = MERGED[model](), MERGED[model]()
    client = login(role)
    assert client.get(url(row, "merge")).status_code == get
    assert client.post(url(row, "merge"), {"into": into.pk}).status_code == post
    assert model.objects.filter(pk=row.pk).exists() is (role != "administrator")


@pytest.mark.parametrize(("role", "status"), [("author", 403), ("publisher", 200), ("administrator", 200)])
def test_publishers_merge_what_was_published(login, role, status):
    assert login(role).get(url(published(OrganisationFactory()), "merge")).status_code == status


@pytest.mark.parametrize(("role", "shown"), [("author", False), ("administrator", True)])
def test_the_form_leads_to_it_with_permission_only(login, role, shown):
    row = SourceFactory()
    assert (url(row, "merge") in login(role).get(url(row, "change")).content.decode()) is shown


@pytest.mark.parametrize("chosen", ["", "0", "x", "999999", "itself"])
def test_nothing_is_merged_into_what_cannot_be_chosen(login, chosen):
    row, client = OrganisationFactory(), login("administrator")
    chosen = row.pk if chosen == "itself" else chosen
    for answer in (client.get(url(row, "merge"), {"into": chosen}), client.post(url(row, "merge"), {"into": chosen})):
        assert answer.status_code == 200
        assert answer.context["form"].errors
    assert Organisation.objects.filter(pk=row.pk).exists()


def test_what_is_not_there_is_not_found(login):
    assert login("administrator").get(url(Organisation(pk=1), "merge")).status_code == 404


def test_it_shows_what_will_move_and_which_roots_readers_must_see_published(login):
    row, into = OrganisationFactory(), OrganisationFactory()
    lead, told = InitiativeFactory(lead=row), StatementFactory(organisation=row)
    context = login("administrator").get(url(row, "merge"), {"into": into.pk}).context
    moving = {line.title for each in context["moving"] for line in each.row_lines}
    assert {str(lead), str(told)} <= moving
    assert {each["line"].title for each in context["roots"]} == {str(lead), str(told.milestone.initiative)}


def test_a_source_shows_what_cites_it_and_its_versions(login):
    row, into = SourceFactory(), SourceFactory()
    cited, version = (
        InitiativeFactory(cite__source=row),
        InitiativeFactory(cite__source=SourceFactory(translation_of=row)),
    )
    context = login("administrator").get(url(row, "merge"), {"into": into.pk}).context
    assert {each["line"].title for each in context["roots"]} == {str(cited), str(version)}


def test_merging_leads_on_to_publishing_what_readers_see_unmerged(login):
    row, into = SourceFactory(title="Twice"), SourceFactory(title="Once")
    public = published(InitiativeFactory(cite__source=row))
    InitiativeFactory(cite__source=row)
    client = login("administrator")
    page = client.post(url(row, "merge"), {"into": into.pk}).url
    context = client.get(page).context
    assert [root["url"] for root in context["roots"]] == [url(public, "change")]
    client.post(page, {"seen": context["seen"], "update_type": "minor"})
    citations = InitiativeEdition.objects.get().load_document()["citations"]
    assert [each["source"]["title"] for each in citations] == ["Once"]


def test_merging_what_no_reader_sees_leads_to_the_one_that_stays(login):
    row, into = SourceFactory(), SourceFactory()
    assert login("administrator").post(url(row, "merge"), {"into": into.pk}).url == url(into, "change")


def test_refused_it_says_why(login):
    row, into = published(OrganisationFactory()), OrganisationFactory()
    response = login("administrator").post(url(row, "merge"), {"into": into.pk})
    assert response.status_code == 409
    assert "Nothing was merged. Publish" in response.content.decode()


def test_the_page_asks_as_often_for_three_as_for_one(login):
    row, into, client, counts = SourceFactory(), SourceFactory(), login("administrator"), []
    for more in (1, 2):
        for _ in range(more):
            CitationFactory(cited=published(InitiativeFactory()), source=row)
        counts.append(queries_of(lambda: client.get(url(row, "merge"), {"into": into.pk})))
    assert counts[0] == counts[1]


def test_the_history_tells_where_a_citation_went(login):
    row, into = OrganisationFactory(name_en="Twice"), OrganisationFactory(name_en="Once")
    client = login("administrator")
    client.post(url(row, "merge"), {"into": into.pk})
    page = client.get(url(into, "history")).content.decode()
    assert "Belongs to" in page
    assert "Twice" in page
