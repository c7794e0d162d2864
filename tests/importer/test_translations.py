"""A record's Chinese, from the file beside it: written unreviewed, never over an editor's, stale with its English."""

import pytest

from importer.load import InvalidFile, import_file
from initiatives.editions import InitiativeEdition
from initiatives.models import Initiative, Milestone, Observation, PolicyArea
from record import languages
from record.languages import REDACTION_MARKERS, mark_reviewed
from record.models import Publication
from tests.importer.record_files import changed, record, saved

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]

OPENS = {"milestones": {"ms-1": {"title": {"en": "Opens", "zh-hant": "開幕"}}}}
EDITORS = "Translated by an editor, and left alone"
STALE = "Translations made from an English text that is no longer the record's"
GONE = "Translations of what is no longer in the record"


def loaded(folder, content=None, beside=OPENS, **options):
    saved(folder, beside, "record.zh-hant.yaml")
    return import_file(saved(folder, content or record()), **options)


def opens(english="Opens", chinese="開幕"):
    return {"milestones": {"ms-1": {"title": {"en": english, "zh-hant": chinese}}}}


def title():
    return Milestone.objects.get().text("title")


def edit(**values):
    row = Milestone.objects.get()
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def confirm_title():
    row = Milestone.objects.get()
    mark_reviewed(row, "title", "zh-hant")
    row.save()


def told(outcome):
    return {heading: lines for heading, lines in outcome.lines_by_heading.items() if heading in (EDITORS, STALE, GONE)}


UNREVIEWED = {
    "en": "Opens",
    "zh-hant": "開幕",
    "zh-hans": "开幕",
    "state": {"zh-hant": "unreviewed", "zh-hans": "converted"},
}


def test_a_translation_is_written_unreviewed_and_simplified_is_converted_from_it(tmp_path):
    outcome = loaded(tmp_path)
    assert (title(), outcome.counts["written"]["translations"]) == (UNREVIEWED, 1)


def test_a_translation_of_a_part_is_known_by_the_place_of_the_part(tmp_path):
    content = changed("outcomes", observations=[{"date": 2025, "value": 1, "verified": "seen", "note": "about"}])
    loaded(tmp_path, content, {"outcomes": {"oc-1": {"observation.0.note": {"en": "about", "zh-hant": "約數"}}}})
    assert Observation.objects.get().note_zh_hant == "約數"


def test_translations_are_published_with_the_record_and_a_new_one_later_alone(tmp_path):
    loaded(tmp_path, beside={}, publishing=True)
    outcome = loaded(tmp_path, publishing=True)
    last = Publication.objects.order_by("pk").last()
    assert (outcome.written, list(last.changes.values_list("type", flat=True))) == (1, ["milestone"])


def test_loading_twice_changes_nothing(tmp_path):
    loaded(tmp_path, publishing=True)
    saved_at = Milestone.objects.get().updated_at
    outcome = loaded(tmp_path, publishing=True)
    assert (outcome.written, outcome.publication, Milestone.objects.get().updated_at) == (0, None, saved_at)


def test_a_dry_run_writes_no_translation(tmp_path):
    loaded(tmp_path, beside={})
    loaded(tmp_path, dry_run=True)
    assert Milestone.objects.get().title_zh_hant == ""


WRONG = {
    "a section nobody knows": ({"misc": {"ms-1": {"title": {"en": "Opens", "zh-hant": "開幕"}}}}, "misc ms-1 title"),
    "an id nobody knows": ({"milestones": {"ms-9": {"title": {"en": "A", "zh-hant": "甲"}}}}, "milestones ms-9 title"),
    "a field nobody knows": ({"milestones": {"ms-1": {"name": {"en": "A", "zh-hant": "甲"}}}}, "milestones ms-1 name"),
    "a text that has no English": (
        {"milestones": {"ms-1": {"note": {"en": "A", "zh-hant": "甲"}}}},
        "milestones ms-1 note",
    ),
    "words without their English": ({"milestones": {"ms-1": {"title": "開幕"}}}, "milestones ms-1 title"),
    "a language too many": (
        {"milestones": {"ms-1": {"title": {"en": "Opens", "zh-hant": "開幕", "fr": "Ouvre"}}}},
        "milestones ms-1 title",
    ),
    "no words": ({"milestones": {"ms-1": {"title": {"en": "Opens", "zh-hant": " "}}}}, "milestones ms-1 title"),
    "words too long for a title": (opens(chinese="長" * 301), "milestones ms-1 title"),
    "a row that is a list": ({"milestones": {"ms-1": ["開幕"]}}, "milestones ms-1:"),
    "a section that is a list": ({"milestones": [{"id": "ms-1"}]}, "milestones:"),
    "no mapping at all": (["開幕"], "must be a mapping"),
}


@pytest.mark.parametrize(("beside", "place"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_with_file_section_id_and_field_and_nothing_is_written(tmp_path, beside, place):
    with pytest.raises(InvalidFile) as refused:
        loaded(tmp_path, beside=beside)
    assert str(refused.value).startswith("record.zh-hant.yaml")
    assert place in str(refused.value)
    assert Initiative.objects.count() == 0


def test_a_file_that_is_no_yaml_is_refused(tmp_path):
    (tmp_path / "record.zh-hant.yaml").write_text("milestones: {")
    with pytest.raises(InvalidFile, match="is not whole YAML"):
        import_file(saved(tmp_path, record()))


def test_what_the_record_says_in_chinese_itself_is_not_translated(tmp_path):
    beside = {"initiatives": {"institute": {"title": {"en": "Institute", "zh-hant": "學院"}}}}
    with pytest.raises(InvalidFile, match="initiatives institute title: is given in Chinese by the record itself"):
        loaded(tmp_path, changed("initiatives", title_zh_hant="研究院"), beside)


def test_what_the_record_says_in_chinese_later_is_plain_and_takes_the_place_of_an_unreviewed_translation(tmp_path):
    loaded(tmp_path, beside={"initiatives": {"institute": {"title": {"en": "Institute", "zh-hant": "學院"}}}})
    loaded(tmp_path, changed("initiatives", title_zh_hant="研究院"), {})
    found = Initiative.objects.get().text("title")
    assert (found["zh-hant"], found["state"]) == ("研究院", {"zh-hans": "converted"})


def test_a_translation_is_stale_once_the_record_says_something_else(tmp_path):
    loaded(tmp_path)
    outcome = loaded(tmp_path, changed("milestones", title="Opens its doors"))
    assert title()["state"]["zh-hant"] == "stale"
    assert told(outcome) == {STALE: ["milestones ms-1 title"]}


def test_a_translation_made_from_other_words_is_stale_from_the_start(tmp_path):
    outcome = loaded(tmp_path, beside=opens(english="Opened"))
    assert (title()["state"]["zh-hant"], told(outcome)) == ("stale", {STALE: ["milestones ms-1 title"]})


@pytest.mark.parametrize("chinese", ["開放", "開幕"])
def test_a_stale_translation_nobody_reviewed_follows_the_file(tmp_path, chinese):
    loaded(tmp_path)
    content = changed("milestones", title="Opens its doors")
    loaded(tmp_path, content)
    loaded(tmp_path, content, opens("Opens its doors", chinese))
    assert (title()["zh-hant"], title()["state"]["zh-hant"]) == (chinese, "unreviewed")


def test_a_better_translation_in_the_file_takes_the_place_of_one_nobody_reviewed(tmp_path):
    loaded(tmp_path)
    outcome = loaded(tmp_path, beside=opens(chinese="開放"))
    assert (title()["zh-hant"], told(outcome)) == ("開放", {})


def test_a_translation_of_other_words_takes_the_place_of_none(tmp_path):
    loaded(tmp_path)
    edit(title_en="An editor's words")
    loaded(tmp_path, beside=opens("The file's words", "檔案的字句"))
    assert title()["zh-hant"] == "開幕"


def test_what_an_editor_confirmed_is_plain_and_stays(tmp_path):
    loaded(tmp_path)
    confirm_title()
    outcome = loaded(tmp_path, beside=opens(chinese="開放"))
    assert (title()["zh-hant"], "zh-hant" in title()["state"]) == ("開幕", False)
    assert told(outcome) == {EDITORS: ["milestones ms-1 title"]}


def test_what_an_editor_confirmed_stays_when_its_english_has_changed(tmp_path):
    loaded(tmp_path)
    confirm_title()
    content = changed("milestones", title="Opens its doors")
    loaded(tmp_path, content)
    loaded(tmp_path, content, opens("Opens its doors", "開放"))
    assert (title()["zh-hant"], title()["state"]["zh-hant"]) == ("開幕", "stale")


def test_what_an_editor_translated_stays(tmp_path):
    loaded(tmp_path, beside={})
    edit(title_zh_hant="編輯的譯文")
    outcome = loaded(tmp_path)
    assert (title()["zh-hant"], told(outcome)) == ("編輯的譯文", {EDITORS: ["milestones ms-1 title"]})


def test_overwrite_takes_the_files_translation(tmp_path):
    loaded(tmp_path)
    edit(title_zh_hant="編輯的譯文")
    loaded(tmp_path, overwrite=True)
    assert title() == UNREVIEWED


def test_confirming_a_translation_leaves_the_row_the_files(tmp_path):
    loaded(tmp_path)
    confirm_title()
    loaded(tmp_path, changed("milestones", title="Opens its doors"))
    assert title()["en"] == "Opens its doors"


GOING = {
    "a row": (record(milestones=None), OPENS, "milestones ms-1 title"),
    "a part": (
        record(commentary=[record()["commentary"][0] | {"theme": "challenge"}]),
        {"commentary": {"cm-1": {"theme.opportunity.words": {"en": "reach", "zh-hant": "影響"}}}},
        "commentary cm-1 theme.opportunity.words",
    ),
}


@pytest.mark.parametrize(("content", "beside", "place"), GOING.values(), ids=GOING)
def test_a_translation_of_what_the_record_no_longer_has_is_told(tmp_path, content, beside, place):
    loaded(tmp_path, changed("commentary", tags=["reach"]), beside)
    assert told(loaded(tmp_path, content, beside)) == {GONE: [place]}


@pytest.mark.parametrize(("language", "overwrite"), [("en", False), ("zh-hant", True)])
def test_what_was_redacted_does_not_come_back_by_its_translation(tmp_path, language, overwrite):
    loaded(tmp_path, beside={} if language == "en" else OPENS)
    row = Milestone.objects.get()
    languages.redact_row_text(row, "title", [language])
    row.save()
    loaded(tmp_path, overwrite=overwrite)
    assert getattr(Milestone.objects.get(), languages.get_text_column("title", language)) == REDACTION_MARKERS[language]
    assert Milestone.objects.get().title_zh_hant in ("", REDACTION_MARKERS["zh-hant"])


def test_a_record_with_no_file_beside_it_keeps_its_translations(tmp_path):
    loaded(tmp_path)
    (tmp_path / "record.zh-hant.yaml").unlink()
    import_file(saved(tmp_path, record()))
    assert title() == UNREVIEWED


def test_readers_are_told_that_a_translation_was_not_reviewed(tmp_path):
    beside = {"initiatives": {"institute": {"title": {"en": "Institute", "zh-hant": "研究院"}}}}
    loaded(tmp_path, beside=beside, publishing=True)
    assert InitiativeEdition.objects.get().title["state"]["zh-hant"] == "unreviewed"


def test_a_public_note_of_ours_stands_in_both_languages(tmp_path):
    loaded(tmp_path, changed("milestones", due_text="by summer", verified="article"), {})
    note = Milestone.objects.get().text("note")
    assert note["en"] == "Unverified: stated in a news article only.\nAlso worded: “by summer”."
    assert note["zh-hant"] == "未經核實：僅見於新聞報道。\n另一說法：「by summer」。"


def test_areas_can_be_translated_too(tmp_path):
    content = changed("initiatives", area="new-area")
    loaded(tmp_path, content, {"areas": {"new-area": {"title": {"en": "New area", "zh-hant": "新範疇"}}}})
    assert PolicyArea.objects.get().title_zh_hant == "新範疇"
