"""Redaction in the admin: only for administrators, proposed by one, seen and confirmed by another."""

import pytest

from initiatives.models import Initiative
from newsroom.models import Redaction
from record.languages import REDACTION_MARKERS
from tests.factories import InitiativeFactory, MilestoneFactory, StatementFactory, published
from tests.publishing_helpers import url
from tests.redacting import path, places_with

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]
REASON = {"note_en": "By order of a court."}


@pytest.fixture
def root(superuser):
    root = published(InitiativeFactory(title_en="Before Taipan"))
    root.title_en = "After Taipan"
    root.save()
    return published(root)


def proposed(client, root, *fields):
    response = client.post(url(root, "redact"), {"fields": fields, **REASON})
    assert response.status_code == 302
    return Redaction.objects.latest("pk")


@pytest.mark.parametrize(
    ("role", "status"),
    [("anonymous", 302), ("stranger", 403), ("author", 403), ("reviewer", 403), ("publisher", 403)],
)
def test_nobody_but_an_administrator_proposes_confirms_or_sees(login, member, root, role, status):
    row = proposed(login("administrator"), root, path(root, "title", "en"))
    client = login(role)
    for address in (url(root, "redact"), url(root, "redaction", row.pk)):
        assert client.get(address).status_code == status
        assert client.post(address, {"fields": [path(root, "title", "en")], "_confirm": "1", **REASON}).status_code == (
            status
        )
    assert Redaction.objects.open().count() == 1
    if role not in ("anonymous", "stranger"):
        assert url(root, "redact") not in client.get(url(root, "change")).content.decode()


def test_the_page_offers_what_every_edition_said_of_a_part(login, root):
    statement = StatementFactory(milestone=MilestoneFactory(initiative=root))
    published(root)
    client = login("administrator")
    assert url(root, "redact") in client.get(url(root, "change")).content.decode()
    page = client.get(url(root, "redact")).content.decode()
    assert "Before Taipan" in page
    assert "After Taipan" in page
    assert f"?part={statement.content_id}" in page
    part = client.get(url(root, "redact"), {"part": str(statement.content_id)}).content.decode()
    assert path(statement, "promised", "phrase") in part
    assert "soon" in part


def test_a_source_is_offered_by_its_title(login, root):
    source = root.citations.get().source
    page = login("administrator").get(url(root, "redact")).content.decode()
    assert f">Source: {source.title}<" in page


def test_two_administrators_redact_one_sees_what_will_go(login, root):
    row = proposed(login("administrator"), root, path(root, "title", "en"))
    own = login("administrator")
    own.force_login(row.proposed_by)
    assert "_confirm" not in own.get(url(root, "redaction", row.pk)).content.decode()
    assert own.post(url(root, "redaction", row.pk), {"_confirm": "1"}).status_code == 409
    other = login("administrator")
    page = other.get(url(root, "redaction", row.pk)).content.decode()
    assert "2 editions" in page
    assert "Before Taipan" in page
    assert other.post(url(root, "redaction", row.pk), {"_confirm": "1"}).status_code == 302
    assert places_with("Taipan") == set()
    assert Initiative.objects.get().title_en == REDACTION_MARKERS["en"]
    assert other.get(url(root, "redaction", row.pk)).status_code == 200
    assert other.post(url(root, "redaction", row.pk), {"_drop": "1"}).status_code == 409


def test_a_proposal_is_dropped_and_nothing_happens(login, root):
    row = proposed(login("administrator"), root, path(root, "title", "en"))
    assert login("administrator").post(url(root, "redaction", row.pk), {"_drop": "1"}).status_code == 302
    assert Initiative.objects.get().title_en == "After Taipan"
    assert Redaction.objects.get().dropped_by is not None


def test_a_proposal_needs_a_reason_and_something_to_redact(login, root):
    client = login("administrator")
    assert client.post(url(root, "redact"), {"fields": [path(root, "title", "en")]}).status_code == 200
    assert client.post(url(root, "redact"), REASON).status_code == 409
    assert client.post(url(root, "redact"), {"fields": ["initiative/x"], **REASON}).status_code == 409
    assert not Redaction.objects.exists()


@pytest.mark.parametrize(("chosen", "other"), [("zh-hant", "简体中文"), ("zh-hans", "繁體中文")])
def test_the_script_that_goes_along_is_told_before_it_is_chosen_and_before_it_is_gone(login, chosen, other):
    root = published(InitiativeFactory(title_zh_hant="從前", summary_zh_hant="撮要", summary_zh_hans="别的说法"))
    client = login("administrator")
    by_path = {each.path: each for each in client.get(url(root, "redact")).context["choices"]}
    assert by_path[path(root, "title", chosen)].other_script == other
    assert by_path[path(root, "title", "en")].other_script == ""
    assert by_path[path(root, "summary", chosen)].other_script == ""
    assert f"{other} goes as well" in client.get(url(root, "redact")).content.decode()
    row = proposed(client, root, path(root, "title", chosen))
    fields = client.get(url(root, "redaction", row.pk)).context["fields"]
    assert {(each["language"], *(words for words, _language in each["values"])) for each in fields} == {
        ("zh-hant", "從前"),
        ("zh-hans", "从前"),
    }
