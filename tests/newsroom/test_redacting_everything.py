"""What readers can open still opens when all that can be redacted of a thing is redacted, and holds none of it."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from hkpolicy.api.endpoints import ENDPOINTS
from newsroom.actions.rebuild import rebuild_editions
from newsroom.documents.changeset import build_changeset
from newsroom.documents.drafts import build_draft
from newsroom.documents.redactable import list_redactable_parts
from newsroom.documents.registry import get_published_type, get_row_type
from record.models import Publication, edition_classes
from tests import factories as make
from tests.redacting import path, redact
from tests.restoring import WHOLE

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]
WITHOUT_PAGE = ("area", "context")


def addresses(edition_class, edition):
    """Every way to one thing, and the lists, files and feeds that it stands in."""
    plural = edition_class.url_prefix
    for language in ("en", "zh-hant", "zh-hans"):
        if edition_class.type not in WITHOUT_PAGE:
            with override(language):
                yield reverse(edition_class.type, args=[edition.slug])
        yield from (f"/{language}/{page}" for page in ("", "changes/", "changes.atom", "milestones.ics"))
    yield f"/api/v1/{plural}/{edition.content_id}/"
    yield f"/api/v1/{plural}/"
    yield f"/api/v1/exports/{plural}.jsonl"


def read(client, address, **query):
    response = client.get(address, query)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, body.decode()


@pytest.mark.parametrize("build", WHOLE.values(), ids=WHOLE)
def test_all_of_it_at_once(client, build):
    root = make.published(build())
    fields = [path for part in list_redactable_parts(get_row_type(root), root.content_id) for path in part.values]
    redact(root, *fields)
    edition_class = edition_classes()[get_row_type(root)]
    edition = edition_class.objects.get(content_id=root.content_id)
    assert edition.slug == f"redacted-{root.content_id}"
    for address in addresses(edition_class, edition):
        assert read(client, address)[0] == 200, address
    for plural in ENDPOINTS:
        assert read(client, f"/api/v1/{plural}/")[0] == 200
        assert read(client, f"/api/v1/exports/{plural}.jsonl")[0] == 200
    root.refresh_from_db()
    assert not any(part.values for part in list_redactable_parts(get_row_type(root), root.content_id))
    assert rebuild_editions() == dict.fromkeys(edition_classes(), 0)
    for entry in build_changeset([build_draft(root)]).entries:
        live = entry.live.load_document()
        # Statements whose dates are gone stand in another order, and make no promise.
        assert {key for key in live if entry.document[key] != live[key]} <= {
            "statements",
            *get_published_type(entry.type).computed_keys,
        }


def test_no_reader_of_any_moment_finds_a_redacted_name(client, superuser):
    person = make.published(make.PersonFactory(name_en="Quoll Ng", name_zh_hant="袋鼬吳", slug="quoll-ng"))
    initiative = make.InitiativeFactory()
    make.StatementFactory(initiative=initiative, milestone=None, person=person)
    make.published(initiative)
    expert = make.published(make.ExpertFactory(person=person))
    moments = list(Publication.objects.order_by("-pk").values_list("published_at", flat=True)[:2])
    things = [(edition_classes()[get_row_type(each)], each) for each in (person, initiative, expert)]
    before = client.get(f"/api/v1/people/{person.content_id}/")
    assert "Quoll" in before.content.decode()

    redact(person, *(path(person, "name", language) for language in ("en", "zh-hant")), path(person, "slug"))

    again = client.get(f"/api/v1/people/{person.content_id}/", headers={"if-none-match": before["ETag"]})
    assert again.status_code == 200
    found = []
    for edition_class, row in things:
        edition = edition_class.objects.get(content_id=row.content_id)
        for address in addresses(edition_class, edition):
            for as_of in (None, *moments):
                query = {"as_of": as_of.isoformat()} if as_of else {}
                status, body = read(client, address, **query)
                found += [(address, as_of) for words in ("Quoll", "quoll", "袋鼬") if words in body]
                assert status in (200, 404, 400), address
    for address in ("/en/changes.atom", "/en/search/?q=quoll", "/api/v1/search/", "/api/v1/changes/"):
        _status, body = read(client, address, **({"q": "quoll"} if "api/v1/search" in address else {}))
        found += [address for words in ("Quoll", "quoll-ng", "袋鼬") if words in body]
    assert found == []
