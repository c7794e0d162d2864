"""The newsroom's page for what somebody may not do."""

import pytest
from django.urls import reverse

from tests.factories import InitiativeFactory
from tests.publishing_helpers import url

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]


def told(response) -> str:
    assert response.status_code == 403
    return " ".join(response.content.decode().split())


def test_it_says_which_roles_may_what_ones_own_is_and_leads_back(login):
    root = InitiativeFactory()
    form = url(root, "change")
    page = told(login("author").get(url(root, "publish"), headers={"referer": f"http://testserver{form}"}))
    assert "It needs one of the roles publisher, administrator." in page
    assert "Your role is author." in page
    assert f'<a href="{form}">Back to where you came from</a>' in page
    assert f'<a href="{reverse("admin:index")}">To the front page</a>' in page


def test_it_knows_what_pages_of_django_need(login):
    assert "It needs the role administrator." in told(login("author").get(url(InitiativeFactory(), "delete")))


def test_what_nobody_may_do_needs_no_role(login):
    assert "No role allows it." in told(login("administrator").get(reverse("admin:record_publication_add")))


def test_somebody_without_a_role_is_told_so(login):
    assert "You have no role yet." in told(login("stranger").get(url(type(InitiativeFactory()), "changelist")))


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hant", "需要以下其中一個角色"), ("zh-hans", "需要以下其中一个角色")]
)
def test_it_speaks_the_editors_language(login, language, words):
    client = login("author")
    client.post(reverse("admin:language"), {"language": language})
    assert words in told(client.get(url(InitiativeFactory(), "publish")))


def test_a_strange_site_is_no_way_back(login):
    page = told(login("author").get(url(InitiativeFactory(), "publish"), headers={"referer": "https://example.org/x"}))
    assert "example.org" not in page
