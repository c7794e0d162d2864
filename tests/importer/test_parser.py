"""Reading the record's data file: what is refused and how it is told, before anything could be written."""

from copy import deepcopy
from datetime import date

import pytest
import yaml
from django.conf import settings

from importer import note_parsing
from importer.cross_validation import ends_precision_period
from importer.parser import read_data_file
from importer.validation import validate_file
from tests.importer.record_files import GOOD

# section, keys down to the value, the bad value; field as told, words of the message
BAD_VALUES = [
    ("sources", ["tier"], 4, "tier", "none of the values"),
    ("sources", ["tier"], True, "tier", "none of the values"),
    ("sources", ["id"], 7, "id", "must be text of letters"),
    ("sources", ["title"], None, "title", "is missing"),
    ("sources", ["title"], "Spee\x00ch", "title", "holds a character that no database keeps"),
    ("sources", ["date"], "2025-02-30", "date", "must be a date that exists"),
    ("sources", ["date"], 20250226, "date", "must be a date that exists"),
    ("sources", ["lang"], "fr", "lang", "none of the values"),
    ("organisations", ["name_en"], None, "name_en", "no text in any language"),
    ("organisations", ["parent"], "nobody", "parent", "is no id in organisations"),
    ("organisations", ["parent"], "itib", "parent", "goes round in a circle"),
    ("organisations", ["sources"], "s-1", "sources", "must be a list"),
    ("organisations", ["sources", 0], "s-2", "sources[0]", "is no id in sources"),
    ("people", ["verified"], "maybe", "verified", "none of the values"),
    ("people", ["verified"], None, "verified", "is missing"),
    ("people", ["affiliation"], 5, "affiliation", "must be the id of a row"),
    ("budgets", ["kind"], "speech", "kind", "none of the values"),
    ("budgets", ["fiscal_year"], "2025-27", "fiscal_year", "must be a fiscal year"),
    ("budgets", ["headline_figures", 0, "vintage"], "final", "headline_figures[0].vintage", "none of the values"),
    ("budgets", ["headline_figures", 0, "amount_hkd"], 5.5, "headline_figures[0].amount_hkd", "must be whole HKD"),
    ("budgets", ["headline_figures", 0, "amount_hkd"], None, "headline_figures[0]", "neither an amount, a range nor"),
    ("budgets", ["headline_figures", 0, "amount_low_hkd"], 1, "headline_figures[0]", "one end of a range"),
    ("budgets", ["headline_figures", 0], "five", "headline_figures[0]", "must be a mapping"),
    ("initiatives", ["stage"], "finished", "stage", "none of the values"),
    ("initiatives", ["area"], "AI & more", "area", "must be text of letters"),
    ("initiatives", ["comparables"], ["institute"], "comparables", "names the initiative itself"),
    ("initiatives", ["title_en"], "x" * 301, "title_en", "is longer than 300"),
    ("allocations", ["amount_hkd"], "HK$1bn", "amount_hkd", "must be whole HKD"),
    ("allocations", ["amount_hkd"], -5, "amount_hkd", "must not be negative"),
    ("allocations", ["amount_hkd"], 10**20, "amount_hkd", "is too large"),
    ("allocations", ["qualifier"], "roughly", "qualifier", "starts with none"),
    ("allocations", ["initiative"], None, "initiative", "is missing"),
    ("allocations", ["part_of"], "al-1", "part_of", "goes round in a circle"),
    ("milestones", ["due"], 2026, "due", "must be a date that exists"),
    ("milestones", ["due"], date(9999, 12, 31), "due", "lies outside the years 1000 to 2999"),
    ("sources", ["date"], 1, "date", "lies outside the years 1000 to 2999"),
    ("milestones", ["due_precision"], "week", "due_precision", "none of the values"),
    ("milestones", ["status"], "done", "status", "none of the values"),
    ("milestones", ["history", 0, "source"], "s-9", "history[0].source", "is no id in sources"),
    ("milestones", ["initiative"], "elsewhere", "initiative", "is no id in initiatives"),
    ("outcomes", ["targets", 0, "value"], None, "targets[0]", "neither a number nor words"),
    ("outcomes", ["targets", 0, "value"], float("nan"), "targets[0].value", "must be a number"),
    ("outcomes", ["observations", 0, "value"], None, "observations[0].value", "is missing"),
    ("outcomes", ["baseline"], 5, "baseline", "must be a mapping"),
    ("commentary", ["expert"], "somebody", "expert", "is no id in people"),
    ("commentary", ["theme"], "threat", "theme", "none of the values"),
    ("context_facts", ["about"], "elsewhere", "about", "is no id in initiatives or budgets"),
]

NOT_WHOLE = {
    "truncated": "sources:\n- id: s-1\n  title: 'Spee",
    "a key twice": "sources:\n- id: s-1\n  id: s-2\n",
    "two documents": "sources: []\n---\nsources: []\n",
    "no mapping": "- sources\n",
    "empty": "",
    "a section that is no list": "sources:\n  id: s-1\n",
    "an object": "sources: !!python/object/apply:os.getcwd []\n",
}


def found(tmp_path, content, **options):
    path = tmp_path / "record.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    record, problems = read_data_file(path)
    assert problems == []
    return validate_file(record, **options)


def with_value(section, keys, value):
    content = deepcopy(GOOD)
    target = content[section][0]
    for key in keys[:-1]:
        target = target[key]
    target[keys[-1]] = value
    return content


def test_a_good_file_has_no_problem_and_no_warning(tmp_path):
    report = found(tmp_path, GOOD)
    assert (report.problems, report.warnings, report.unknown_keys.total()) == ([], [], 0)


@pytest.mark.parametrize(("section", "keys", "value", "field", "message"), BAD_VALUES)
def test_a_bad_value_is_told_with_section_id_field_and_value(tmp_path, section, keys, value, field, message):
    problems = found(tmp_path, with_value(section, keys, value)).problems
    first_id = GOOD[section][0].get("id") or GOOD[section][0].get("slug")
    expected_id = "row 1" if keys == ["id"] else first_id
    assert (section, expected_id, field) in [(each.section, each.id, each.field) for each in problems]
    assert message in " ".join(str(each) for each in problems)


def test_an_unknown_value_is_told_with_the_allowed_ones(tmp_path):
    [problem] = found(tmp_path, with_value("initiatives", ["stage"], "finished")).problems
    assert str(problem) == (
        "initiatives institute stage: 'finished' is none of the values known here. Allowed: announced, funded, "
        "setting_up, under_construction, operating, published, closed."
    )


def test_all_problems_are_told_at_once(tmp_path):
    content = with_value("initiatives", ["stage"], "finished")
    content["milestones"][0]["status"] = "done"
    content["people"][0]["affiliation"] = "nobody"
    content["outcomes"][0]["targets"][0]["value"] = None
    assert len(found(tmp_path, content).problems) == 4


@pytest.mark.parametrize("text", NOT_WHOLE.values(), ids=NOT_WHOLE)
def test_a_file_that_is_not_whole_is_refused(tmp_path, text):
    path = tmp_path / "record.yaml"
    path.write_text(text, encoding="utf-8")
    assert len(read_data_file(path)[1]) == 1


def test_a_missing_file_and_one_that_is_no_text_are_refused(tmp_path):
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    assert [len(read_data_file(tmp_path / name)[1]) for name in ("bytes.yaml", "none.yaml")] == [1, 1]


def test_the_place_where_the_yaml_breaks_is_told(tmp_path):
    path = tmp_path / "record.yaml"
    path.write_text(NOT_WHOLE["a key twice"], encoding="utf-8")
    assert (
        str(read_data_file(path)[1][0])
        == "file record.yaml: is not whole YAML: the key 'id' stands twice (line 3, column 3)"
    )


def test_an_id_that_stands_twice_in_a_section_is_refused(tmp_path):
    content = deepcopy(GOOD)
    content["milestones"] *= 2
    assert [each.message for each in found(tmp_path, content).problems] == ["stands twice in this section"]


def test_an_unknown_key_is_counted_and_never_refused(tmp_path):
    content = with_value("milestones", ["history", 0, "mood"], "hopeful")
    content["sources"][0]["colour"] = "blue"
    content["gossip"] = [{"id": "g-1"}]
    report = found(tmp_path, content)
    assert report.problems == []
    assert +report.unknown_keys == {"milestones": 1, "sources": 1, "gossip": 1}


def test_a_reference_may_be_to_something_loaded_before(tmp_path):
    content = {"milestones": deepcopy(GOOD["milestones"])}
    loaded = {("initiatives", "institute"), ("sources", "s-1")}
    assert found(tmp_path, content, known=lambda section, id: (section, id) in loaded).problems == []
    assert len(found(tmp_path, content).problems) == 3


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"due": date(2026, 11, 30)}, "due: 2026-11-30 is not the last day of its precision (half)"),
        ({"due": date(2025, 12, 31)}, "is not the last dated statement, 2026-12-31 (half), which wins"),
        ({"completed": date(2026, 7, 1)}, "is given though it is pending"),
        ({"status": "completed"}, "is missing though it is called completed"),
        ({"status": "completed", "completed": date(2026, 7, 1)}, "is later than each of its sources"),
        (
            {"status": "completed", "completed": date(2024, 7, 1), "completed_late": True},
            "is not what the dates say",
        ),
    ],
)
def test_what_does_not_go_together_is_warned_of_and_not_refused(tmp_path, changes, warning):
    content = deepcopy(GOOD)
    content["milestones"][0] |= changes
    report = found(tmp_path, content)
    assert report.problems == []
    assert warning in "\n".join(str(each) for each in report.warnings)


@pytest.mark.parametrize(
    ("day", "precision", "ends"),
    [
        (date(2024, 2, 29), "month", True),
        (date(2025, 2, 27), "month", False),
        (date(2025, 11, 30), "quarter", False),
        (date(2025, 9, 30), "quarter", True),
        (date(2025, 9, 30), "half", False),
        (date(2025, 3, 31), "year", True),
        (date(2025, 8, 31), "year", True),
        (date(2025, 10, 31), "year", False),
        (date(2025, 10, 17), "unknown", True),
    ],
)
def test_the_last_day_of_a_precision(day, precision, ends):
    assert ends_precision_period(day, precision) is ends


def test_the_record_that_ships_has_no_problem():
    record, problems = read_data_file(settings.BASE_DIR / "data/hk_record.yaml")
    report = validate_file(record)
    assert problems + report.problems == []
    assert {section: len(record.rows(section)) for section in ("initiatives", "milestones", "sources")} == {
        "initiatives": 29,
        "milestones": 74,
        "sources": 202,
    }


def test_a_record_is_known_by_the_title_it_gives_itself_else_by_its_file_name(tmp_path):
    for name, meta in (("a.yaml", {"title": "Ours"}), ("b.yaml", {})):
        (tmp_path / name).write_text(yaml.safe_dump({"meta": meta}), encoding="utf-8")
    assert [read_data_file(tmp_path / name)[0].identity for name in ("a.yaml", "b.yaml")] == ["Ours", "b"]


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("around", ("about", "")),
        ("more than", ("over", "")),
        ("exceeds", ("over", "")),
        ("at least", ("at_least", "")),
        ("about (raised from 90 billion)", ("about", "raised from 90 billion")),
        ("nearly in talks", ("nearly", "in talks")),
    ],
)
def test_a_qualifier_is_one_of_ours_and_the_words_after_it(said, stored):
    assert note_parsing.parse_qualifier(said) == stored


@pytest.mark.parametrize(
    ("note", "languages", "role"),
    [
        ("Chinese name is recall", {"zh-hant"}, False),
        ("Chinese title is recall", {"zh-hant"}, False),
        ("romanisation is recall", {"en"}, False),
        ("Chinese short form as published; full English name is recall", {"en"}, False),
        ("only the Chinese name was seen; romanisation and role are recall", {"en"}, True),
        ("Chinese name and past role are recall", {"zh-hant"}, True),
        ("term dates are recall", set(), True),
        ("May 2001 by recall; a wiki page says 2001", set(), False),
        (None, set(), False),
    ],
)
def test_a_note_tells_which_name_is_recall(note, languages, role):
    assert (note_parsing.parse_from_memory(note).languages, note_parsing.parse_from_memory(note).role) == (
        languages,
        role,
    )


@pytest.mark.parametrize(
    ("said", "open_ended"), [("最快於2026/27財政年度", True), ("As early as next year", True), ("by next year", False)]
)
def test_words_that_only_give_the_soonest_day(said, open_ended):
    assert note_parsing.is_at_the_earliest(said) is open_ended


def test_the_title_of_a_new_area_is_made_from_its_words():
    assert note_parsing.make_area_title("low-altitude") == "Low altitude"
