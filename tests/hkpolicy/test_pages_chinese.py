"""Every page of the record that ships, in both Chinese scripts: no English of ours on it, and Chinese punctuation.

What stays English is somebody's words, a source's title or a name without a Chinese form, and says so (`lang="en"`).
A title in the head can hold no such element: a name in it is one that the page itself marks as English.
"""

import html
import re
from collections import Counter, defaultdict, deque

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from hkpolicy.record.loading import load
from hkpolicy.record.pages import load_pages
from tests.hkpolicy.chinese import latin_runs, odd_marks, odd_spaces
from tests.hkpolicy.page_texts import texts_of

pytestmark = pytest.mark.django_db

LINK = re.compile(r'href="(/zh-han[st]/[^"#]*)')
ASKED_OF_ONE_PAGE = 3  # addresses with a query; there are thousands of filters, and few kinds of text
SEARCH = "search/?q=AI"
NOTHING = "nothing-of-that-name/"


@pytest.fixture(scope="module")
def shipped(django_db_setup, django_db_blocker):
    """The record and the pages that ship, published once for all tests here; undone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_pages(publishing=True)
        load(settings.BASE_DIR / "data/hk_record.yaml", publishing=True)
        yield
        transaction.set_rollback(True)


def crawl(client, language):
    """(address, page) of every page in this language that links lead to, and of one that is not there."""
    entrance = f"/{language}/"
    waiting, seen, asked = deque([entrance, entrance + SEARCH, entrance + NOTHING]), set(), Counter()
    while waiting:
        address = waiting.popleft()
        path, _mark, query = address.partition("?")
        if address in seen or "as_of=" in query or not path.startswith(entrance):
            continue
        seen.add(address)
        asked[path] += bool(query)
        if asked[path] > ASKED_OF_ONE_PAGE:
            continue
        response = client.get(address)
        if "html" in response.headers.get("Content-Type", ""):
            page = response.content.decode()
            waiting.extend(html.unescape(each) for each in LINK.findall(page))
            yield address, page


def english_of_ours(page):
    """Runs of English words outside what says that it is English, or is quoted."""
    texts = texts_of(page)
    names = [text.whole for text in texts if text.language == "en"]
    for text in texts:
        if not text.language.startswith("zh") or text.is_quoted:
            continue
        words = text.whole
        for name in names if "head" in text.within else ():
            words = words.replace(name, "")
        yield from (run for run in latin_runs(words) if not run.replace(" ", "").isupper())


def wrong_punctuation(page, language):
    for text in texts_of(page):
        if text.language == language and not text.is_quoted:
            yield from odd_marks(text.whole)
            yield from (spaced for node in text.nodes for spaced in odd_spaces(node))


@pytest.fixture(scope="module", params=["zh-hant", "zh-hans"])
def pages(request, shipped, django_db_blocker):
    with django_db_blocker.unblock():
        return request.param, dict(crawl(Client(), request.param))


def collected(pages, find):
    """{what was found: up to three addresses}."""
    found = defaultdict(list)
    for address, page in pages.items():
        for each in find(page):
            found[each] = [*found[each], address][:3]
    return dict(found)


def test_the_crawl_meets_the_whole_record(pages):
    _language, found = pages
    assert len(found) > 500


def test_no_english_of_ours_stands_on_a_chinese_page(pages):
    _language, found = pages
    assert collected(found, english_of_ours) == {}


def test_chinese_has_chinese_punctuation(pages):
    language, found = pages
    assert collected(found, lambda page: wrong_punctuation(page, language)) == {}
