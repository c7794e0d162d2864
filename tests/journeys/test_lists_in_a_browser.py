"""A list that is narrowed in place: counts, address and focus go along, and nothing is left in the browser."""

import pytest
from playwright.sync_api import expect

from tests.browser_helpers import WIDE
from tests.factories import InitiativeFactory, published

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres_only,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def page(browser, live_server):
    """Open the list of two initiatives; mark it, so that a new page would be seen."""
    for name in ("technology", "development"):
        published(InitiativeFactory(title_en=f"Plan of {name}"))
    page = browser.new_context(base_url=live_server.url, viewport=WIDE).new_page()
    page.goto("/en/initiatives/")
    page.evaluate("window.same = true")
    return page


def test_a_choice_narrows_the_list_in_place_and_keeps_the_focus(page, live_server):
    page.get_by_role("checkbox", name="Announced").focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(f"{live_server.url}/en/initiatives/?stage=announced")
    expect(page.get_by_role("status")).to_have_text("2 initiatives")
    expect(page.get_by_role("checkbox", name="Announced")).to_be_focused()
    page.get_by_label("Words").fill("technology")
    expect(page).to_have_url(f"{live_server.url}/en/initiatives/?q=technology&stage=announced")
    expect(page.get_by_role("status")).to_have_text("1 initiative")
    expect(page.get_by_label("Words")).to_be_focused()
    chinese = page.get_by_role("navigation", name="Language").get_by_role("link", name="繁體中文")
    expect(chinese).to_have_attribute("href", "/zh-hant/initiatives/?q=technology&stage=announced")
    assert page.evaluate("[window.same, localStorage.length]") == [True, 0]


def test_back_leads_to_what_was_asked_before(page, live_server):
    page.get_by_role("checkbox", name="Announced").check()
    expect(page).to_have_url(f"{live_server.url}/en/initiatives/?stage=announced")
    page.go_back()
    expect(page).to_have_url(f"{live_server.url}/en/initiatives/")
    expect(page.get_by_role("checkbox", name="Announced")).not_to_be_checked()
    expect(page.get_by_role("status")).to_have_text("2 initiatives")


def test_what_was_folded_stays_folded(page, live_server):
    stage = page.locator("#facet-stage")
    expect(stage).to_have_attribute("open", "")
    stage.locator("summary").first.click()
    page.get_by_label("Words").fill("technology")
    expect(page.get_by_role("status")).to_have_text("1 initiative")
    expect(page.locator("#facet-stage")).not_to_have_attribute("open", "")
