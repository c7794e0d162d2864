"""What counts as an editor's work on what a file brought, by the log of the working copy."""

import pytest

from importer.load import import_file
from importer.models import LoadedRow
from initiatives.editions import InitiativeEdition, MilestoneEdition
from initiatives.models import Initiative, InitiativeRelation, Milestone, Source, Statement
from newsroom.actions.publish import publish
from newsroom.documents.drafts import build_draft
from newsroom.models import Publishable
from tests.factories import InitiativeFactory, MilestoneFactory, StatementFactory
from tests.importer.record_files import changed, record, saved
from tests.redacting import path, redact

pytestmark = pytest.mark.django_db

EDITED = "Edited since it was loaded, and left alone"
HELD = "Left unpublished: holds an editor's unpublished changes"


def loaded(folder, content=None, **options):
    return import_file(saved(folder, content or record()), **options)


def told(outcome):
    return {heading: lines for heading, lines in outcome.lines_by_heading.items() if heading != "Warnings"}


def edit(row: Publishable, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def milestone(**values):
    return changed("milestones", **values)


def titles(edition_class):
    return sorted(edition.title["en"] for edition in edition_class.objects.all())


def test_what_an_editor_changed_back_is_no_edit(tmp_path):
    loaded(tmp_path, publishing=True)
    edit(Milestone.objects.get(), title_en="An editor's words")
    edit(Milestone.objects.get(), title_en="Opens")
    outcome = loaded(tmp_path, milestone(title="The file's words"), publishing=True)
    assert (told(outcome), titles(MilestoneEdition)) == ({}, ["The file's words"])


def test_links_changed_back_are_no_edit(tmp_path):
    loaded(tmp_path, publishing=True)
    row = Initiative.objects.get()
    [area] = row.areas.all()
    row.areas.remove(area)
    row.areas.add(area)
    outcome = loaded(tmp_path, changed("initiatives", title_en="The Institute"), publishing=True)
    assert (told(outcome), titles(InitiativeEdition)) == ({}, ["The Institute"])


def test_links_that_an_editor_changed_are_left_alone(tmp_path):
    loaded(tmp_path, publishing=True)
    Initiative.objects.get().areas.clear()
    outcome = loaded(tmp_path, changed("initiatives", title_en="The Institute"), publishing=True)
    assert told(outcome) == {EDITED: ["initiatives institute: areas"], HELD: ["initiative institute"]}


def test_two_rows_of_a_file_changed_in_one_load_are_nobodys_edits(tmp_path):
    loaded(tmp_path, publishing=True)
    content = milestone(content=changed("initiatives", title_en="The Institute"), title="The file's words")
    assert (told(loaded(tmp_path, content)), loaded(tmp_path, content, publishing=True).written) == ({}, 0)
    again = milestone(content=changed("initiatives", title_en="An Institute"), title="Other words")
    assert told(loaded(tmp_path, again, publishing=True)) == {}
    assert (titles(InitiativeEdition), titles(MilestoneEdition)) == (["An Institute"], ["Other words"])


def test_what_an_editor_writes_before_the_file_does_is_nobodys_edit_any_more(tmp_path):
    loaded(tmp_path, publishing=True)
    edit(Milestone.objects.get(), title_en="The same words")
    assert told(loaded(tmp_path, milestone(title="The same words"))) == {}
    assert told(loaded(tmp_path, milestone(title="Later words"))) == {}
    assert Milestone.objects.get().title_en == "Later words"


def test_an_edit_once_overwritten_is_forgotten(tmp_path):
    loaded(tmp_path)
    edit(Milestone.objects.get(), title_en="An editor's words")
    assert told(loaded(tmp_path, overwrite=True, publishing=True)) == {}
    assert (told(loaded(tmp_path, milestone(title="Later words"))), titles(MilestoneEdition)) == ({}, ["Opens"])


def test_a_date_that_an_editor_changed_is_told_by_its_name(tmp_path):
    loaded(tmp_path)
    edit(Statement.objects.get(), promised=Statement.objects.get().stated)
    outcome = loaded(tmp_path, milestone(title="The file's words"))
    assert told(outcome) == {EDITED: ["milestones ms-1: statement:0 promised"]}


def test_a_value_the_file_no_longer_gives_goes_back_to_nothing(tmp_path):
    loaded(tmp_path, changed("initiatives", summary="Said once."))
    loaded(tmp_path)
    assert Initiative.objects.get().summary_en == ""


def test_a_value_an_editor_gave_before_the_file_is_left_alone(tmp_path):
    loaded(tmp_path)
    edit(Initiative.objects.get(), summary_en="An editor's summary.")
    outcome = loaded(tmp_path, changed("initiatives", summary="The file's summary."))
    assert told(outcome) == {EDITED: ["initiatives institute: summary_en"]}


WORK = {
    "a statement": lambda: StatementFactory(milestone=Milestone.objects.get()),
    "a milestone": lambda: MilestoneFactory(initiative=Initiative.objects.get()),
    "a relation": lambda: InitiativeRelation.objects.create(
        initiative=Initiative.objects.get(slug="institute"), other=InitiativeFactory(), relation="comparable"
    ),
    "words of a cited source": lambda: edit(Source.objects.get(), title="An editor's title"),
    "a held-back statement": lambda: edit(Statement.objects.get(), held_back=True),
    "a deleted statement": lambda: Statement.objects.get().delete(),
}
NO_WORK = {
    "a statement not shown": lambda: StatementFactory(milestone=Milestone.objects.get(), held_back=True),
    "a note": lambda: edit(Initiative.objects.get(), internal_note="Ask the Bureau."),
    "a statement added and deleted": lambda: StatementFactory(milestone=Milestone.objects.get(), cite=False).delete(),
}


@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_work_that_readers_would_see_is_not_published_with_a_file(tmp_path, work, published):
    loaded(tmp_path, publishing=published)
    work()
    outcome = loaded(tmp_path, changed("initiatives", title_en="The Institute"), publishing=True)
    assert "initiative institute" in told(outcome)[HELD]
    assert titles(InitiativeEdition) == ["Institute"] * published


@pytest.mark.parametrize("published", [False, True])
@pytest.mark.parametrize("work", NO_WORK.values(), ids=NO_WORK)
def test_work_that_readers_would_not_see_keeps_nothing_back(tmp_path, work, published):
    loaded(tmp_path, publishing=published)
    work()
    outcome = loaded(tmp_path, changed("initiatives", title_en="The Institute"), publishing=True)
    assert (told(outcome), titles(InitiativeEdition)) == ({}, ["The Institute"])


def test_work_published_since_keeps_nothing_back(tmp_path, superuser):
    loaded(tmp_path, publishing=True)
    StatementFactory(milestone=Milestone.objects.get())
    publish(drafts=[build_draft(Initiative.objects.get())], by=superuser)
    assert told(loaded(tmp_path, changed("initiatives", title_en="The Institute"), publishing=True)) == {}


def test_a_deleted_row_brings_its_root_down_to_a_line_in_the_report(tmp_path):
    loaded(tmp_path)
    Initiative.objects.get().delete()
    outcome = loaded(tmp_path, publishing=True)
    assert told(outcome)[EDITED][0].startswith("initiatives institute: removed")
    assert InitiativeEdition.objects.count() == 0


def test_a_redacted_date_is_forgotten_in_the_row_of_the_file_too(tmp_path):
    loaded(tmp_path, publishing=True)
    redact(Initiative.objects.get(), path(Statement.objects.get(), "promised"))
    assert LoadedRow.objects.get(section="milestones").raw == {"id": "ms-1", "verified": "seen"}


def test_what_was_redacted_in_another_language_does_not_stop_the_file(tmp_path):
    loaded(tmp_path, publishing=True)
    row = Milestone.objects.get()
    edit(row, title_zh_hant="編輯的譯文標題")
    publish_now = loaded(tmp_path, publishing=True)
    assert told(publish_now) == {HELD: ["initiative institute"]}
    redact(row.initiative, path(row, "title", "zh-hant"))
    loaded(tmp_path, milestone(title="The file's words"))
    assert Milestone.objects.get().title_en == "The file's words"
