"""The newsroom on the running stack: all its processes, and people with browsers."""

import json
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from hkpolicy.demo.processes import build_commands
from tests.browser_helpers import NARROW, WIDE, shortcomings
from tests.journeys.stack import Stack, prepare

SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.journeys.stack_settings"}
NAMES = {"mei": "author", "tom": "reviewer", "ada": "publisher"}


class Newsroom(Stack):
    @property
    def url(self):
        return f"http://localhost:{self.port}"

    def answer(self, path):
        """Return what a stranger gets: (status, text)."""
        try:
            with urlopen(self.url + path) as response:
                return response.status, response.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def api(self, path):
        """Ask the public API: (status, decoded body)."""
        status, text = self.answer(f"/api/v1/{path}")
        return status, json.loads(text)

    def is_up(self):
        try:
            return self.answer("/robots.txt")[0] == 200
        except OSError:
            return False

    def password(self, name):
        return json.loads((self.folder / "logins.json").read_text())[NAMES[name]]["password"]


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory, django_db_setup):
    """Run all processes of the site on a small public record with three editors."""
    folder = tmp_path_factory.mktemp("newsroom")
    prepare(folder, "tests.journeys.small_record", **SETTINGS)
    stack = Newsroom(folder, SITE_URL="", **SETTINGS)
    for name in build_commands():
        stack.start(name)
    try:
        stack.wait_until(stack.is_up, looking_every=0.1)
        yield stack
    finally:
        stack.end()


def speak(page, language):
    """Chosen with the button on top, which loads the page anew; kept for that person."""
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"button[name=language][value={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    return page


@pytest.fixture
def enter(browser, newsroom):
    """enter("mei"): a page of that editor's, logged in; enter(None): a stranger's."""

    def make(name, size=WIDE, language="en"):
        page = browser.new_context(base_url=newsroom.url, viewport=size, locale="en").new_page()
        if name is None:
            return page
        page.goto("/admin/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(newsroom.password(name))
        page.get_by_role("button", name="Log in").click()
        expect(page.locator("#user-tools")).to_be_visible()
        return speak(page, language)

    return make


@pytest.fixture
def look():
    """look(page): nobody is shut out of it, on a wide window or on a phone."""

    def at(page):
        before = page.viewport_size
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            assert shortcomings(page) == [], (page.url, size)
        page.set_viewport_size(before)

    return at
