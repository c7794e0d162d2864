"""Every page of the record that ships, in both Chinese scripts: no English of ours on it, and Chinese punctuation.

What stays English is somebody's words, a source's title or a name without a Chinese form, and says so (`lang="en"`).
A title in the head can hold no such element: a name in it is one that the page itself marks as English.
"""

from collections import defaultdict

import pytest

from tests.hkpolicy.chinese import latin_runs, odd_marks, odd_spaces

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]


def english_of_ours(page):
    """Yield the runs of English words outside what says that it is English, or is quoted."""
    texts = page.texts
    names = [text.whole for text in texts if text.language == "en"]
    for text in texts:
        if not text.language.startswith("zh") or text.is_quoted:
            continue
        words = text.whole
        for name in names if "head" in text.within else ():
            words = words.replace(name, "")
        yield from (run for run in latin_runs(words) if not run.replace(" ", "").isupper())


def wrong_punctuation(page, language):
    for text in page.texts:
        if text.language == language and not text.is_quoted:
            yield from odd_marks(text.whole)
            yield from (spaced for node in text.nodes for spaced in odd_spaces(node))


def collected(pages, find):
    """Return {what was found: up to three addresses}."""
    found = defaultdict(list)
    for address, page in pages.items():
        for each in find(page):
            found[each] = [*found[each], address][:3]
    return dict(found)


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_no_english_of_ours_stands_on_a_chinese_page(crawled, language):
    assert collected(crawled.pages(language), english_of_ours) == {}


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_chinese_has_chinese_punctuation(crawled, language):
    assert collected(crawled.pages(language), lambda page: wrong_punctuation(page, language)) == {}
