"""Translations nobody has reviewed: told in the form, confirmed with one button."""

import re

import pytest

from newsroom.actions.confirm_translations import confirm_translations, get_unreviewed_texts
from newsroom.actions.permissions import ActionError
from record import languages
from tests.factories import InitiativeFactory, MilestoneFactory, ObservationFactory, OutcomeFactory
from tests.publishing_helpers import url

pytestmark = pytest.mark.django_db


def translated(row, name="title", words="研究院"):
    languages.set_translation(row, name, "zh-hant", words, of=getattr(row, f"{name}_en"))
    row.save()
    return row


def state(row, name="title"):
    row.refresh_from_db()
    return (row.text(name) or {}).get("state", {}).get("zh-hant", "")


def confirm(client, row):
    """As the button of the row's form does it now."""
    return client.post(url(row, "confirm"), {"seen": get_unreviewed_texts(row).digest}, follow=True)


def test_an_unreviewed_translation_is_confirmed_with_one_button(login):
    initiative, client = translated(InitiativeFactory()), login("author")
    page = client.get(url(initiative, "change")).content.decode()
    assert f'action="{url(initiative, "confirm")}"' in page
    assert "Confirm the translations (1)<" in page
    assert "Translated, not yet reviewed." in page
    client.post(url(initiative, "confirm"), {"seen": re.search(r'name="seen" value="(\w+)"', page)[1]})
    assert state(initiative) == ""
    assert url(initiative, "confirm") not in client.get(url(initiative, "change")).content.decode()


def test_the_button_counts_and_confirms_the_facts_inside_too_and_no_children(login):
    outcome = OutcomeFactory()
    observation = translated(ObservationFactory(outcome=outcome, note_en="about"), "note", "約數")
    translated(outcome)
    milestone = translated(MilestoneFactory(initiative=outcome.initiative))
    client = login("author")
    assert "Confirm the translations (2)" in client.get(url(outcome, "change")).content.decode()
    confirm(client, outcome)
    assert (state(outcome), state(observation, "note")) == ("", "")
    confirm(client, outcome.initiative)
    assert state(milestone) == "unreviewed"


def test_what_was_confirmed_is_stale_once_its_english_changes(login):
    initiative = translated(InitiativeFactory())
    confirm(login("author"), initiative)
    initiative.refresh_from_db()
    initiative.title_en = "Another title"
    initiative.save()
    assert state(initiative) == "stale"
    assert not languages.awaits_review(initiative, "title", "zh-hant")


def test_what_was_never_reviewed_still_waits_when_its_english_changes():
    initiative = translated(InitiativeFactory())
    initiative.title_en = "Another title"
    initiative.save()
    assert state(initiative) == "stale"
    assert languages.awaits_review(initiative, "title", "zh-hant")


def test_a_translation_an_editor_rewrote_waits_for_nobody():
    initiative = translated(InitiativeFactory())
    initiative.title_en = "Another title"
    initiative.save()
    initiative.title_zh_hant = "另一名稱"
    initiative.save()
    assert state(initiative) == ""
    assert not languages.awaits_review(initiative, "title", "zh-hant")


@pytest.mark.parametrize(("role", "status"), [("anonymous", 302), ("stranger", 403)])
def test_who_may_not_change_it_confirms_nothing(login, role, status):
    initiative = translated(InitiativeFactory())
    assert login(role).post(url(initiative, "confirm")).status_code == status
    assert state(initiative) == "unreviewed"


def test_with_nothing_to_confirm_the_editor_is_told(login):
    initiative, client = InitiativeFactory(), login("author")
    page = client.post(url(initiative, "confirm"), follow=True)
    assert "No translation waits to be confirmed." in page.content.decode()


def test_a_translation_that_is_held_back_stays_so(login):
    initiative = InitiativeFactory()
    languages.set_held_back(initiative, "title", "zh-hant")
    translated(initiative)
    assert "zh-hant" not in initiative.text("title")


def test_a_list_finds_what_waits_to_be_confirmed(login):
    waiting = translated(InitiativeFactory(summary_en="A park"), "summary")
    InitiativeFactory()
    page = login("author").get(url(type(waiting), "changelist"), {"translations": "unreviewed"})
    assert list(page.context["cl"].queryset) == [waiting]


def test_only_the_words_that_were_shown_are_confirmed(login):
    initiative, client = translated(InitiativeFactory()), login("author")
    seen = get_unreviewed_texts(initiative).digest
    translated(initiative, words="大學")
    page = client.post(url(initiative, "confirm"), {"seen": seen}, follow=True).content.decode()
    assert "The words were changed since you opened the page." in page
    assert state(initiative) == "unreviewed"


def test_a_fact_inside_that_was_changed_meanwhile_is_not_confirmed_unread(login):
    outcome = OutcomeFactory()
    observation = translated(ObservationFactory(outcome=outcome, note_en="about"), "note", "約數")
    seen = get_unreviewed_texts(outcome).digest
    translated(type(observation).objects.get(pk=observation.pk), "note", "大約")
    login("author").post(url(outcome, "confirm"), {"seen": seen})
    assert state(observation, "note") == "unreviewed"


def test_what_another_saved_meanwhile_is_not_undone_by_a_row_read_before(superuser):
    initiative = translated(InitiativeFactory(summary_en="Before"))
    InitiativeFactory._meta.model.objects.filter(pk=initiative.pk).update(summary_en="After")
    confirm_translations(row=initiative, seen=get_unreviewed_texts(initiative).digest, by=superuser)
    assert state(initiative) == ""
    assert initiative.summary_en == "After"


def test_what_another_confirmed_meanwhile_waits_no_more(superuser):
    initiative = translated(InitiativeFactory())
    seen = get_unreviewed_texts(initiative).digest
    confirm_translations(row=type(initiative).objects.get(pk=initiative.pk), seen=seen, by=superuser)
    with pytest.raises(ActionError, match="No translation waits"):
        confirm_translations(row=initiative, seen=seen, by=superuser)
