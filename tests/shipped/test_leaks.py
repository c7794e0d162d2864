"""No draft reaches a reader: sentences planted in all that is unpublished are nowhere in the crawl of the record."""

import re
from collections import Counter

import pytest

from record.languages import LANGUAGES
from tests.shipped.crawling import NOT_THERE, SEARCHES
from tests.shipped.planting import PLANTED, PUBLIC, 公, 種

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]

ONE_THING = re.compile(r'"/[^"]*/(?:initiatives|organisations|experts|people)/[^"/?]+/')


def test_every_link_arrives(crawled):
    failed = {address: each.status for address, each in crawled.answers.items() if each.status not in (200, 301, 302)}
    assert failed == NOT_THERE | {"/api/v1/search/": 400}  # it needs a question
    assert Counter(address.split("/")[1] for address in crawled.answers).keys() >= {*LANGUAGES, "api"}
    assert [len(crawled.pages(language)) > 500 for language in LANGUAGES] == [True, True, True]


def test_nothing_unpublished_is_reached_from_any_entrance(crawled):
    echoing = {address for address, words in SEARCHES.items() if words in (PLANTED, 種)}
    leaking = {address for address, each in crawled.answers.items() if PLANTED in each.text or 種 in each.text}
    assert leaking <= echoing  # a search page repeats what was asked for, and finds nothing
    assert [address for address in sorted(echoing) if ONE_THING.search(crawled.answers[address].text)] == []


def test_what_is_public_is_reached_in_every_language_and_by_machines(crawled):
    texts = {address: each.text for address, each in crawled.answers.items() if address not in SEARCHES}
    told = Counter(address.split("/")[1] for address, text in texts.items() if PUBLIC in text)
    assert {"en", "api"} <= told.keys()
    told = Counter(address.split("/")[1] for address, text in texts.items() if 公 in text or "公开句子" in text)
    assert {"zh-hant", "zh-hans", "api"} <= told.keys()


def test_no_answer_asks_a_table_of_the_newsroom(crawled):
    assert crawled.statements > len(crawled.answers)
    assert crawled.misdeeds == []
