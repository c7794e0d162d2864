"""Leaving a form asks only when something in it is not saved."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from initiatives.models import Milestone
from tests.factories import MilestoneFactory, StatementFactory, UserFactory
from tests.publishing_helpers import url

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres_only,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def page(browser, live_server, client):
    client.force_login(UserFactory(is_superuser=True))
    context = browser.new_context(base_url=live_server.url, locale="en")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    return context.new_page()


def leave(page) -> bool:
    """Follow a link away. Tell whether the browser asked first."""
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.click("#site-name a")
    page.wait_for_url("**/admin/")
    return asked == ["beforeunload"]


def opened(page, row):
    page.goto(url(row, "change"))
    page.wait_for_load_state("networkidle")


CHANGES = {
    "a text": lambda page: page.fill("#id_title_en", "Typed"),
    "an inline row": lambda page: page.click("text=Add another Statement"),
    "a box that finds by typing": lambda page: page.evaluate(
        "django.jQuery('#id_statements-0-source').append(new Option('x', '99', true, true)).trigger('change')"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_leaving_a_form_asks_when_something_was_changed(page, change):
    opened(page, StatementFactory().milestone)
    CHANGES[change](page)
    assert leave(page)


def test_leaving_a_form_does_not_ask_when_nothing_was_or_it_was_taken_back(page):
    row = StatementFactory().milestone
    opened(page, row)
    assert not leave(page)
    opened(page, row)
    page.fill("#id_title_en", "Typed")
    page.fill("#id_title_en", row.title_en)
    assert not leave(page)


def test_saving_does_not_ask_and_a_collision_asks_until_it_is_saved(page):
    row = MilestoneFactory()
    opened(page, row)
    page.fill("#id_title_en", "Mine")
    Milestone.objects.filter(pk=row.pk).update(title_en="Theirs")
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.click("input[name=_save]")
    page.get_by_label("Keep mine").check()
    page.click("input[name=_save]")
    page.wait_for_url(url(type(row), "changelist"))
    assert Milestone.objects.get().title_en == "Mine"


def test_a_form_that_came_back_unsaved_asks_without_another_change(page):
    row = MilestoneFactory()
    opened(page, row)
    page.fill("#id_title_en", "Mine")
    Milestone.objects.filter(pk=row.pk).update(title_en="Theirs")
    page.click("input[name=_save]")
    page.get_by_label("Keep mine").wait_for()
    page.wait_for_load_state("networkidle")
    assert leave(page)


@pytest.mark.parametrize("width", [1280, 375])
def test_the_pages_of_a_collision_and_of_an_ended_session_shut_nobody_out(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    row = StatementFactory().milestone
    opened(page, row)
    page.fill("#id_title_en", "Mine")
    page.fill("#id_statements-0-promised_phrase", "mine")
    Milestone.objects.filter(pk=row.pk).update(title_en="Theirs", internal_note="theirs")
    row.statements.update(promised_phrase="theirs")
    page.click("input[name=_save]")
    page.locator(".collision").wait_for()
    found = {"a collision": shortcomings(page)}
    page.context.clear_cookies(name="sessionid")
    page.click("input[name=_save]")
    page.locator("#login-form").wait_for()
    found["an ended session"] = shortcomings(page)
    assert found == {"a collision": [], "an ended session": []}


def shortcomings(page) -> list:
    page.wait_for_load_state("networkidle")
    found = [(each["id"], [node["html"] for node in each["nodes"]]) for each in Axe().run(page).response["violations"]]
    return found + (["scrolls sideways"] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else [])
