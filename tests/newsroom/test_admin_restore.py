"""Restoring in the admin: who may, what the page shows, and what an editor is told afterwards."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from initiatives.models import Initiative
from record.models import Publication
from tests.factories import InitiativeFactory, MilestoneFactory, StatementFactory, published
from tests.publishing_helpers import url
from tests.restoring import WHOLE, last_publication

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]


@pytest.fixture
def root(superuser):
    """Publish a root as “Before” and change it to “After”."""
    root = published(InitiativeFactory(title_en="Before"))
    root.title_en = "After"
    root.save()
    return root


def address(root, publication=None):
    return url(root, "restore", (publication or last_publication(root)).pk)


def restored(client, root, publication=None):
    page = client.get(address(root, publication))
    return client.post(address(root, publication), {"seen": page.context["seen"]})


@pytest.mark.parametrize(
    ("role", "get", "post"),
    [
        ("anonymous", 302, 302),
        ("stranger", 403, 403),
        ("author", 200, 302),
        ("reviewer", 200, 302),
        ("publisher", 200, 302),
        ("administrator", 200, 302),
    ],
)
def test_whoever_may_change_it_restores_it(login, root, role, get, post):
    client = login(role)
    response = client.get(address(root))
    assert response.status_code == get
    seen = response.context["seen"] if get == 200 else ""
    assert client.post(address(root), {"seen": seen}).status_code == post
    assert Initiative.objects.get().title_en == ("Before" if get == 200 else "After")


def test_it_needs_the_token_of_its_own_page(member, root):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member("author"))
    assert client.post(address(root)).status_code == 403


def test_the_page_shows_what_would_change_and_changes_nothing(login, root):
    [thing] = login("author").get(address(root)).context["things"]
    [row] = thing.rows
    assert [(piece.mark, piece.words) for piece in row.pieces] == [("deleted", "After"), ("inserted", "Before")]
    assert Initiative.objects.get().title_en == "After"


def test_what_changed_since_the_page_was_opened_is_shown_again_and_not_overwritten(login, root):
    client = login("author")
    seen = client.get(address(root)).context["seen"]
    root.title_en = "Written meanwhile"
    root.save()
    response = client.post(address(root), {"seen": seen})
    assert response.status_code == 409
    assert "Written meanwhile" in response.content.decode()
    assert Initiative.objects.get().title_en == "Written meanwhile"


def test_it_leads_to_the_form_and_tells_what_was_held_back_and_made_again(login, superuser):
    milestone = published(MilestoneFactory(title_en="Gone"))
    root, source = milestone.initiative, milestone.citations.get()
    milestone.delete()
    MilestoneFactory(initiative=root, title_en="Added")
    response = restored(login("author"), root)
    assert response.url == url(root, "change")
    told = [str(each) for each in get_messages(response.wsgi_request)]
    assert "Readers see nothing of this" in told[0]
    assert told[1:] == [
        f"Made again, since it was deleted:<ul><li>Milestone “Gone”</li><li>Citation “{source}”</li></ul>",
        "Held back, since that edition does not have it:<ul><li>Milestone “Added”</li></ul>",
    ]


def test_a_publication_that_did_not_touch_it_is_refused_kindly(login, root):
    published(InitiativeFactory())
    other = Publication.objects.latest("pk")
    response = login("author").get(address(root, other))
    assert response.status_code == 409
    assert "did not touch it" in response.content.decode()
    assert login("author").post(address(root, other), {"seen": ""}).status_code == 409
    assert login("author").get(url(root, "restore", other.pk + 1)).status_code == 404


def test_each_edition_of_a_root_has_a_way_to_be_restored(login, root):
    page = login("author").get(url(root, "editions")).content.decode()
    assert address(root) in page


@pytest.mark.parametrize("type", WHOLE)
def test_every_kind_of_root_has_the_page(login, superuser, type):
    root = published(WHOLE[type]())
    response = login("author").get(address(root))
    assert response.status_code == 200
    assert response.context["things"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_a_bounded_number_of_queries(login, superuser, rows, django_assert_num_queries):
    root = InitiativeFactory()
    milestones = [StatementFactory(milestone__initiative=root).milestone for _ in range(rows)]
    published(root)
    for milestone in milestones:
        milestone.title_en = "Changed"
        milestone.save()
    client, page = login("author"), address(root)
    client.get(page)
    with django_assert_num_queries(42):
        client.get(page)
