"""Readers in a browser: a journalist after a date that slipped, a phone without JavaScript, a keyboard, a printer."""

from datetime import date, datetime

import pytest
import time_machine
from playwright.sync_api import expect

from record.dates import HONG_KONG, FuzzyDate
from tests.browser_helpers import WIDE, chinese, press
from tests.factories import (
    EvidenceFactory,
    FundingFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    PersonFactory,
    PostFactory,
    SourceFactory,
    StatementFactory,
    published,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres_only,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
PHONE = {"width": 360, "height": 740}
INSTITUTE = "AI Research and Development Institute"
FIRST, MOVED = "within 2025", "in the second half of 2026"
FIRST_SAID, MOVED_SAID = date(2025, 2, 26), date(2026, 5, 20)
BUDGET, REPLY = "The 2025-26 Budget", "Written reply on the institute"
ADDRESSES = {BUDGET: "https://example.org/budget", REPLY: "https://example.org/reply"}
PARTS_OF_A_FIELD = 4  # day, month, year and the calendar of a date
# What Tab should have come to and did not.
PASSED_OVER = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
    .filter(each => each.checkVisibility({visibilityProperty: true}) && !each.disabled && !met.includes(each))
    .map(each => each.outerHTML.slice(0, 200))"""
# Where Tab came to, once the page has scrolled there. A part of a date's field has the browser's own ring.
FOCUSED = """() => new Promise(tell => { let frames = 60; (function look() {
    const on = document.activeElement, style = getComputedStyle(on), place = on.getBoundingClientRect();
    const inside = place.bottom > 0 && place.top < innerHeight && place.right > 0 && place.width > 0;
    const ringed = style.outlineStyle != "none" && parseFloat(style.outlineWidth) > 0 || !on.matches(":focus");
    if (!inside && frames--) return requestAnimationFrame(look);
    window.met ??= [];
    met.includes(on) || met.push(on);
    tell({number: met.indexOf(on), seen: inside && ringed, html: on.outerHTML.slice(0, 200)});
})() })"""
FOLDED = """() => [...document.querySelectorAll("main details > :not(summary)")].filter(each => !each.checkVisibility())
    .map(each => each.outerHTML.slice(0, 200))"""
ADDRESSES_ON_PAPER = """() => [...document.querySelectorAll("main a[href^=http]")].filter(
    each => getComputedStyle(each, "::after").content.includes(each.getAttribute("href"))).map(each => each.href)"""


@pytest.fixture
def institute(superuser):
    """Publish an institute with its first date in March 2025, and with the moved one in June 2026."""
    names = {"title_en": INSTITUTE, "title_zh_hant": "人工智能研發院"}
    words = {"summary_en": "An institute of HK$1 billion.", "summary_zh_hant": "撥款10億元設立的研發院。"}
    speech = SourceFactory(title=BUDGET, url=ADDRESSES[BUDGET])
    initiative = InitiativeFactory(slug="ai-institute", **names, **words, cite__source=speech)
    opening = {"title_en": "It opens", "title_zh_hant": "投入運作"}
    milestone = MilestoneFactory(initiative=initiative, **opening, cite__source=speech)
    chan, cheong, sun = (public_person(name) for name in ("Paul Chan", "Lillian Cheong", "Sun Dong"))
    said(milestone, chan, FIRST_SAID, FuzzyDate.ending_on(date(2025, 12, 31), "year", phrase=FIRST), speech)
    with time_machine.travel(datetime(2025, 3, 3, 10, tzinfo=HONG_KONG)):
        published(initiative)
    hiring = MilestoneFactory(initiative=initiative, title_en="It hires", title_zh_hant="招聘", cite__source=speech)
    said(hiring, cheong, FIRST_SAID, FuzzyDate.from_year(2027), speech)
    reply = SourceFactory(title=REPLY, url=ADDRESSES[REPLY])
    moved = FuzzyDate.ending_on(date(2026, 12, 31), "half", phrase=MOVED)
    said(milestone, sun, MOVED_SAID, moved, reply)
    with time_machine.travel(datetime(2026, 6, 1, 10, tzinfo=HONG_KONG)):
        published(initiative)
    return initiative


def public_person(name):
    with time_machine.travel(datetime(2025, 1, 2, 10, tzinfo=HONG_KONG)):
        bureau = published(OrganisationFactory(checked=True))
        person = PersonFactory(name_en=name, checked=True)
        PostFactory(person=person, organisation=bureau)
        return published(person)


def said(milestone, person, day, promised, source):
    stated = FuzzyDate.from_day(day)
    StatementFactory(milestone=milestone, person=person, stated=stated, promised=promised, cite__source=source)


@pytest.fixture
def overdue(superuser):
    """One promise whose time is over and which somebody saw unkept since, one whose time is to come, and none."""
    initiative = InitiativeFactory(title_en="Data park", title_zh_hant="數據園區")
    late = MilestoneFactory(initiative=initiative, title_en="The land is sold", title_zh_hant="出售土地")
    StatementFactory(milestone=late, promised=FuzzyDate.from_year(2024))
    EvidenceFactory(milestone=late, supports="not_met", dated=FuzzyDate.from_day(date(2025, 7, 1)))
    later = MilestoneFactory(initiative=initiative, title_en="Work starts", title_zh_hant="動工")
    StatementFactory(milestone=later, promised=FuzzyDate.from_year(2031))
    published(InitiativeFactory(title_en="Research plan", title_zh_hant="研究計劃"))
    return published(initiative)


@pytest.fixture
def open_page(browser, live_server):
    def make(size=WIDE, **options):
        # What has the focus is looked at where it stands, not on its way there.
        still = {"base_url": live_server.url, "viewport": size, "reduced_motion": "reduce"}
        return browser.new_context(**still, **options).new_page()

    return make


def test_a_journalist_reads_the_moved_date_and_the_page_as_of_before_it_moved(institute, open_page):
    page = open_page()
    page.goto("/en/")
    page.get_by_role("searchbox").fill("institute")
    page.keyboard.press("Enter")
    press(page, INSTITUTE, role="link")
    main = page.get_by_role("main")
    expect(main).to_contain_text("First promised for 2025")
    for phrase, name, day, source in ((FIRST, "Paul Chan", FIRST_SAID, BUDGET), (MOVED, "Sun Dong", MOVED_SAID, REPLY)):
        step = main.get_by_role("listitem").filter(has_text=phrase).filter(has_text=name).first
        expect(step).to_contain_text(f"{day.day} {day:%B %Y}")
        expect(step.get_by_role("link", name=source)).to_have_attribute("href", ADDRESSES[source])

    page.get_by_text("As of another day").click()
    page.get_by_label("Read this page").fill("2026-05-31")
    press(page, "Read")
    expect(page.get_by_role("complementary", name="An earlier state")).to_contain_text("31 May 2026")
    expect(main).to_contain_text(FIRST)
    expect(main).not_to_contain_text(MOVED)
    press(page.get_by_role("navigation"), "Initiatives", role="link")
    page.get_by_role("main").get_by_role("link", name=INSTITUTE).first.click()
    expect(main).not_to_contain_text(MOVED)
    press(page, "Read it as it stands now", role="link")
    expect(main).to_contain_text(MOVED)


def test_a_phone_without_javascript_filters_overdue_promises_in_chinese(overdue, open_page):
    page = open_page(PHONE, locale="zh-HK", java_script_enabled=False)
    page.goto("/zh-hant/")
    press(page, chinese("Menu"))
    press(page, chinese("Milestones"), role="link")
    main = page.get_by_role("main")
    main.get_by_role("link", name=chinese("Overdue")).first.click()
    expect(main.get_by_role("link", name="出售土地")).to_be_visible()
    expect(main).not_to_contain_text("動工")
    assert fits(page)
    main.get_by_role("link", name="出售土地").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hant")
    expect(page.get_by_role("heading", level=1)).to_have_text("數據園區")
    assert fits(page)

    press(page, chinese("Menu"))
    press(page.get_by_role("navigation"), chinese("Initiatives"), role="link")
    expect(main).to_contain_text("研究計劃")
    main.get_by_text(chinese("Filter"), exact=True).click()
    main.get_by_role("checkbox", name=chinese("Overdue")).check()
    press(main, chinese("Show"))
    expect(main.get_by_role("link", name="數據園區")).to_be_visible()
    expect(main).not_to_contain_text("研究計劃")
    assert fits(page)


def test_a_long_sum_in_the_list_fits_a_window_of_any_width(institute, open_page):
    FundingFactory(initiative=institute, amount_hkd=688_888_000_000, qualifier="about")
    published(institute)
    page = open_page(PHONE)
    page.goto("/en/initiatives/")
    expect(page.get_by_role("main")).to_contain_text("about HK$688.888 billion")
    too_narrow = []
    for width in range(320, 1441, 40):
        page.set_viewport_size(PHONE | {"width": width})
        too_narrow += [] if fits(page) else [width]
    assert too_narrow == []


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_whole_page_of_an_initiative_by_keyboard(institute, open_page):
    page = open_page()
    page.goto(f"/en/initiatives/{institute.slug}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")

    page.reload()
    unfold_by_enter(page)
    met = [focused(page)]
    while (found := focused(page))["number"] > 0:
        assert found not in met[:-PARTS_OF_A_FIELD], "Tab goes in a circle that leaves the rest out"
        met.append(found)
    assert [each["html"] for each in met if not each["seen"]] == []
    assert page.evaluate(PASSED_OVER) == []


def focused(page):
    page.keyboard.press("Tab")
    return page.evaluate(FOCUSED)


def test_the_day_of_the_record_is_chosen_by_keyboard(institute, open_page):
    page = open_page()
    page.goto(f"/en/initiatives/{institute.slug}/")
    tab_to(page, "As of another day")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("05312026")
    assert page.evaluate("document.activeElement.value") == "2026-05-31"
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="An earlier state")).to_contain_text("31 May 2026")
    tab_to(page, "Read it as it stands now")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text(MOVED)


def unfold_by_enter(page):
    folded = page.locator("details:not([open]) > summary:visible")
    while folded.count():
        summary = folded.first.element_handle()
        summary.press("Enter")
        assert summary.evaluate("each => each.parentElement.open")
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")  # Tab goes on from the top


def tab_to(page, words):
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            return
    raise AssertionError(f"Tab never comes to {words!r}")


def test_the_page_of_an_initiative_on_paper(institute, open_page):
    page = open_page()
    page.goto(f"/en/initiatives/{institute.slug}/")
    assert page.locator("main details:not([open])").count()
    page.emulate_media(media="print")
    main = page.get_by_role("main")
    for words in (INSTITUTE, "First promised for 2025", "It opens", FIRST, MOVED, "Paul Chan", "Sun Dong"):
        expect(main.get_by_text(words).filter(visible=True).first).to_be_visible()
    assert page.evaluate(FOLDED) == []
    addresses = page.evaluate(ADDRESSES_ON_PAPER)
    assert set(ADDRESSES.values()) <= set(addresses)
    for role in ("navigation", "search", "button"):
        assert [each.inner_text() for each in page.get_by_role(role).all() if each.is_visible()] == []
    assert page.pdf(format="A4").startswith(b"%PDF-")
