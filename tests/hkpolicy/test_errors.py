"""What a reader sees where there is nothing, or something is wrong: what happened, and ways on."""

import re
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection

from newsroom.actions.withdraw import withdraw
from record.models import Publication
from tests.factories import InitiativeFactory, published

LANGUAGES = ["en", "zh-hant", "zh-hans"]


def html(response):
    return response.content.decode()


@contextmanager
def no_database():
    def refuse(execute, sql, params, many, context):
        raise OperationalError("the database is away")

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_an_error_says_what_happened_in_its_language_and_offers_ways_on(client, superuser, language):
    initiative = published(InitiativeFactory(slug="institute"))
    withdraw(root=("initiative", str(initiative.content_id)), reason={"en": "By mistake"}, by=superuser)
    for status, path in (
        (404, "no/such-thing/"),
        (404, "initiatives/other/"),
        (410, "initiatives/institute/"),
        (400, "initiatives/?as_of=never"),
        (400, "changes/?as_of=2026-01-01"),
    ):
        response = client.get(f"/{language}/{path}")
        page = html(response).split("<main")[1].split("</main>")[0]
        assert (response.status_code, page.count("<h1")) == (status, 1), path
        assert response["Content-Language"] == language
        assert f'action="/{language}/search/"' in page
        assert re.findall(r'href="(/[^"]+)"', page)[-3:] == [
            f"/{language}/{name}/" for name in ("initiatives", "milestones", "changes")
        ]
        assert not response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "language"), [("zh-HK,zh;q=0.9", "zh-hant"), ("zh-CN", "zh-hans"), ("fr", "en"), ("", "en")]
)
@pytest.mark.parametrize("path", ["/no/such/thing", "/no/such/thing/", "/wp-login.php/x/"])
def test_an_address_without_a_language_is_not_found_in_the_readers(client, path, accepted, language):
    response = client.get(path, headers={"accept-language": accepted})
    assert response.status_code == 404
    assert f'<html lang="{language}">' in html(response)
    assert "Accept-Language" in response["Vary"]


@pytest.mark.django_db
def test_what_is_not_found_is_looked_for_by_the_words_of_its_address(client):
    assert 'name="q" value="ai research institute"' in html(client.get("/en/initiatives/ai-research_institute/"))
    assert 'name="q" value=""' in html(client.get("/en/initiatives/%22%3E%3C/"))


@pytest.mark.django_db
def test_a_page_of_before_its_time_says_since_when_there_is_a_record_and_leads_to_today_where_it_is_there(client):
    published(InitiativeFactory(slug="institute"))
    there, never = (
        html(client.get(f"/en/initiatives/{slug}/?as_of=2020-01-01&x=1")) for slug in ("institute", "other")
    )
    today = '<a href="/en/initiatives/institute/?x=1">Read the page as it stands now</a>'
    assert ("This part of the record is kept since" in there, today in there) == (True, True)
    assert ("This part of the record is kept since" in never, "Read the page as it stands now" in never) == (
        True,
        False,
    )
    assert 'href="/en/initiatives/?as_of=2020-01-01"' in there


@pytest.mark.django_db
def test_a_former_slug_leads_on_at_the_moment_asked_about(client):
    initiative = published(InitiativeFactory(slug="old"))
    before = Publication.objects.get().published_at.isoformat()
    initiative.slug = "new"
    initiative.save()
    published(initiative)
    after = Publication.objects.latest("id").published_at.isoformat().replace("+", "%2B")
    moved = client.get(f"/en/initiatives/old/?x=1&as_of={after}")
    assert (moved.status_code, moved["Location"]) == (301, f"/en/initiatives/new/?x=1&as_of={after}")
    assert client.get("/en/initiatives/old/", {"as_of": before}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_database_the_reader_is_told_in_their_language_and_sees_the_site(client, language):
    client.raise_request_exception = False
    with no_database():
        response = client.get(f"/{language}/initiatives/")
    assert response.status_code == 500
    assert f'<html lang="{language}">' in html(response)
    assert f'href="/{language}/initiatives/"' in html(response)


@pytest.mark.django_db
def test_where_even_the_page_of_errors_breaks_a_plain_one_speaks_all_three_languages(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("hkpolicy.context_processors.build_language_links", lambda *given: 1 / 0)
    response = client.get("/en/initiatives/")
    assert response.status_code == 500
    assert [words in html(response) for words in ("Something went wrong", "出錯了", "出错了")] == [True] * 3
    assert re.findall(r'href="([^"]+)"', html(response)) == ["/"]  # which leads each reader to their own language


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_refused_on_a_page(client):
    response = client.get("/zh-hant/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "elsewhere" not in html(response)


@pytest.mark.urls("tests.hkpolicy.refusing_urls")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_for_readers_says_so_in_their_language(client, language):
    response = client.get(f"/{language}/closed/")
    assert response.status_code == 403
    assert f'<html lang="{language}">' in html(response)
    assert f'action="/{language}/search/"' in html(response)
