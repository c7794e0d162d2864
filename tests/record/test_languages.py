"""Texts in three languages: conversion, states, and what search makes of them."""

import pytest

from record.languages import (
    detect_language,
    get_text_column,
    localize,
    set_held_back,
    text_to_document,
    tokenize_texts,
    update_text_states,
)


class Row:
    texts = ("title",)

    def __init__(self, **values):
        self.text_states = {}
        self.title_en = self.title_zh_hant = self.title_zh_hans = ""
        self.save(**values)

    def save(self, **values):
        for language, words in values.items():
            setattr(self, f"title_{language}", words)
        update_text_states(self)
        return text_to_document(self, "title")


def test_simplified_is_converted_from_traditional_and_says_so():
    assert text_to_document(Row(zh_hant="數碼港"), "title") == {
        "zh-hant": "數碼港",
        "zh-hans": "数码港",
        "state": {"zh-hans": "converted"},
    }


def test_a_conversion_has_the_quotation_marks_of_its_script():
    assert text_to_document(Row(zh_hant="「升級」，即『改良』"), "title")["zh-hans"] == "“升级”，即‘改良’"


def test_a_conversion_follows_its_source():
    row = Row(zh_hant="數碼港")
    assert row.save(zh_hant="科學園")["zh-hans"] == "科学园"
    assert row.save(zh_hant="") is None


def test_an_editors_own_simplified_text_stays_and_is_stale_once_its_source_changed():
    row = Row(zh_hant="數碼港")
    assert row.save(zh_hans="数码港区") == {"zh-hant": "數碼港", "zh-hans": "数码港区"}
    assert row.save(zh_hant="科學園")["state"] == {"zh-hans": "stale"}
    assert "state" not in row.save(zh_hans="香港科学园")


def test_a_translation_is_stale_once_its_source_changed_and_plain_again_when_rewritten():
    row = Row(en="Park", zh_hant="園")
    assert row.save(en="Science Park")["state"]["zh-hant"] == "stale"
    assert "zh-hant" not in row.save(zh_hant="科學園")["state"]


def test_a_language_held_back_is_left_out_with_what_was_converted_from_it():
    row = Row(en="Park", zh_hant="園")
    set_held_back(row, "title", "zh-hant")
    assert text_to_document(row, "title") == {"en": "Park"}
    set_held_back(row, "title", "zh-hant", held=False)
    assert text_to_document(row, "title")["zh-hans"] == "园"


def test_a_held_back_language_stays_so_when_the_row_is_saved_again():
    row = Row(en="Park", zh_hant="園")
    set_held_back(row, "title", "zh-hant")
    assert row.save(en="Science Park") == {"en": "Science Park"}


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("Park", "en")), ("zh-hant", ("园", "zh-hans")), ("zh-hans", ("园", "zh-hans"))],
)
def test_a_missing_language_shows_another_in_its_own(language, said):
    assert localize({"en": "Park", "zh-hans": "园"}, language) == said


def test_nothing_is_said_where_there_is_nothing():
    assert localize(None, "en") == ("", "en")


@pytest.mark.parametrize(
    ("words", "language"),
    [("this year", "en"), ("最快於2026年", "zh-hant"), ("年内将投入运作", "zh-hans"), ("年中", "zh-hant")],
)
def test_the_language_of_a_phrase_is_told_by_its_characters(words, language):
    assert detect_language(words) == language


def test_search_compares_words_and_pairs_of_characters_in_simplified():
    assert tokenize_texts("AI 研發院 2026") == ["ai", "研发", "发院", "2026"]
    assert tokenize_texts("港") == ["港"]


def test_columns_are_named_by_language():
    assert get_text_column("title", "zh-hant") == "title_zh_hant"
