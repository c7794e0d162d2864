"""What tests in a browser share: sizes of windows, what a person does, and what shuts somebody out of a page."""

from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from django.utils.translation import gettext

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 375, "height": 812}
CHINESE = "zh-hant"
TIMEOUT_MILLISECONDS = 60_000  # of a crowded machine


def shortcomings(page):
    """Return what axe finds on the page, by day and by night, and whether it scrolls sideways."""
    page.wait_for_load_state("networkidle", timeout=TIMEOUT_MILLISECONDS)
    found = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        violations = Axe().run(page).response["violations"]
        found += [(scheme, each["id"], [node["html"] for node in each["nodes"]]) for each in violations]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("scrolls sideways")
    return found


def chinese(words):
    with translation.override(CHINESE):
        return gettext(words)


def press(page, name, role="button"):
    page.get_by_role(role, name=name, exact=True).click()


def write(page, field, words):
    page.get_by_role("textbox", name=field).fill(words)
