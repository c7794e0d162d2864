"""What the head of a page says of it."""

from html.parser import HTMLParser

import pytest

from tests.factories import PageFactory, published
from tests.publishing_helpers import url

pytestmark = pytest.mark.django_db
BODY = """**0;url=https://example.org/"** http-equiv="refresh" x="` <b onload='alert(1)'> & more"""
WORDS = """0;url=https://example.org/" http-equiv="refresh" x="` <b onload='alert(1)'> & more"""


def descriptions(page: str) -> list[dict]:
    """List the attributes of each element of the head that tells what the page is about."""
    found = []

    class Head(HTMLParser):
        def handle_starttag(self, tag, attributes):
            if tag == "meta" and "0;url" in str(attributes):
                found.append(dict(attributes))

    Head().feed(page)
    return found


def test_a_quote_in_the_text_of_a_page_ends_no_attribute(client, login):
    page = published(PageFactory(slug="help-us", body_en=BODY))
    described = {"name": "description", "content": WORDS}
    shown = client.get("/en/help-us/").content.decode()
    assert descriptions(shown) == [described, {"property": "og:description", "content": WORDS}]
    preview = login("author").get(url(page, "preview", "en")).content.decode()
    assert descriptions(preview) == [described]


def test_a_long_text_is_described_by_its_beginning(client):
    published(PageFactory(slug="help-us", body_en=f"0;url {'**Words.** ' * 100}"))
    described = descriptions(client.get("/en/help-us/").content.decode())
    assert described[0]["content"] == f"0;url {'Words. ' * 27}Word…"
