"""publish, withdraw and load_pages: the newsroom's verbs at the shell."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from importer.page_files import import_pages
from initiatives.editions import InitiativeEdition, MilestoneEdition
from initiatives.models import Initiative
from newsroom.models import Page, audited_update
from record.models import Change, PageEdition
from tests.factories import InitiativeFactory, MilestoneFactory, UserFactory

pytestmark = pytest.mark.django_db


def said(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue().strip()


def test_publish_publishes_by_kind_and_slug_with_a_note_in_its_language():
    InitiativeFactory(slug="institute")
    InitiativeFactory(slug="park")
    assert said("publish", "initiative", "institute", "park", note="更正日期", major=True).startswith("Publication ")
    assert InitiativeEdition.objects.count() == 2
    change = Change.objects.filter(type="initiative").first()
    assert (change.note["zh-hans"], change.update_type) == ("更正日期", "major")
    assert said("publish", "initiative", "institute", note="Again") == "Nothing to publish."


def test_what_blocks_a_publication_is_said():
    InitiativeFactory(slug="institute", cite=False)
    with pytest.raises(CommandError, match="citation"):
        said("publish", "initiative", "institute", note="First")
    assert InitiativeEdition.objects.count() == 0


def test_withdraw_leaves_its_reason():
    InitiativeFactory(slug="institute")
    said("publish", "initiative", "institute", note="First")
    said("withdraw", "initiative", "institute", reason="Mistaken")
    assert InitiativeEdition.objects.count() == 0
    assert Change.objects.filter(action="withdrawn").get().note == {"en": "Mistaken"}


def test_move_gives_a_public_child_to_another_root_by_its_slug():
    milestone = MilestoneFactory(initiative__slug="institute")
    InitiativeFactory(slug="park")
    said("publish", "initiative", "institute", "park", note="First")
    assert said("move", "milestone", str(milestone.content_id), to="park").startswith("Publication ")
    assert MilestoneEdition.objects.get().load_document()["initiative"]["slug"] == "park"
    milestone.refresh_from_db()
    assert milestone.initiative.slug == "park"


def test_move_says_what_it_cannot_find():
    with pytest.raises(CommandError, match="No milestone has the content_id"):
        said("move", "milestone", "nothing", to="park")


@pytest.mark.parametrize(("command", "options"), [("publish", {"note": "First"}), ("withdraw", {"reason": "Mistaken"})])
def test_a_slug_that_is_not_there_is_said(command, options):
    with pytest.raises(CommandError, match="There is no initiative nowhere"):
        said(command, "initiative", "nowhere", **options)


def test_who_may_not_publish_does_not():
    UserFactory(username="mallory")
    InitiativeFactory(slug="institute")
    with pytest.raises(CommandError, match="may not"):
        said("publish", "initiative", "institute", note="First", by="mallory")


def test_the_pages_that_ship_are_published_in_three_languages_once():
    import_pages(publishing=True)
    assert import_pages(publishing=True).publication is None
    found = {page.slug: [*page.load_document()["body"]] for page in PageEdition.objects.all()}
    assert found == {slug: ["en", "zh-hans", "zh-hant"] for slug in ("about", "method", "privacy")}


def test_a_page_an_editor_changed_is_left_alone():
    import_pages(publishing=True)
    audited_update(Page.objects.filter(slug="about"), body_en="An editor's text")
    outcome = import_pages(publishing=True)
    assert outcome.lines_by_heading["Edited since it was loaded, and left alone"] == ["pages about: body_en"]
    assert Page.objects.get(slug="about").body_en == "An editor's text"
    assert Initiative.objects.count() == 0
