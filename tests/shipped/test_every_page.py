"""What every page of the record has, and what no answer has: cookies, and files from elsewhere."""

import re

import pytest

from record.languages import LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]

PAGES = ("about", "method", "privacy")
LOADED = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "preconnect", "dns-prefetch"}
SOURCE = re.compile(r'<(?:script|img|iframe|source|video|audio)[^>]* src="([^"]*)"')
LINK = re.compile(r'<link rel="([a-z ]*)"[^>]* href="([^"]*)"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_one_heading_its_language_a_search_and_an_address_to_write_to(crawled, language):
    for address, page in crawled.pages(language).items():
        assert page.text.count("<h1") == 1, address
        assert f'<html lang="{language}"' in page.text, address
        assert f'action="/{language}/search/"' in page.text, address
        assert 'href="mailto:' in page.text, address


def test_no_reader_is_given_a_cookie(crawled):
    """What the page on privacy says."""
    given = [address for address, answer in crawled.answers.items() if answer.cookies]
    assert given == ["/api/v1/docs/?script="]  # the tool that tries the API asks Django for its token
    pages = [page for language in LANGUAGES for page in crawled.pages(language).values()]
    assert [page.text for page in pages if "Cookie" in page.headers.get("Vary", "")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_on_a_page_comes_from_elsewhere_and_no_link_away_tells_the_page(crawled, language):
    for address, page in crawled.pages(language).items():
        loaded = SOURCE.findall(page.text) + [href for rel, href in LINK.findall(page.text) if rel in LOADED]
        assert [each for each in loaded if not each.startswith("/static/")] == [], address
        assert page.headers["Referrer-Policy"] == "same-origin", address


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_that_ship_have_headings_alike_and_no_mark_of_markdown_left(crawled, language):
    for slug in PAGES:
        body, english = (prose(crawled.answers[f"/{each}/{slug}/"].text) for each in (language, "en"))
        assert "*" not in body, slug
        targets = [f"/{language}/{each}" for each in re.findall(r'href="\.\./([^"#]*)', body)]
        assert [each for each in targets if crawled.answers[each].status != 200] == [], slug
        assert [body.count(tag) for tag in ("<h2>", "<li>")] == [english.count(tag) for tag in ("<h2>", "<li>")], slug


def prose(page):
    return page.split('class="prose"')[1].split("</div>")[0]
