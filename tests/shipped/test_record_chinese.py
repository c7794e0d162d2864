"""The record that ships reads in Chinese: each text of ours has Chinese words, written as Hong Kong writes them."""

import pytest
import yaml
from django.conf import settings

from experts.models import Expert
from initiatives.models import Figure, Initiative, Organisation, Outcome, Person, Target
from record.glossary import GLOSSARY_FILE, translate_term
from record.languages import is_text
from record.models import edition_classes
from tests.hkpolicy.chinese import latin_runs, odd_marks, unquoted

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]

RECORD = settings.BASE_DIR / "data/hk_record.yaml"
CHINESE = settings.BASE_DIR / "data/hk_record.zh-hant.yaml"


def texts(node):
    """Every text of a document, and of what it names."""
    if isinstance(node, list):
        for each in node:
            yield from texts(each)
    elif is_text(node):
        yield node
    elif isinstance(node, dict):
        for each in node.values():
            yield from texts(each)


def published():
    """{English words or "": a text} of all that readers get."""
    return [
        text
        for edition_class in edition_classes().values()
        for edition in edition_class.objects.all()
        for text in texts(edition.load_document())
    ]


def names_without_chinese():
    """Names of persons and bodies that the record gives in English only, and what it gives in Chinese from memory."""
    rows = [*Organisation.objects.all(), *Person.objects.all(), *Expert.objects.all(), *Initiative.objects.all()]
    named = [row.text(row.name_text) for row in rows]
    return {text["en"] for text in named if text and "zh-hant" not in text}


def translations():
    """{place: {"en", "zh-hant"}} of the file that ships."""
    content = yaml.safe_load(CHINESE.read_text(encoding="utf-8"))
    return {
        f"{section} {id} {name}": text
        for section, rows in content.items()
        for id, row in rows.items()
        for name, text in row.items()
    }


def words():
    return {place: text["zh-hant"] for place, text in translations().items()}


def test_every_text_of_ours_has_chinese_words(shipped):
    english = {text["en"] for text in published() if "en" in text and "zh-hant" not in text}
    assert english - names_without_chinese() == set()


def test_what_has_no_chinese_is_a_name_or_written_from_memory(shipped):
    titles = {row.text("title")["en"] for row in Initiative.objects.all() if "zh-hant" not in row.text("title")}
    assert titles == {
        "Hong Kong Generative Artificial Intelligence Technical and Application Guideline",
        "Technology Voucher Programme",
    }
    assert len(names_without_chinese()) < 30


def test_every_translation_is_of_the_words_that_the_record_now_has(shipped):
    assert set(shipped.lines_by_heading) == {"Warnings"}
    assert shipped.counts["written"]["translations"] == len(words())


def test_readers_are_told_that_nobody_has_reviewed_them(shipped):
    pairs = {(text["en"], text["zh-hant"]) for text in translations().values()}
    told = [text for text in published() if (text.get("en"), text.get("zh-hant")) in pairs]
    assert {text["state"]["zh-hant"] for text in told} == {"unreviewed"}


def test_no_english_words_stand_in_the_chinese_but_names_and_quoted_phrases(shipped):
    names = names_without_chinese()
    found = {}
    for place, chinese in words().items():
        bare = unquoted(chinese)
        for name in sorted(names, key=len, reverse=True):
            bare = bare.replace(name, "")
        if runs := latin_runs(bare):
            found[place] = runs
    assert found == {}


def test_every_kind_unit_and_setter_of_a_target_has_its_chinese(shipped):
    said = {row.kind for row in [*Organisation.objects.all(), *Person.objects.all()]}
    said |= {row.unit for row in [*Outcome.objects.all(), *Figure.objects.all()]} - {"petaFLOPS"}
    said |= {row.set_by for row in Target.objects.all()}
    assert {each for each in said if each and not translate_term(each, "zh-hant")} == set()


def test_every_word_with_a_chinese_form_of_its_own_is_one_of_the_records():
    known = yaml.safe_load((settings.BASE_DIR / GLOSSARY_FILE).read_text(encoding="utf-8"))
    record = RECORD.read_text(encoding="utf-8").replace("''", "'")
    assert [word for word in known if word not in record] == []
    assert {word: odd_marks(chinese) for word, chinese in known.items() if odd_marks(chinese)} == {}


def test_the_chinese_has_chinese_punctuation():
    assert {place: odd_marks(chinese) for place, chinese in words().items() if odd_marks(chinese)} == {}
