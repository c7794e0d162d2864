"""What the dialogs of the verbs say beside what they ask: what is missing, and what waits already."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from newsroom.actions.schedule import schedule_publication
from newsroom.admin.workflow.bulk import bulk_publish_url
from newsroom.documents.drafts import build_draft
from tests.factories import InitiativeFactory, published
from tests.publishing_helpers import url

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]


def refusals(root, seen):
    """(verb, what is sent, the wrong field) of forms that are not filled in as they should be."""
    return [
        ("withdraw", {"note_en": " "}, "note_en"),
        ("publish", {"seen": seen}, "update_type"),
        ("publish", {"seen": seen, "update_type": "minor", "_schedule": "Schedule"}, "publish_at"),
        ("review", {"verb": "send_back"}, "note"),
        ("redact", {"fields": ["x"]}, "note_en"),
        ("previews", {"days": ""}, "days"),
    ]


def test_what_is_missing_is_told_on_top_with_a_link_and_the_cursor_stands_in_it(login):
    root = published(InitiativeFactory())
    root.title_en = "Changed"
    root.save()
    client = login("administrator")
    for verb, sent, field in refusals(root, client.get(url(root, "publish")).context["seen"]):
        assert "errornote" not in client.get(url(root, verb)).content.decode()
        page = client.post(url(root, verb), sent)
        text = page.content.decode()
        assert text.index('class="errornote" role="alert"') < text.index("<form method", text.index("content-main"))
        assert f'<a href="#id_{field}">' in text
        assert f'id="id_{field}"' in text
        assert re.search(rf'<(input|textarea|select)[^>]*name="{field}"[^>]*autofocus', text), verb


def test_who_publishes_what_is_scheduled_is_warned_and_can_cancel_it_there(login, superuser):
    root, other = InitiativeFactory(), InitiativeFactory()
    at = timezone.now() + timedelta(days=2)
    schedule_publication(drafts=[build_draft(root)], at=at, by=superuser)
    client = login("publisher")
    page = client.get(url(root, "publish")).content.decode()
    assert "Publishing it now makes that publication fail" in page
    assert "makes that publication fail" not in client.get(url(other, "publish")).content.decode()
    many = client.get(bulk_publish_url([root, other]))
    assert many.content.decode().count("makes that publication fail") == 1
    back = re.search(r'(?s)action="[^"]*unschedule/">.*?name="next" value="([^"]+)"', page)[1]
    response = client.post(url(root, "unschedule"), {"next": back})
    assert response.url == url(root, "publish")
    assert "makes that publication fail" not in client.get(response.url).content.decode()
