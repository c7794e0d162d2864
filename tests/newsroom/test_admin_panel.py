"""The panel on top of a form leads to what readers and partners have of it."""

import pytest
from django.utils import translation

from newsroom.actions.withdraw import withdraw
from newsroom.documents.registry import get_row_type
from record.dates import today
from record.formatting import format_day
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
from tests.publishing_helpers import url

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]
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


def test_a_withdrawn_record_says_when_by_whom_and_why_in_the_editors_language(login, superuser):
    superuser.first_name, superuser.last_name = "Ada", "Lee"
    superuser.save()
    root, client = published(InitiativeFactory(), by=superuser), login("author")
    assert not [each for each in client.get(url(root, "change")).context["panel"].notes if "Withdrawn" in each]
    reason = {"en": "It never began.", "zh-hant": "從未開展。"}
    withdraw(root=(get_row_type(root), str(root.content_id)), reason=reason, by=superuser)
    page = client.get(url(root, "change"))
    day = format_day(today())
    assert f"Withdrawn on {day} by Ada Lee. Readers are told: “It never began.”" in page.content.decode()
    assert "Public notice" in page.content.decode()
    panel = page.context["panel"]
    assert [client.get(each).status_code for each in (panel.public_url, panel.api_url)] == [410, 410]
    with translation.override("en"):  # put back afterwards
        client.post("/admin/language/", {"language": "zh-hant"})
        assert "從未開展。" in client.get(url(root, "change")).content.decode()
        published(root, by=superuser)
        assert "從未開展。" not in client.get(url(root, "change")).content.decode()
