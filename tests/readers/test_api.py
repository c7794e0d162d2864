"""What every endpoint of the API does alike, shown on initiatives."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from initiatives.editions import InitiativeEdition, MilestoneEdition
from newsroom.actions.withdraw import withdraw
from record.documents.canonical_json import decode_document
from record.models import Publication
from tests.factories import InitiativeFactory, MilestoneFactory, OrganisationFactory, published

pytestmark = pytest.mark.django_db

LIST = "/api/v1/initiatives/"


def slugs(answer):
    status, body = answer
    assert status == 200, body
    return [each["slug"] for each in body["results"]]


def problem(answer):
    """Return (status, parameter) of a problem."""
    status, body = answer
    assert body["status"] == status
    return status, [each["parameter"] for each in body.get("errors", [])]


def instants():
    return list(Publication.objects.order_by("id").values_list("published_at", flat=True))


def test_nothing_of_a_draft_or_an_unpublished_change_appears(get, client):
    assert get(LIST) == (200, {"next": None, "previous": None, "results": []})
    initiative = published(MilestoneFactory(title_en="Board named")).initiative
    initiative.summary_en = "an unpublished sentence"
    initiative.save()
    MilestoneFactory(initiative=initiative, title_en="an unpublished milestone")
    InitiativeFactory(slug="an-unpublished-initiative")
    body = client.get(LIST).content.decode()
    assert "Board named" in body
    assert "unpublished" not in body
    assert client.get(f"{LIST}an-unpublished-initiative/").status_code == 404


def test_a_list_and_a_detail_have_the_same_shape_by_slug_and_by_content_id(get):
    initiative = published(MilestoneFactory()).initiative
    [listed] = get(LIST)[1]["results"]
    assert get(f"{LIST}{initiative.slug}/") == (200, listed)
    assert get(f"{LIST}{initiative.content_id}/") == (200, listed)
    assert get(f"{LIST}{str(initiative.content_id).upper()}/") == (200, listed)


def test_text_is_utf_8_and_not_escaped(client):
    published(InitiativeFactory(title_zh_hant="人工智能研發院"))
    response = client.get(LIST)
    assert "人工智能研發院".encode() in response.content
    assert response["Content-Type"] == "application/json"


def test_a_former_slug_leads_to_the_new_one_and_keeps_the_query(client):
    initiative = published(InitiativeFactory(slug="before"))
    initiative.slug = "after"
    initiative.save()
    published(initiative)
    today = timezone.localdate().isoformat()
    response = client.get(f"{LIST}before/?as_of={today}")
    assert (response.status_code, response["Location"]) == (301, f"http://testserver{LIST}after/?as_of={today}")
    first, _ = instants()
    assert client.get(f"{LIST}before/", {"as_of": first.isoformat()}).status_code == 200


def test_what_was_withdrawn_answers_with_its_public_reason_and_left_the_lists(get, superuser):
    initiative = published(MilestoneFactory()).initiative
    withdraw(root=("initiative", str(initiative.content_id)), reason={"en": "Published by mistake"}, by=superuser)
    status, body = get(f"{LIST}{initiative.slug}/")
    assert (status, body["status"], body["reason"]) == (410, 410, {"en": "Published by mistake"})
    assert body["content_id"] == str(initiative.content_id)
    assert slugs(get(LIST)) == []
    assert get("/api/v1/milestones/")[1]["results"] == []


@pytest.mark.parametrize("path", [f"{LIST}nothing/", "/api/v1/nothing/", "/api/v1/initiatives/a/b/"])
def test_what_is_unknown_is_a_problem(client, path):
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert decode_document(response.content)["instance"] == path


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/initiatives", "/api/v1/initiatives/institute"])
def test_an_address_without_its_last_slash_is_sent_there(client, path):
    assert client.get(path, {"page_size": 1})["Location"] == f"{path}/?page_size=1"


def test_a_wrong_method_and_an_unknown_format_are_problems(client):
    assert problem((405, client.post(LIST).json())) == (405, [])
    response = client.get(LIST, headers={"Accept": "text/html"})
    assert (response.status_code, response["Content-Type"]) == (406, "application/problem+json")


def test_what_nobody_expected_is_a_problem_without_its_details(client, monkeypatch):
    monkeypatch.setattr("readers.api.views.paginate_editions", lambda *args, **options: 1 / 0)
    client.raise_request_exception = False
    response = client.get(LIST)
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert "division" not in response.content.decode()
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("page_size=0", "page_size"),
        ("page_size=101", "page_size"),
        ("page_size=many", "page_size"),
        ("page_size=²", "page_size"),
        ("cursor=nonsense", "cursor"),
        ("cursor=WyJhIixudWxsLGZhbHNlXQ", "cursor"),
        ("as_of=nonsense", "as_of"),
        ("as_of=2026-01-31T12:00:00", "as_of"),
        ("as_of=2999-01-01", "as_of"),
        ("updated_since=yesterday", "updated_since"),
        ("colour=red", "colour"),
        ("stage=unknown", "stage"),
        ("lead=nobody", "lead"),
        ("announced_after=soon", "announced_after"),
        ("page_size=1&page_size=2", "page_size"),
    ],
)
def test_a_wrong_parameter_is_named(get, query, parameter):
    assert problem(get(f"{LIST}?{query}")) == (400, [parameter])


def test_as_of_reads_what_stood_then_in_lists_and_details(get):
    milestone = published(MilestoneFactory(title_en="Before"))
    milestone.title_en = "After"
    milestone.save()
    published(milestone)
    first, second = instants()
    for instant, title in [(first, "Before"), (second, "After"), (second - timedelta(microseconds=1), "Before")]:
        query = f"?as_of={instant.isoformat().replace('+', '%2B')}"
        [listed] = get(f"{LIST}{query}")[1]["results"]
        assert [each["title"]["en"] for each in listed["milestones"]] == [title]
        assert get(f"{LIST}{milestone.initiative.slug}/{query}") == (200, listed)


def test_before_the_record_lists_are_empty_and_details_say_since_when_it_is_kept(get):
    initiative = published(InitiativeFactory())
    assert slugs(get(f"{LIST}?as_of=2001-01-01")) == []
    status, body = get(f"{LIST}{initiative.slug}/?as_of=2001-01-01")
    assert status == 404
    assert body["recorded_since"] == instants()[0].isoformat().replace("+00:00", "Z")


def test_updated_since_gives_what_changed_later_and_its_root(get):
    first = published(MilestoneFactory())
    published(InitiativeFactory())
    _, since = instants()
    first.title_en = "New"
    first.save()
    published(first)
    query = {"updated_since": since.isoformat()}
    assert slugs(get(LIST, query)) == [first.initiative.slug]
    assert [each["title"]["en"] for each in get("/api/v1/milestones/", query)[1]["results"]] == ["New"]
    assert len(slugs(get(f"{LIST}?updated_since={timezone.localdate().isoformat()}"))) == 2
    assert slugs(get(LIST, {"updated_since": instants()[-1].isoformat()})) == []


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_the_pages_of_a_list_join_up_forwards_and_backwards(get, size):
    for number in range(7):
        published(InitiativeFactory(slug=f"initiative-{number}"))
    pages, address = [], f"{LIST}?page_size={size}"
    while address:
        body = get(address)[1]
        pages.append([each["slug"] for each in body["results"]])
        last, address = address, body["next"]
    assert [slug for page in pages for slug in page] == [f"initiative-{number}" for number in range(7)]
    back = []
    while last:
        body = get(last)[1]
        back.append([each["slug"] for each in body["results"]])
        last = body["previous"]
    assert back == pages[::-1]


def test_what_the_client_already_has_is_not_sent_again(client, django_assert_num_queries):
    published(InitiativeFactory())
    response = client.get(LIST)
    again = {"If-None-Match": f'"other", {response["ETag"]}'}
    with django_assert_num_queries(1):
        unchanged = client.get(LIST, headers=again)
    assert (unchanged.status_code, unchanged.content, unchanged["ETag"]) == (304, b"", response["ETag"])
    assert client.get(f"{LIST}?page_size=1", headers=again).status_code == 200
    published(InitiativeFactory())
    assert client.get(LIST, headers=again).status_code == 200


def test_an_answer_of_yesterday_is_not_todays(client):
    published(InitiativeFactory())
    etag = client.get(LIST)["ETag"]
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert client.get(LIST, headers={"If-None-Match": etag}).status_code == 200


def test_an_answer_may_be_kept_by_caches_but_is_asked_about_again(client):
    response = client.get(LIST)
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert {name.strip() for name in response["Vary"].split(",")} == {"Accept", "Accept-Language"}
    assert not response.cookies


def test_an_edition_of_an_older_shape_is_read_in_the_current_one(get, monkeypatch):
    published(MilestoneFactory())
    monkeypatch.setattr(MilestoneEdition, "shape_version", 2)
    monkeypatch.setattr(MilestoneEdition, "document_migrations", {1: lambda document: document | {"weight": 3}})
    [listed] = get(LIST)[1]["results"]
    assert listed["milestones"][0]["weight"] == 3
    assert get("/api/v1/milestones/")[1]["results"] == listed["milestones"]
    assert "weight" not in MilestoneEdition.objects.get().document


def test_anonymous_requests_are_limited_where_a_rate_is_set(client, monkeypatch):
    monkeypatch.setattr("rest_framework.throttling.AnonRateThrottle.THROTTLE_RATES", {"anon": "1/hour"})
    assert client.get(LIST).status_code == 200
    response = client.get(LIST)
    assert (response.status_code, response["Content-Type"]) == (429, "application/problem+json")
    assert int(response["Retry-After"]) > 3000


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_rows(client, rows, django_assert_num_queries):
    for _ in range(rows):
        initiative = InitiativeFactory(lead=OrganisationFactory())
        for _ in range(rows):
            MilestoneFactory(initiative=initiative)
        published(initiative)
    with django_assert_num_queries(6):  # the last publication, the roots, four kinds of children
        client.get(LIST)
    with django_assert_num_queries(6):  # the slug's owner is asked for with the root
        client.get(f"{LIST}{initiative.slug}/")
    at = Publication.objects.last().published_at
    with django_assert_num_queries(6):
        client.get(LIST, {"as_of": at.isoformat()})
    assert InitiativeEdition.objects.count() == rows


@pytest.mark.parametrize(("path", "host", "status"), [("/api/v2/", "testserver", 404), (LIST, "elsewhere", 400)])
def test_an_error_outside_of_any_endpoint_is_a_problem_too(client, settings, path, host, status):
    settings.ALLOWED_HOSTS = ["testserver"]
    response = client.get(path, headers={"Host": host})
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert decode_document(response.content)["instance"] == path
