"""Who may open which page of the admin."""

import pytest
from django.contrib.auth.models import Group
from django.utils import translation

from initiatives.models import Initiative, Milestone
from newsroom.models import Root
from record.models import Publication
from tests.factories import InitiativeFactory, MilestoneFactory, OrganisationFactory, UserFactory, published
from tests.publishing_helpers import FACTORIES, WORKING, opened, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", WORKING, ids=lambda model: model.__name__)
def test_every_list_can_be_searched(login, model):
    FACTORIES[model]()
    assert login("author").get(url(model, "changelist"), {"q": "words"}).status_code == 200


@pytest.mark.parametrize("model", WORKING, ids=lambda model: model.__name__)
def test_a_form_saved_untouched_changes_nothing(login, model):
    row = FACTORIES[model]()
    before = model.objects.filter(pk=row.pk).values().get()
    client = login("author")
    response = client.post(url(row, "change"), opened(client, url(row, "change")))
    assert response.status_code == 302, response.context["errors"]
    after = model.objects.filter(pk=row.pk).values().get()
    assert after | {"updated_at": None, "text_states": None} == before | {"updated_at": None, "text_states": None}


@pytest.mark.parametrize(
    ("role", "status"), [("anonymous", 302), ("stranger", 403), ("author", 200), ("administrator", 200)]
)
def test_publications_are_read_by_editors_and_written_by_nobody(login, role, status):
    published(InitiativeFactory())
    publication = Publication.objects.get()
    client = login(role)
    assert client.get(url(Publication, "changelist")).status_code == status
    assert client.get(url(publication, "change")).status_code == status
    assert client.get(url(Publication, "add")).status_code in (302, 403)
    assert client.post(url(publication, "delete"), {"post": "yes"}).status_code in (302, 403)
    assert Publication.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("anonymous", 302),
        ("stranger", 403),
        ("author", 403),
        ("reviewer", 403),
        ("publisher", 403),
        ("administrator", 200),
    ],
)
def test_users_and_groups_are_the_administrators(login, role, status):
    user = UserFactory()
    client = login(role)
    pages = [url(type(user), "changelist"), url(type(user), "add"), url(user, "change"), url(Group, "changelist")]
    assert [client.get(page).status_code for page in pages] == [status] * 4


def test_an_unfinished_draft_is_saved_with_a_slug_and_one_title(login):
    client = login("author")
    data = opened(client, url(Initiative, "add")) | {"slug": "institute", "title_zh_hant": "研究院"}
    response = client.post(url(Initiative, "add"), data)
    assert response.status_code == 302, response.context["errors"]
    initiative = Initiative.objects.get()
    assert (initiative.slug, initiative.title_zh_hant, initiative.title_zh_hans) == ("institute", "研究院", "研究院")


def test_a_root_without_any_title_is_refused(login):
    client = login("author")
    response = client.post(url(Initiative, "add"), opened(client, url(Initiative, "add")) | {"slug": "nameless"})
    assert "title_en" in response.context["adminform"].form.errors


def test_the_form_of_an_initiative_lists_its_children_and_adds_to_itself(login):
    initiative = InitiativeFactory()
    milestone = Milestone.objects.create(initiative=initiative, title_en="Institute opens")
    client = login("author")
    page = client.get(url(initiative, "change")).content.decode()
    assert f'href="{url(milestone, "change")}?next=' in page
    assert ">Institute opens</a>" in page
    assert f'href="{url(Milestone, "add")}?initiative={initiative.pk}&amp;next=' in page
    form = client.get(url(Milestone, "add"), {"initiative": initiative.pk}).context["adminform"].form
    assert form["initiative"].value() == str(initiative.pk)


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
@pytest.mark.parametrize(
    "model", [each for each in WORKING if issubclass(each, Root)], ids=lambda model: model.__name__
)
def test_every_root_is_previewed_by_the_sites_own_page(login, model, language):
    page = login("author").get(url(FACTORIES[model](), "preview", language))
    assert page.status_code == 200
    content = page.content.decode()
    assert f'<html lang="{language}"' in content
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in content
    assert url(model.objects.get(), "preview", "zh-hant") in content or language == "zh-hant"


def test_a_preview_shows_what_is_saved_and_not_published(login):
    milestone = published(MilestoneFactory())
    milestone.title_en = "A sentence nobody published"
    milestone.save()
    client = login("author")
    assert milestone.title_en in client.get(url(milestone.initiative, "preview", "en")).content.decode()
    assert milestone.title_en not in client.get(f"/en/initiatives/{milestone.initiative.slug}/").content.decode()


@pytest.mark.parametrize(("language", "name"), [("en", "Institute"), ("zh-hant", "研究院"), ("zh-hans", "研究院")])
def test_a_row_goes_by_its_name_in_the_language_of_whoever_looks(language, name):
    with translation.override(language):
        assert str(OrganisationFactory(name_en="Institute", name_zh_hant="研究院")) == name
        assert str(OrganisationFactory(name_en="Institute")) == "Institute"
