"""The record that ships: every text, date and number of its file is public, unless the reading table says otherwise."""

from datetime import date

import pytest
from django.conf import settings
from django.utils.formats import date_format

from hkpolicy.api.endpoints import ENDPOINTS
from importer.load import import_file
from importer.mapping import plan_rows
from importer.note_parsing import parse_from_memory, parse_qualifier
from importer.parser import FILE_SECTIONS, read_data_file
from initiatives.editions import InitiativeEdition, MilestoneEdition
from initiatives.models import Organisation, Person

pytestmark = pytest.mark.django_db

FILE = settings.BASE_DIR / "data/hk_record.yaml"

# Keys that are told by words of the vocabularies, by references, or only say how the file was made.
TOLD_OTHERWISE = {
    "verified",
    "access",
    "tier",
    "lang",
    "stage",
    "decision",
    "vintage",
    "precision",
    "due_precision",
    "completed_precision",
    "date_precision",
    "id",
    "slug",
    "status",
    "stance",
    "theme",
    "kind",
    "qualifier",
    "after_bonds",
    "series_break",
}
REFERENCES = {
    "source",
    "sources",
    "parent",
    "affiliation",
    "deliverer",
    "lead",
    "announced_in",
    "budget",
    "initiative",
    "part_of",
    "expert",
    "area",
    "predecessors",
    "comparables",
    "about",
}
CHECKED = {"due_derived", "completed_late", "amount_usd_reported", "traceable", "lower_is_better"}
PUBLIC_NOTES = {"headline_figures", "observations", "milestones"}
NAMES = {"en": ("name_en", "title_en"), "zh-hant": ("name_zh_hant", "title_zh_hant", "name_zh_hans")}


def words_and_numbers(node, words, numbers):
    if isinstance(node, dict):
        for value in node.values():
            words_and_numbers(value, words, numbers)
    elif isinstance(node, list):
        for value in node:
            words_and_numbers(value, words, numbers)
    elif isinstance(node, str):
        words.append(node)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        numbers.add(node)


def public(client):
    """All words and all numbers that readers can get: every page of every list of the API."""
    words, numbers = [], set()
    for plural in ENDPOINTS:
        address = f"/api/v1/{plural}/"
        while address:
            page = client.get(address).json()
            words_and_numbers(page["results"], words, numbers)
            address = page["next"]
    return "\n".join(words), numbers


def facts(section, row, *, inside=""):
    """(key, value) of every text, date and number of a row that should be public."""
    if row.get("verified") == "recall" or row.get("access") == "recall":
        return
    held = {key for language in parse_from_memory(row.get("note")).languages for key in NAMES[language]}
    held |= {"role"} if parse_from_memory(row.get("note")).role else set()
    if row.get("qualifier"):
        yield "qualifier", parse_qualifier(row["qualifier"])[1]
    for key, value in row.items():
        if key in TOLD_OTHERWISE | REFERENCES | CHECKED | held or value is None:
            continue
        if key == "key_phrase_note" or (key == "note" and not {section, inside} & PUBLIC_NOTES):
            continue
        if key == "due" and section == "milestones" and not inside and (row.get("history") or is_event(row)):
            continue  # history wins over it; an event was not promised
        yield from facts_in(section, key, value)


def facts_in(section, key, value):
    if isinstance(value, dict):
        yield from facts(section, value, inside=key)
    elif isinstance(value, list):
        for each in value:
            yield from facts(section, each, inside=key) if isinstance(each, dict) else [(key, each)]
    else:
        yield key, value


def is_event(row):
    return row["status"] == "completed" and not row.get("due_text")


def is_public(value, words, numbers):
    if isinstance(value, date):
        return value.isoformat() in words
    if isinstance(value, int | float) and value in numbers:
        return True
    return str(value).strip() in words


def test_every_text_date_and_number_of_the_file_is_public(shipped, client):
    record, _problems = read_data_file(FILE)
    words, numbers = public(client)
    missing = [
        (section, row.get("id") or row.get("slug"), key, value)
        for section in FILE_SECTIONS
        for row in record.rows(section)
        for key, value in facts(section, row)
        if not is_public(value, words, numbers)
    ]
    assert missing == []
    dates = [date_format(record.meta[key], "j F Y") for key in ("compiled_on", "latest_material_seen")]
    described = [record.meta["title"], *dates, *record.meta["known_conflicts"]]
    assert [each for each in described if not is_public(each, words, numbers)] == []


def test_nothing_of_the_file_is_dropped(shipped):
    """What is not public stands in an internal note, or in a row that is a draft or held back."""
    record, _problems = read_data_file(FILE)
    rows = plan_rows(record, {})
    kept = "\n".join(str(thing.values) + "\n".join(thing.note) for row in rows for thing in row.planned.walk())
    for section in FILE_SECTIONS:
        for row in record.rows(section):
            for key in ("note", "access", "amount_usd_reported"):
                assert row.get(key) is None or str(row[key]).replace("'", "\\'") in kept or str(row[key]) in kept


def test_the_record_that_ships_is_public_but_for_what_is_recall(shipped):
    assert InitiativeEdition.objects.count() == 29
    assert set(shipped.lines_by_heading) == {"Warnings"}
    assert shipped.counts["left as draft"].total() == 6


def test_loading_the_record_that_ships_again_changes_nothing(shipped):
    again = import_file(FILE, publishing=True)
    assert (again.written, again.publication) == (0, None)


def test_the_institute_comes_into_operation_after_five_statements(shipped):
    edition = next(row for row in MilestoneEdition.objects.all() if row.title["en"] == "Institute comes into operation")
    document = edition.load_document()
    assert [each["promised"]["phrase"] for each in document["statements"]] == [
        "as early as next year",
        "最快於2026/27財政年度",
        "in 2026",
        "in the second half of this year",
        "will soon establish",
    ]
    assert [document["current_promise"][key] for key in ("earliest", "latest")] == ["2026-07-01", "2026-12-31"]
    assert document["statements"][1]["promised"]["edtf"] == "2026-04/.."


def test_names_written_from_memory_are_kept_and_not_shown(shipped):
    row = Person.objects.get(slug="michael-tien")
    assert (row.name_zh_hant, row.text("name")) == ("田北辰", {"en": "Michael Tien Puk-sun"})
    assert Organisation.objects.get(slug="hkic").text("name").keys() == {"zh-hant", "zh-hans", "state"}


def test_the_history_of_every_milestone_keeps_the_files_order(shipped):
    record, _problems = read_data_file(FILE)
    rows = [row for row in record.rows("milestones") if row.get("history")]
    phrases = {row["title"]: [each["text"] for each in row["history"]] for row in rows}
    told = {}
    for edition in MilestoneEdition.objects.all():
        statements = edition.load_document()["statements"]
        told[edition.title["en"]] = [each["promised"]["phrase"] for each in statements]
    assert {title: told[title] for title in phrases} == phrases
