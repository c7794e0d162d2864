"""Loading a data file: what is written, what is left alone, what is told, what becomes public."""

from datetime import date
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from experts.editions import CommentaryEdition, ExpertEdition
from importer.load import InvalidFile, import_file
from initiatives.editions import AreaEdition, InitiativeEdition, MilestoneEdition
from initiatives.models import (
    Announcement,
    Citation,
    Context,
    Funding,
    Initiative,
    Milestone,
    Organisation,
    Person,
    PolicyArea,
    Source,
    Statement,
)
from newsroom.actions.publish import publish
from newsroom.actions.withdraw import withdraw
from newsroom.documents.drafts import build_draft
from newsroom.documents.registry import get_row_key
from newsroom.models import WorkingChange, audited_update
from record.models import Publication, edition_classes
from tests.factories import CitationFactory, InitiativeFactory, StatementFactory, UserFactory
from tests.importer.record_files import changed, record, saved

pytestmark = pytest.mark.django_db

OPENS = {"title": "Opens", "due": date(2026, 12, 31), "due_precision": "half", "status": "pending", "verified": "seen"}

SEEN = {"verified": "seen", "sources": ["s-1"]}
NO_CHILDREN = {"allocations": None, "milestones": None, "outcomes": None}


def loaded(folder, content, name="record.yaml", **options):
    return import_file(saved(folder, content, name), **options)


def live_titles(edition_class):
    return sorted(edition.title["en"] for edition in edition_class.objects.all())


def told(outcome):
    return {heading: lines for heading, lines in outcome.lines_by_heading.items() if heading != "Warnings"}


def milestone(**values):
    return changed("milestones", **values)


def test_a_file_is_written_and_published_as_one_minor_publication(tmp_path):
    outcome = loaded(tmp_path, record(), publishing=True)
    assert outcome.written == outcome.counts["read"].total() == 13
    assert live_titles(InitiativeEdition) == ["Institute"]
    [publication] = Publication.objects.all()
    assert set(publication.changes.values_list("update_type", flat=True)) == {"minor"}
    assert publication.by.username == "newsroom"


def test_without_publish_nothing_is_public(tmp_path):
    loaded(tmp_path, record())
    assert (Initiative.objects.count(), InitiativeEdition.objects.count()) == (1, 0)


def test_loading_twice_changes_nothing_and_publishes_nothing(tmp_path):
    loaded(tmp_path, record(), publishing=True)
    saved_at = list(Milestone.objects.values_list("updated_at", flat=True))
    outcome = loaded(tmp_path, record(), publishing=True)
    assert (outcome.written, outcome.publication, told(outcome)) == (0, None, {})
    assert list(Milestone.objects.values_list("updated_at", flat=True)) == saved_at
    assert Publication.objects.count() == 1


def test_what_was_loaded_without_publish_is_published_by_the_next_load(tmp_path):
    loaded(tmp_path, record())
    outcome = loaded(tmp_path, record(), publishing=True)
    assert (outcome.written, live_titles(MilestoneEdition)) == (0, ["Opens"])


def test_a_corrected_file_changes_just_that(tmp_path):
    loaded(tmp_path, record(), publishing=True)
    outcome = loaded(tmp_path, milestone(title="Comes into operation"), publishing=True)
    assert (outcome.written, told(outcome)) == (1, {})
    last = Publication.objects.order_by("pk").last()
    assert list(last.changes.values_list("type", flat=True)) == ["milestone"]


def test_a_corrected_copy_is_the_same_file_when_it_calls_itself_the_same(tmp_path):
    ours = {"meta": {"title": "Ours"}}
    loaded(tmp_path, ours | record(), publishing=True)
    outcome = loaded(tmp_path, ours | milestone(title="Comes into operation"), "corrected.yaml", publishing=True)
    assert (outcome.written, told(outcome), live_titles(MilestoneEdition)) == (1, {}, ["Comes into operation"])


def test_a_row_edited_since_is_left_alone_and_listed(tmp_path):
    loaded(tmp_path, record(), publishing=True)
    audited_update(Milestone.objects.get().statements.all(), claim="planned")
    row = Milestone.objects.get()
    row.title_en = "An editor's words"
    row.save()
    outcome = loaded(tmp_path, milestone(title="The file's words"), publishing=True)
    assert told(outcome)["Edited since it was loaded, and left alone"] == ["milestones ms-1: title_en"]
    assert Milestone.objects.get().title_en == "An editor's words"


def test_a_root_with_an_editors_unpublished_changes_is_left_unpublished_and_listed(tmp_path):
    loaded(tmp_path, record(), publishing=True)
    Milestone.objects.get().statements.get().delete()
    outcome = loaded(tmp_path, changed("initiatives", title_en="The Institute"), publishing=True)
    heading = "Left unpublished: holds an editor's unpublished changes"
    assert told(outcome)[heading] == ["initiative institute"]
    assert live_titles(InitiativeEdition) == ["Institute"]


def test_an_editors_added_row_keeps_its_root_unpublished_until_the_editor_publishes(tmp_path, superuser):
    loaded(tmp_path, record(), publishing=True)
    StatementFactory(milestone=Milestone.objects.get())
    corrected = changed("initiatives", title_en="The Institute")
    loaded(tmp_path, corrected, publishing=True)
    assert live_titles(InitiativeEdition) == ["Institute"]
    publish(drafts=[build_draft(Initiative.objects.get())], by=superuser)
    loaded(tmp_path, changed("initiatives", title_en="Our Institute"), publishing=True)
    assert live_titles(InitiativeEdition) == ["Our Institute"]


def test_what_an_editor_changed_and_published_does_not_hold_up_the_files_corrections(tmp_path, superuser):
    loaded(tmp_path, record(), publishing=True)
    audited_update(Milestone.objects.all(), title_en="An editor's words")
    publish(drafts=[build_draft(Initiative.objects.get())], by=superuser)
    outcome = loaded(tmp_path, changed("initiatives", title_en="The Institute"), publishing=True)
    assert list(told(outcome)) == ["Edited since it was loaded, and left alone"]
    assert (live_titles(InitiativeEdition), live_titles(MilestoneEdition)) == (["The Institute"], ["An editor's words"])


def test_overwrite_takes_the_files_values_and_publishes_them(tmp_path):
    loaded(tmp_path, record(), publishing=True)
    audited_update(Milestone.objects.all(), title_en="An editor's words")
    outcome = loaded(tmp_path, milestone(title="The file's words"), publishing=True, overwrite=True)
    assert told(outcome) == {}
    assert live_titles(MilestoneEdition) == ["The file's words"]


def test_overwrite_leaves_unpublished_what_an_editor_added(tmp_path):
    loaded(tmp_path, record(), publishing=True)
    audited_update(Milestone.objects.all(), title_en="An editor's words")
    audited_update(Initiative.objects.all(), body_en="An editor's text")
    outcome = loaded(tmp_path, milestone(title="The file's words"), publishing=True, overwrite=True)
    assert list(told(outcome)) == ["Left unpublished: holds an editor's unpublished changes"]
    assert live_titles(MilestoneEdition) == ["Opens"]
    assert (Milestone.objects.get().title_en, Initiative.objects.get().body_en) == (
        "The file's words",
        "An editor's text",
    )


def test_a_translation_an_editor_adds_is_no_edit_of_the_files_words(tmp_path, superuser):
    loaded(tmp_path, record(), publishing=True)
    row = Milestone.objects.get()
    row.title_zh_hant = "投入運作"
    row.save()
    publish(drafts=[build_draft(row.initiative)], by=superuser)
    outcome = loaded(tmp_path, milestone(title="Comes into operation"), publishing=True)
    row.refresh_from_db()
    assert (told(outcome), row.title_en, row.title_zh_hant) == ({}, "Comes into operation", "投入運作")


def test_an_editors_internal_note_stays(tmp_path):
    loaded(tmp_path, changed("sources", note="day inferred"))
    source = Source.objects.get()
    source.internal_note += "\nAsked the Bureau."
    source.save()
    loaded(tmp_path, changed("sources", note="month inferred"))
    source.refresh_from_db()
    assert source.internal_note == "note: day inferred\nAsked the Bureau.\nnote: month inferred"


def test_what_vanished_from_the_file_is_kept_and_listed(tmp_path):
    loaded(tmp_path, record(), publishing=True)
    outcome = loaded(tmp_path, record(milestones=None, context_facts=None), publishing=True)
    assert told(outcome) == {"No longer in the file, and kept": ["milestones ms-1", "context_facts cx-1"]}
    assert (Milestone.objects.count(), Context.objects.count()) == (1, 1)
    assert live_titles(MilestoneEdition) == ["Opens"]


def test_a_statement_that_vanished_from_a_history_is_held_back_and_listed(tmp_path):
    [said] = record()["milestones"][0]["history"]
    loaded(tmp_path, milestone(history=[said, said | {"text": "very soon"}]), publishing=True)
    outcome = loaded(tmp_path, milestone(history=[said]), publishing=True)
    [first, *_rest] = told(outcome)["No longer in its row of the file: kept, and held back"]
    assert first == "milestones ms-1: statement:1"
    [statement] = MilestoneEdition.objects.get().load_document()["statements"]
    assert (statement["promised"]["phrase"], Statement.objects.count()) == ("soon", 2)


def test_a_part_that_vanished_and_comes_back_otherwise_is_no_editors_work(tmp_path):
    [said] = record()["milestones"][0]["history"]
    loaded(tmp_path, milestone(history=[said, said | {"text": "very soon"}]))
    loaded(tmp_path, milestone(history=[said]))
    outcome = loaded(tmp_path, milestone(history=[said, said | {"text": "later"}]), publishing=True)
    assert told(outcome) == {}
    statements = MilestoneEdition.objects.get().load_document()["statements"]
    assert [each["promised"]["phrase"] for each in statements] == ["soon", "later"]


def test_what_an_editor_deleted_does_not_come_back_unless_overwritten(tmp_path):
    loaded(tmp_path, record())
    Milestone.objects.all().delete()
    outcome = loaded(tmp_path, record())
    assert told(outcome)["Edited since it was loaded, and left alone"][0].startswith("milestones ms-1: removed")
    assert Milestone.objects.count() == 0
    loaded(tmp_path, record(), overwrite=True)
    assert Milestone.objects.get().statements.count() == 1


def test_a_root_an_editor_made_under_the_same_slug_is_left_alone(tmp_path):
    InitiativeFactory(slug="institute", title_en="An editor's own")
    outcome = loaded(tmp_path, record())
    assert told(outcome)["Made by an editor, and left alone"] == ["initiatives institute"]
    assert Initiative.objects.get().title_en == "An editor's own"
    assert Milestone.objects.get().initiative == Initiative.objects.get()


def test_a_second_file_joins_what_is_loaded(tmp_path):
    loaded(tmp_path, record(), publishing=True)
    row = OPENS | {"id": "ms-2", "title": "Closes", "initiative": "institute", "sources": ["s-1", "s-2"]}
    second = {
        "sources": [{"id": "s-2", "tier": 2, "url": "https://example.org/2", "title": "Report", "lang": "en"}],
        "milestones": [row],
    }
    outcome = loaded(tmp_path, second, "second.yaml", publishing=True)
    assert (outcome.written, told(outcome)) == (2, {})
    assert live_titles(MilestoneEdition) == ["Closes", "Opens"]


def test_a_row_belongs_to_the_file_that_first_brought_it(tmp_path):
    loaded(tmp_path, record(), publishing=True)
    other = record(organisations=[{"id": "itib", "name_en": "Office", "kind": "office", "verified": "seen"}])
    outcome = loaded(tmp_path, other, "second.yaml", publishing=True)
    assert (outcome.written, outcome.publication) == (0, None)
    assert told(outcome)["Belongs to another file, and left as it is"] == [
        "organisations itib kind: 'office' here, 'bureau' in “record”",
        "organisations itib name_en: 'Office' here, 'Bureau' in “record”",
        "organisations itib sources: None here, ['s-1'] in “record”",
    ]
    assert Organisation.objects.get().name_en == "Bureau"


def test_a_memory_cited_by_another_file_stays_a_memory(tmp_path):
    memory = {"id": "s-recall", "tier": 3, "url": None, "title": "(recall)", "access": "recall"}
    loaded(tmp_path, {"sources": [memory]})
    content = record()
    content["milestones"][0]["sources"].append("s-recall")
    loaded(tmp_path, content, "second.yaml", publishing=True)
    [held] = Citation.objects.filter(held_back=True)
    assert held.source.title == "(recall)"
    assert "(recall)" not in MilestoneEdition.objects.get().document


def test_a_file_of_initiatives_areas_sources_and_people_of_its_own_joins(tmp_path):
    loaded(tmp_path, record(), publishing=True)
    fresh = [{"slug": "drones", "title_en": "Drones", "stage": "announced", "area": "low-altitude", "verified": "seen"}]
    fresh[0]["sources"] = ["s-9"]
    second = {
        "sources": [{"id": "s-9", "tier": 1, "url": "https://example.org/9", "title": "Sandbox"}],
        "people": [{"id": "ann", "name_en": "Ann", "kind": "academic", "verified": "seen", "sources": ["s-9"]}],
        "initiatives": fresh,
        "commentary": [{"id": "cm-9", "expert": "ann", "stance": "mixed", "verified": "seen", "source": "s-9"}],
    }
    second["commentary"][0] |= {"paraphrase": "Well.", "initiative": "drones", "date": "2025-03"}
    outcome = loaded(tmp_path, second, "second.yaml", publishing=True)
    assert told(outcome) == {}
    area = PolicyArea.objects.get(slug="low-altitude")
    assert (area.title_en, area.title_zh_hant, area.title_zh_hans) == ("Low-altitude economy", "低空經濟", "低空经济")
    assert live_titles(InitiativeEdition) == ["Drones", "Institute"]


def test_a_second_file_may_quote_an_official_of_the_first(tmp_path):
    loaded(tmp_path, record(commentary=None), publishing=True)
    second = {"commentary": [record()["commentary"][0] | {"id": "cm-9"}]}
    outcome = loaded(tmp_path, second, "second.yaml", publishing=True)
    assert (told(outcome), live_titles(CommentaryEdition), ExpertEdition.objects.count()) == (
        {},
        ["Paul: Yes and no"],
        1,
    )
    for content, name in ((second, "second.yaml"), (record(commentary=None), "record.yaml")):
        again = loaded(tmp_path, content, name, publishing=True)
        assert (told(again), again.written, again.publication) == ({}, 0, None)


def test_an_area_that_only_drafts_name_stays_a_draft(tmp_path):
    draft = {"slug": "drones", "title_en": "Drones", "stage": "announced", "area": "secret-drones"}
    outcome = loaded(tmp_path, record(initiatives=[draft | {"verified": "recall"}], **NO_CHILDREN), publishing=True)
    assert (outcome.counts["left as draft"]["areas"], AreaEdition.objects.count()) == (1, 0)
    outcome = loaded(tmp_path, record(initiatives=[draft | SEEN], **NO_CHILDREN), publishing=True)
    assert live_titles(AreaEdition) == ["Secret drones"]


def test_a_section_that_is_no_list_does_not_hide_what_else_is_wrong(tmp_path):
    content = changed("initiatives", stage="over") | {"commentary": {"id": "cm-1"}}
    with pytest.raises(InvalidFile) as refused:
        loaded(tmp_path, content)
    assert [each.section for each in refused.value.problems] == ["commentary", "initiatives"]


def test_a_bad_file_is_refused_whole_and_writes_nothing(tmp_path):
    path = saved(tmp_path, changed("milestones", content=changed("initiatives", stage="over"), status="done"))
    with pytest.raises(CommandError) as refused:
        call_command("load_record", path, publish=True)
    assert str(refused.value).count("none of the values known here") == 2
    assert (Source.objects.count(), Publication.objects.count()) == (0, 0)


def test_a_dry_run_tells_everything_and_writes_nothing(tmp_path):
    out = StringIO()
    call_command("load_record", saved(tmp_path, record()), publish=True, dry_run=True, stdout=out)
    assert "Publication " in out.getvalue()
    assert out.getvalue().endswith("This was a dry run: nothing stays.\n")
    assert (Source.objects.count(), Publication.objects.count(), InitiativeEdition.history.count()) == (0, 0, 0)


def test_the_closing_table_counts_what_was_not_simply_published(tmp_path):
    content = changed("people", verified="recall", colour="blue")
    content["allocations"][0]["verified"] = "recall"
    outcome = loaded(tmp_path, content)
    assert outcome.table().splitlines()[3] == (
        "people                 1        1          0              1          0             1"
    )
    assert +outcome.counts["held back"] == {"allocations": 1}
    assert +outcome.counts["unknown keys"] == {"people": 1}


def test_recall_is_never_public(tmp_path):
    content = changed("organisations", verified="recall", name_en="Remembered Office")
    content["allocations"][0] |= {"verified": "recall", "purpose": "remembered purpose"}
    content["outcomes"][0]["targets"][0] |= {"verified": "recall", "text": "remembered target"}
    content["people"][0] |= {"name_zh_hant": "記憶", "note": "Chinese name is recall"}
    content["budgets"][0]["headline_figures"].append(
        {"measure": "remembered figure", "vintage": "actual", "verified": "recall", "sources": ["s-1"]}
    )
    loaded(tmp_path, content, publishing=True)
    everything = "".join(
        document for each in edition_classes().values() for document in each.objects.values_list("document", flat=True)
    )
    assert everything.count("Institute") > 0
    for words in ("emembered", "記憶", "记忆"):
        assert words not in everything
    assert "remembered figure" in Announcement.objects.get().internal_note
    assert Person.objects.get().name_zh_hant == "記憶"
    assert Organisation.objects.get().checked is False


def test_an_unverified_person_is_public_and_marked(tmp_path):
    content = changed("people", kind="expert", verified="article")
    content["commentary"][0] |= {"verified": "article", "paraphrase": "So."}
    loaded(tmp_path, content, publishing=True)
    assert [ExpertEdition.objects.get().unverified, CommentaryEdition.objects.get().unverified] == [True, True]


def test_unknown_keys_are_kept_in_the_internal_note(tmp_path):
    loaded(tmp_path, milestone(mood="hopeful"))
    assert Milestone.objects.get().internal_note.splitlines()[-1] == "mood: hopeful"


def test_an_unknown_key_may_hold_what_no_database_keeps(tmp_path):
    loaded(tmp_path, milestone(mood=[float("nan"), "hope\x00ful"]))
    assert "hopeful" in Milestone.objects.get().internal_note
    assert loaded(tmp_path, milestone(mood=[float("nan"), "hope\x00ful"])).written == 0


def test_a_bid_is_no_public_money(tmp_path):
    content = record()
    content["allocations"] += [
        content["allocations"][0] | {"id": "al-2", "purpose": "Land price of the site"},
        content["allocations"][0] | {"id": "al-3", "decision": "approved", "part_of": "al-1"},
    ]
    loaded(tmp_path, content)
    found = list(Funding.objects.order_by("position").values_list("stage", "payer"))
    assert found == [("pledged", "private"), ("pledged", "land"), ("appropriated", "public")]


def test_a_completed_promise_is_met_set_by_the_file_and_checked_by_the_loader(tmp_path):
    UserFactory(username="ada", is_superuser=True)
    done = {"status": "completed", "completed": date(2026, 9, 30), "completed_precision": "month"}
    loaded(tmp_path, milestone(**done), by="ada")
    row = Milestone.objects.get()
    assert (row.result, row.kind, row.actual.edtf()) == ("met", "promise", "2026-09")
    assert (row.result_set_by.username, row.checked_by.username) == ("record-file", "ada")
    assert [each.source.title for each in row.evidence.get().citations.all()] == ["Speech"]


def test_who_may_not_check_results_leaves_them_to_be_checked(tmp_path):
    UserFactory(username="ben")
    loaded(tmp_path, milestone(status="completed", completed=date(2026, 9, 30)), by="ben")
    assert Milestone.objects.get().needs_check is True


def test_a_corrected_completion_date_is_checked_anew(tmp_path):
    UserFactory(username="ada", is_superuser=True)
    loaded(tmp_path, milestone(status="completed", completed=date(2026, 9, 30)))
    loaded(tmp_path, milestone(status="completed", completed=date(2026, 9, 29)), by="ada")
    row = Milestone.objects.get()
    assert (row.actual.edtf(), row.checked_by.username) == ("2026-09-29", "ada")


@pytest.mark.parametrize(
    ("values", "kind", "statements"),
    [
        ({"status": "completed", "completed": date(2025, 2, 26)}, "event", 0),
        ({"status": "completed", "completed": date(2025, 2, 26), "due": date(2025, 2, 26)}, "event", 0),
        ({"status": "pending"}, "promise", 0),
        ({"status": "pending", "due": date(2026, 12, 31)}, "promise", 1),
        ({"status": "pending", "due_text": "some day"}, "promise", 1),
        ({"status": "superseded", "due_text": "some day"}, "promise", 1),
    ],
)
def test_what_a_milestone_without_history_becomes(tmp_path, values, kind, statements):
    bare = {"due": None, "due_text": None, "history": None, "completed": None}
    loaded(tmp_path, milestone(**(bare | values)))
    assert (Milestone.objects.get().kind, Statement.objects.filter(inferred=True).count()) == (kind, statements)


@pytest.mark.parametrize(
    ("source_date", "due", "stated"),
    [
        (date(2026, 2, 26), date(2026, 12, 31), "2026-02-26"),
        (date(2027, 2, 26), date(2026, 12, 31), ""),
        (None, date(2026, 12, 31), ""),
        ("2026-02", date(2026, 12, 31), "2026-02"),
    ],
)
def test_an_inferred_statement_is_dated_by_its_first_source_where_that_can_have_said_it(
    tmp_path, source_date, due, stated
):
    content = changed("sources", date=source_date)
    content["milestones"][0] |= {
        "due": due,
        "due_precision": "year",
        "due_text": "as early as this year",
        "history": None,
    }
    loaded(tmp_path, content)
    statement = Statement.objects.get()
    assert (statement.stated.edtf(), statement.promised.at_the_earliest) == (stated, True)
    assert statement.citations.count() == 1


def test_a_name_the_file_gives_before_an_editor_does_is_taken_up(tmp_path):
    loaded(tmp_path, record())
    loaded(tmp_path, changed("initiatives", title_zh_hant="研發院"))
    assert Initiative.objects.get().title_zh_hans == "研发院"


def test_a_withdrawn_root_stays_withdrawn(tmp_path, superuser):
    loaded(tmp_path, record(), publishing=True)
    row = Initiative.objects.get()
    withdraw(root=get_row_key(row), reason={"en": "Mistaken"}, by=superuser)
    outcome = loaded(tmp_path, changed("initiatives", title_en="The Institute"), publishing=True)
    assert told(outcome) == {"Left unpublished: was withdrawn": ["initiative institute"]}
    assert InitiativeEdition.objects.count() == 0


def test_a_root_that_cannot_be_published_does_not_keep_the_others_back(tmp_path):
    outcome = loaded(tmp_path, changed("initiatives", sources=[]), publishing=True)
    [line] = told(outcome)["Left unpublished: something must be mended first"]
    assert line.startswith("initiative institute: initiative citations:")
    assert (InitiativeEdition.objects.count(), Publication.objects.count()) == (0, 1)


def test_who_may_not_publish_publishes_nothing_and_loads_nothing(tmp_path):
    UserFactory(username="mallory")
    with pytest.raises(CommandError):
        call_command("load_record", saved(tmp_path, record()), publish=True, by="mallory")
    assert Source.objects.count() == 0


@pytest.mark.parametrize("name", ["nobody", "record-file"])
def test_only_somebody_there_may_act(tmp_path, name):
    loaded(tmp_path, {"sources": []})
    with pytest.raises(CommandError, match="may act"):
        call_command("load_record", saved(tmp_path, record()), by=name)


def test_nobody_can_log_in_as_the_files_accounts(tmp_path):
    loaded(tmp_path, record())
    users = get_user_model().objects.filter(username__in=["newsroom", "record-file"])
    assert [user.has_usable_password() for user in users] == [False, False]


def test_a_citation_an_editor_adds_to_a_loaded_row_stays(tmp_path):
    loaded(tmp_path, record())
    CitationFactory(cited=Milestone.objects.get())
    loaded(tmp_path, milestone(title="Comes into operation"))
    assert Milestone.objects.get().citations.count() == 2


@pytest.mark.parametrize("second_person", [False, True])
def test_the_file_is_the_author_and_who_has_it_published_the_second_person(tmp_path, settings, second_person):
    settings.REQUIRE_SECOND_PERSON = second_person
    editor = UserFactory(is_superuser=True)
    loaded(tmp_path, record(), by=editor.username, publishing=True)
    publication = Publication.objects.get()
    assert (publication.by, publication.approved_by) == (editor, editor if second_person else None)
    assert live_titles(InitiativeEdition) == ["Institute"]
    assert set(WorkingChange.objects.values_list("actor__username", flat=True)) == {"record-file"}
