"""The newsroom as people work in it, on the running site; each journey ends in what the API then answers."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser_helpers import CHINESE, NARROW, chinese, press, write

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]
STALE = "The Chinese follows next week."


def open_form(page, title):
    """From the list of initiatives."""
    page.goto("/admin/initiatives/initiative/")
    page.get_by_role("rowheader").get_by_role("link", name=title).click()


def open_child(page, title):
    """From the table on its root's form."""
    page.get_by_role("rowheader").get_by_role("link", name=title).click()


def in_two_minutes():
    return (timezone.localtime() + timedelta(minutes=2)).strftime("%Y-%m-%dT%H:%M")


def come_due(newsroom):
    """Its moment, which a form gives in minutes, is now."""
    newsroom.ledger(
        "UPDATE newsroom_schedule SET publish_at = ? WHERE state = 'waiting'",
        timezone.now().strftime("%Y-%m-%d %H:%M:%S.%f"),
    )


def cite(box):
    """Find the Budget by typing."""
    box.click()
    box.page.keyboard.type("Budget")
    box.page.get_by_role("option", name="The 2025-26 Budget").click()


def publish(page, note, overruled=""):
    """From the form. overruled: why it goes out in spite of the warnings that are shown then."""
    press(page, "Publish…", "link")
    page.get_by_label("English").fill(note)
    if overruled:
        write(page, "Why it goes out in spite of the warnings", overruled)
    press(page, "Publish")
    expect(page.get_by_text("is published.")).to_be_visible()


def result_of(newsroom, path):
    """Of the one milestone, as the API tells it."""
    [milestone] = newsroom.api(path)[1]["milestones"]
    return milestone["result"]


def changes_of(newsroom, public):
    """List (action, note) of each change of it that the record ever had."""
    changes = newsroom.api("changes/")[1]["results"]
    return [(each["action"], each["note"]["en"]) for each in changes if each["content_id"] == public["content_id"]]


SCHEME, IN_CHINESE = "AI Subsidy Scheme", "人工智能資助計劃"


def written(mei, look):
    mei.goto("/admin/initiatives/initiative/")
    mei.get_by_role("link", name="Add initiative").click()
    mei.get_by_role("textbox", name="Title (English)").press_sequentially(SCHEME)  # the slug follows as one types
    write(mei, "Summary (English)", "HK$3 billion over many years.")
    mei.get_by_role("tab", name="繁體中文").click()
    write(mei, "Title (繁體中文)", IN_CHINESE)
    mei.get_by_text("Add another Citation").click()
    cite(mei.get_by_role("combobox", name="Source"))
    press(mei, "Save and continue editing")
    look(mei)
    press(mei, "Review…", "link")
    mei.get_by_label("Ask").select_option("Tom Lee")
    write(mei, "Note, for the newsroom", "New with the Budget.")
    press(mei, "Request review")


def sent_back(tom, look):
    open_form(tom, IN_CHINESE)
    press(tom, chinese("Review…"), "link")
    look(tom)
    write(tom, chinese("Note, for the newsroom"), "How many years?")
    press(tom, chinese("Send back"))


def mended(mei):
    open_form(mei, SCHEME)
    expect(mei.get_by_text("Sent back by Tom Lee")).to_contain_text("How many years?")
    write(mei, "Summary (English)", "HK$3 billion over three years.")
    press(mei, "Save and continue editing")
    press(mei, "Review…", "link")
    press(mei, "Request review")


def approved(tom):
    open_form(tom, IN_CHINESE)
    press(tom, chinese("Review…"), "link")
    press(tom, chinese("Approve"))
    expect(tom.get_by_role("listitem").filter(has_text=chinese("Approved"))).to_be_visible()


def scheduled(ada, look):
    open_form(ada, SCHEME)
    press(ada, "Publish…", "link")
    ada.get_by_label("English").fill("A new scheme.")
    ada.get_by_label("Major").check()
    ada.get_by_label("At a later moment").fill(in_two_minutes())
    press(ada, "Schedule")
    expect(ada.get_by_text("later edits are not in it")).to_be_visible()
    look(ada)


def edited_afterwards(mei):
    open_form(mei, SCHEME)
    write(mei, "Summary (English)", "An afterthought.")
    press(mei, "Save")


def test_written_sent_back_mended_approved_scheduled_and_public_once_though_the_publisher_was_dead(
    newsroom, enter, look
):
    path = "initiatives/ai-subsidy-scheme/"
    mei, tom, ada = enter("mei"), enter("tom", NARROW, CHINESE), enter("ada")
    written(mei, look)
    sent_back(tom, look)
    mended(mei)
    approved(tom)
    scheduled(ada, look)
    edited_afterwards(mei)
    newsroom.kill("publisher")
    come_due(newsroom)
    time.sleep(3)  # beat has called more than once
    assert newsroom.api(path)[0] == 404
    newsroom.start("publisher")
    newsroom.wait_until(lambda: newsroom.api(path)[0] == 200, looking_every=0.1)
    public = newsroom.api(path)[1]
    assert (public["title"]["en"], public["summary"]["en"]) == (SCHEME, "HK$3 billion over three years.")
    time.sleep(3)
    assert changes_of(newsroom, public) == [("published", "A new scheme.")]


def keep_mine(page, look):
    write(page, "Summary (English)", "HK$500 million, says Mei.")
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("Ada")
    look(page)
    page.get_by_label("Keep mine").check()
    press(page, "Save")
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def take_theirs(page):
    page.get_by_role("tab", name="English").click()
    write(page, f"{chinese('summary')} (English)", "HK$500 million, says Tom.")
    write(page, chinese("internal note"), "Tom asked the office.")
    press(page, chinese("Save"))
    expect(page.get_by_role("alert")).to_contain_text("Mei")
    page.get_by_label(chinese("Take theirs")).check()
    press(page, chinese("Save"))
    expect(page.get_by_role("rowheader").first).to_be_visible()


def test_who_saves_after_another_chooses_and_nothing_typed_is_lost(newsroom, enter, look):
    title, path = "Digital Transformation Support Pilot Programme", "initiatives/digital-pilot/"
    mei, tom, ada = enter("mei"), enter("tom", language=CHINESE), enter("ada")
    for page, name in ((mei, title), (tom, "數碼轉型支援先導計劃"), (ada, title)):
        open_form(page, name)
    write(ada, "Summary (English)", "HK$500 million, says Ada.")
    write(ada, "Body (Markdown) (English)", "Ada adds a body.")
    press(ada, "Save")
    expect(ada.get_by_text("was changed successfully")).to_be_visible()

    keep_mine(mei, look)
    take_theirs(tom)

    open_form(ada, title)
    expect(ada.get_by_role("textbox", name="Internal note")).to_have_value("Tom asked the office.")
    publish(ada, "Told more exactly.", overruled=STALE)
    public = newsroom.api(path)[1]
    assert (public["summary"]["en"], public["body"]["en"]) == ("HK$500 million, says Mei.", "Ada adds a body.")


def test_a_result_is_not_public_before_a_second_person_checked_it(newsroom, enter, look):
    title, path = "AI Research and Development Institute", "initiatives/ai-institute/"
    mei, tom, ada = enter("mei"), enter("tom", NARROW, CHINESE), enter("ada")
    open_form(mei, title)
    open_child(mei, "It starts work")
    mei.get_by_label("Result").select_option("Met")
    mei.get_by_text("Add another Evidence").click()
    evidence = mei.get_by_role("group", name="Evidence").last
    write(evidence, "Summary (English)", "It was seen at work in July.")
    cite(evidence.get_by_role("combobox", name="Source"))
    press(mei, "Save and continue editing")
    expect(mei.get_by_text("It needs to be checked by somebody else.")).to_be_visible()
    expect(mei.get_by_role("button", name="Check result")).to_have_count(0)
    look(mei)

    open_form(ada, title)
    press(ada, "Publish…", "link")
    expect(ada.get_by_text("A result needs to be checked by a second person.")).to_be_visible()
    expect(ada.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    look(ada)
    assert result_of(newsroom, path) == "scheduled"

    open_form(tom, "人工智能研發院")
    open_child(tom, "開始運作")
    press(tom, chinese("Check result"))
    open_form(ada, title)
    publish(ada, "The institute started work.")
    assert result_of(newsroom, path) == "met"


@pytest.mark.exhaustive
def test_a_stranger_sees_a_shared_preview_until_it_is_revoked(newsroom, enter, look):
    title, path = "AI Supercomputing Centre", "initiatives/supercomputing-centre/"
    mei, stranger = enter("mei"), enter(None)
    open_form(mei, title)
    write(mei, "Summary (English)", "Not yet public.")
    press(mei, "Save and continue editing")
    press(mei, "Share a preview…", "link")
    mei.get_by_label("Lasts").select_option("1 day")
    press(mei, "Make a link")
    address = mei.get_by_label("English").input_value()

    assert stranger.goto(address).status == 200
    expect(stranger.get_by_text("Not yet public.")).to_be_visible()
    assert stranger.context.cookies() == []
    look(stranger)
    press(mei, "Revoke")
    assert stranger.reload().status == 410
    look(stranger)
    assert "Not yet public" not in stranger.content()
    assert newsroom.api(path)[1]["summary"]["en"] == f"{title}: announced with HK$1 billion."


@pytest.mark.exhaustive
def test_what_is_withdrawn_is_gone_with_its_reason_and_comes_back(newsroom, enter, look):
    title, path = "Third Advanced Manufacturing Centre", "initiatives/advanced-manufacturing/"
    ada, stranger = enter("ada"), enter(None)
    open_form(ada, title)
    press(ada, "Withdraw…", "link")
    ada.get_by_label("English").fill("Its source was taken for another's.")
    press(ada, "Withdraw")
    expect(ada.get_by_text("is withdrawn")).to_be_visible()
    look(ada)
    status, gone = newsroom.api(path)
    assert (status, gone["reason"]["en"]) == (410, "Its source was taken for another's.")
    assert stranger.goto(f"/en/{path}").status == 410
    expect(stranger.get_by_text("Its source was taken for another's.")).to_be_visible()

    publish(ada, "The source is cleared up.")
    status, public = newsroom.api(path)
    assert (status, public["title"]["en"], len(public["milestones"])) == (200, title, 1)
    assert stranger.goto(f"/en/{path}").status == 200


@pytest.mark.exhaustive
def test_an_earlier_edition_is_restored_with_its_children_and_published(newsroom, enter, look):
    title, path = "Data Facility Cluster at Sandy Ridge", "initiatives/data-facilities/"
    mei, ada = enter("mei"), enter("ada")
    before = newsroom.api(path)[1]
    open_form(mei, title)
    write(mei, "Summary (English)", "Announced with HK$2 billion.")
    press(mei, "Save and continue editing")
    open_child(mei, "It starts work")
    write(mei, "Title (English)", "It opens its doors")
    press(mei, "Save")
    open_form(ada, title)
    publish(ada, "Rewritten.", overruled=STALE)
    assert newsroom.api(path)[1]["milestones"][0]["title"]["en"] == "It opens its doors"

    open_form(mei, title)
    press(mei, "Editions", "link")
    mei.get_by_role("link", name="Restore… edition 1").click()
    look(mei)
    press(mei, "Restore into the working copy")
    press(mei, "Compare with published", "link")
    expect(mei.get_by_role("deletion").filter(has_text="2").first).to_be_visible()
    expect(mei.get_by_text("It starts work")).to_be_visible()

    open_form(ada, title)
    publish(ada, "As it was.")
    after = newsroom.api(path)[1]
    assert (after["edition"], after["summary"]) == (3, before["summary"])
    assert [each["title"] for each in after["milestones"]] == [each["title"] for each in before["milestones"]]
