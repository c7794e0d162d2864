"""The panel on top of a form leads to what readers and partners have of it."""

import pytest

from tests.factories import (
    AnnouncementFactory,
    CommentaryFactory,
    ContextFactory,
    ExpertFactory,
    InitiativeFactory,
    OrganisationFactory,
    PageFactory,
    PersonFactory,
    PolicyAreaFactory,
    published,
)
from tests.newsroom import url

pytestmark = pytest.mark.django_db
ROOTS = (
    AnnouncementFactory,
    CommentaryFactory,
    ContextFactory,
    ExpertFactory,
    InitiativeFactory,
    OrganisationFactory,
    PageFactory,
    PersonFactory,
    PolicyAreaFactory,
)


@pytest.mark.parametrize("factory", ROOTS)
def test_a_public_record_is_one_click_from_its_page_and_its_json(login, superuser, factory):
    root = published(factory(), by=superuser)
    root.slug = "not-yet-public"
    root.save()
    client = login("author")
    panel = client.get(url(root, "change")).context["panel"]
    assert [client.get(each).status_code for each in (panel.public_url, panel.api_url)] == [200, 200]


def test_a_draft_has_neither(login):
    panel = login("author").get(url(InitiativeFactory(), "change")).context["panel"]
    assert (panel.public_url, panel.api_url) == ("", "")
