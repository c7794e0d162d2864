"""Words within a page's language: kinds, units and publishers in Chinese, English runs in a `lang` of their own."""

import pytest
from django.utils import translation

from readers.templatetags.formatting import inline_title, localized_text, quoted_words, translated_words
from record.glossary import mark_english_runs, translate_term


@pytest.fixture(params=["zh-hant", "zh-hans"])
def chinese(request):
    with translation.override(request.param):
        yield request.param


def test_a_word_of_one_language_is_said_in_the_pages(chinese):
    assert translated_words("bureau") == {"zh-hant": "政策局", "zh-hans": "政策局"}[chinese]
    assert translated_words("persons") == "人"


def test_a_word_of_one_language_is_converted_for_simplified():
    assert translate_term("think tank", "zh-hans") == "智库"


def test_a_word_nobody_knows_stays_english_and_says_so(chinese):
    assert translated_words("Hong Kong Business") == '<span lang="en">Hong Kong Business</span>'


def test_on_an_english_page_a_word_stays_as_it_is():
    with translation.override("en"):
        assert translated_words("bureau") == "bureau"


def test_english_words_inside_chinese_ones_say_so():
    words = "Li Wei：東西方橋樑，見<Ostrov>及The Star"
    assert mark_english_runs(words, "zh-hant") == (
        '<span lang="en">Li Wei</span>：東西方橋樑，見&lt;Ostrov&gt;及<span lang="en">The Star</span>'
    )


@pytest.mark.parametrize("words", ["InnoHK創新香港研發平台", "3,000 petaFLOPS", "AI+與產業發展", "政府"])
def test_a_single_latin_word_inside_chinese_ones_stays_bare(words):
    assert mark_english_runs(words, "zh-hant") == words


def test_english_text_is_not_marked_within():
    assert mark_english_runs("Two <b> words", "en") == "Two <b> words"


def test_texts_names_and_quotes_mark_the_english_in_them(chinese):
    text = {"zh-hant": "Li Wei：橋樑", "zh-hans": "Li Wei：桥梁"}
    for shown in (localized_text(text), inline_title(text)):
        assert shown.startswith('<span lang="en">Li Wei</span>：')
    assert '<span lang="en">early next year</span>' in quoted_words("明年年初 (early next year)")


def unreviewed(words):
    return {
        "en": "Park",
        "zh-hant": words,
        "zh-hans": words,
        "state": {"zh-hant": "unreviewed", "zh-hans": "converted"},
    }


def test_a_translation_nobody_reviewed_is_told_in_both_scripts(chinese):
    with translation.override(chinese):
        assert 'class="mark"' in localized_text(unreviewed("園區"))
        assert 'class="mark"' not in localized_text(unreviewed("園區") | {"state": {"zh-hans": "converted"}})


def test_a_stale_translation_is_told_in_words():
    with translation.override("zh-hant"):
        assert '<small class="mark">' in localized_text(unreviewed("園區") | {"state": {"zh-hant": "stale"}})


def test_small_marks_stand_in_the_pages_own_brackets():
    with translation.override("zh-hant"):
        assert "（尚未翻譯）" in inline_title({"en": "Park"})
    with translation.override("en"):
        assert "(not yet translated)" in inline_title({"zh-hant": "園區"})
