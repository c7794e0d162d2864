"""A page the reader already has is not made again: 304 until the record, the day, the language or the code changes."""

import pytest
import time_machine

from tests.factories import InitiativeFactory, PageFactory, published

pytestmark = pytest.mark.django_db

PATHS = ["/en/", "/en/initiatives/", "/en/initiatives/institute/", "/en/track-record/", "/en/changes/", "/en/search/"]


@pytest.fixture
def record():
    published(PageFactory(slug="about"))
    return published(InitiativeFactory(slug="institute"))


def again(client, path, etag, **headers):
    return client.get(path, headers={"If-None-Match": etag} | headers)


@pytest.mark.parametrize("path", [*PATHS, "/en/initiatives/?as_of=2026-01-01", "/en/about/"])
def test_a_page_is_not_sent_twice(client, record, path):
    first = client.get(path)
    assert {"public", "max-age=0", "must-revalidate"} == set(first["Cache-Control"].split(", "))
    second = again(client, path, first["ETag"])
    assert (second.status_code, second.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Content-Language"):
        assert second[name] == first[name]


@pytest.mark.parametrize("path", PATHS)
def test_it_is_sent_anew_when_something_was_published(client, record, path):
    etag = client.get(path)["ETag"]
    record.title_en = "Renamed"
    record.save()
    assert again(client, path, etag).status_code == 304  # what is saved is not public
    published(record)
    response = again(client, path, etag)
    assert response.status_code == 200
    assert response["ETag"] != etag


def test_it_is_sent_anew_on_the_next_day_in_hong_kong(client, record):
    with time_machine.travel("2027-01-01T15:59:00Z", tick=False):
        etag = client.get("/en/initiatives/institute/")["ETag"]
    for instant, status in (("2027-01-01T15:59:59Z", 304), ("2027-01-01T16:00:00Z", 200)):
        with time_machine.travel(instant, tick=False):
            assert again(client, "/en/initiatives/institute/", etag).status_code == status


def test_a_script_that_asks_at_the_address_of_a_page_is_given_the_page(client, record):
    etag = client.get("/en/initiatives/")["ETag"]
    assert again(client, "/en/initiatives/", etag, **{"HX-Request": "true"}).status_code == 304


def test_each_language_question_and_release_is_a_page_of_its_own(client, record, settings):
    paths = [f"/{language}/initiatives/{query}" for language in ("en", "zh-hant") for query in ("", "?q=x", "?page=2")]
    etags = {client.get(path)["ETag"] for path in paths}
    assert len(etags) == len(paths)
    for name, value in (("RELEASE", "next"), ("CONTACT_EMAIL", "new@example.org"), ("SITE_URL", "https://new.example")):
        before = client.get("/en/initiatives/")["ETag"]
        setattr(settings, name, value)
        assert again(client, "/en/initiatives/", before).status_code == 200, name


@pytest.mark.parametrize(
    "path", ["/en/initiatives/other/", "/en/initiatives/?as_of=never", "/en/initiatives/institute/?as_of=2020-01-01"]
)
def test_what_is_no_page_is_told_anew_each_time(client, record, path):
    response = client.get(path)
    assert response.status_code in (400, 404)
    assert "ETag" not in response


def test_a_moment_that_has_come_is_answered_though_it_was_refused_before(client, record):
    with time_machine.travel("2027-01-01T00:00:00Z", tick=False):
        assert client.get("/en/initiatives/?as_of=2027-01-02").status_code == 400
    with time_machine.travel("2027-01-03T00:00:00Z", tick=False):
        assert client.get("/en/initiatives/?as_of=2027-01-02").status_code == 200


def test_a_preview_is_never_kept(client, record, superuser):
    client.force_login(superuser)
    response = client.get(f"/admin/initiatives/initiative/{record.pk}/preview/en/")
    assert "no-store" in response["Cache-Control"]
    assert "ETag" not in response


def test_while_code_is_written_every_page_is_made_anew(client, record, settings):
    settings.DEBUG = True
    assert "ETag" not in client.get("/en/initiatives/")


def test_what_is_sent_by_another_method_is_no_question_about_a_page(client, record):
    etag = client.get("/en/initiatives/")["ETag"]
    assert client.post("/en/initiatives/", headers={"If-None-Match": etag}).status_code != 304
    head = client.head("/en/initiatives/", headers={"If-None-Match": etag})
    assert head.status_code == 304
