"""Everything at once."""

import pytest

from record.documents.canonical_json import decode_document
from record.models import Change, Publication
from tests.factories import InitiativeFactory, MilestoneFactory, published

pytestmark = pytest.mark.django_db

EXPORT = "/api/v1/exports/initiatives.jsonl"


def lines(client, query=None):
    response = client.get(EXPORT, query)
    assert (response.status_code, response["Content-Type"]) == (200, "application/jsonl")
    return [decode_document(line) for line in response.getvalue().decode().splitlines()]


def test_every_list_has_its_export(get):
    names = get("/api/v1/exports/")[1]
    assert set(names) == set(get("/api/v1/")[1]) - {"changes", "search", "exports", "schema", "docs"}
    assert names["initiatives"] == f"http://testserver{EXPORT}"


def test_an_export_has_the_lines_of_the_list(client, get, monkeypatch):
    monkeypatch.setattr("readers.api.exports.EXPORT_BATCH_SIZE", 2)
    for _ in range(5):
        published(MilestoneFactory())
    InitiativeFactory()
    exported = sorted(lines(client), key=lambda each: each["slug"])
    assert exported == get("/api/v1/initiatives/")[1]["results"]


def test_an_export_reads_what_stood_at_a_moment(client):
    milestone = published(MilestoneFactory(title_en="Before"))
    milestone.title_en = "After"
    milestone.save()
    published(milestone)
    first = Publication.objects.order_by("id")[0].published_at
    assert [each["milestones"][0]["title"]["en"] for each in lines(client)] == ["After"]
    assert [each["milestones"][0]["title"]["en"] for each in lines(client, {"as_of": first.isoformat()})] == ["Before"]
    assert lines(client, {"as_of": "2001-01-01"}) == []


def test_what_is_published_meanwhile_does_not_mix_in(client, monkeypatch):
    monkeypatch.setattr("readers.api.exports.EXPORT_BATCH_SIZE", 1)
    milestones = [published(MilestoneFactory(title_en="Before")) for _ in range(2)]
    stream = iter(client.get(EXPORT).streaming_content)
    seen = [next(stream)]
    for milestone in milestones:
        milestone.title_en = "After"
        milestone.save()
        published(milestone)
    seen += stream
    assert [decode_document(line)["milestones"][0]["title"]["en"] for line in seen] == ["Before", "Before"]


@pytest.mark.parametrize("name", ["verdicts", "nothing"])
def test_an_export_that_is_none_is_a_problem(client, name):
    response = client.get(f"/api/v1/exports/{name}.jsonl")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_an_export_takes_a_moment_and_nothing_else(client):
    assert client.get(EXPORT, {"stage": "announced"}).status_code == 400
    assert client.get(EXPORT, {"as_of": "2999-01-01"}).status_code == 400


def test_an_empty_record_is_an_empty_file(client):
    assert lines(client) == []


def test_an_export_the_client_already_has_is_not_sent_again(client, django_assert_num_queries):
    published(InitiativeFactory())
    etag = client.get(EXPORT)["ETag"]
    with django_assert_num_queries(1):
        assert client.get(EXPORT, headers={"If-None-Match": etag}).status_code == 304


def test_the_files_and_their_index_say_from_which_change_to_follow(client):
    assert [client.get(path)["Last-Change"] for path in (EXPORT, "/api/v1/exports/")] == ["0", "0"]
    first, second = (published(InitiativeFactory()).content_id for _ in range(2))
    ids = [Change.objects.get(content_id=each).pk for each in (first, second)]
    assert [client.head(path)["Last-Change"] for path in (EXPORT, "/api/v1/exports/")] == [str(ids[1])] * 2
    then = Publication.objects.order_by("id")[0].published_at
    assert client.get(EXPORT, {"as_of": then.isoformat()})["Last-Change"] == str(ids[0])
