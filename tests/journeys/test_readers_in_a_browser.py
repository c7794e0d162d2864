"""Readers in a browser: a journalist after a date that slipped, a phone without JavaScript, a keyboard, a printer."""

from datetime import date, datetime

import pytest
import time_machine
from playwright.sync_api import expect

from publishing.dates import HONG_KONG, FuzzyDate
from tests.factories import (
    EvidenceFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    PersonFactory,
    PostFactory,
    SourceFactory,
    StatementFactory,
    published,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
PHONE = {"width": 360, "height": 740}
INSTITUTE = "AI Research and Development Institute"
FIRST, MOVED = "within 2025", "in the second half of 2026"
FIRST_SAID, MOVED_SAID = date(2025, 2, 26), date(2026, 5, 20)
REPLY = "Written reply on the institute"


@pytest.fixture
def institute(superuser):
    """Published with its first date in March 2025, and with the moved one in June 2026."""
    names = {"title_en": INSTITUTE, "title_zh_hant": "人工智能研發院"}
    words = {"summary_en": "An institute of HK$1 billion.", "summary_zh_hant": "撥款10億元設立的研發院。"}
    speech = SourceFactory(title="The 2025-26 Budget", url="https://example.org/budget")
    initiative = InitiativeFactory(slug="ai-institute", **names, **words, cite__source=speech)
    opening = {"title_en": "It opens", "title_zh_hant": "投入運作"}
    milestone = MilestoneFactory(initiative=initiative, **opening, cite__source=speech)
    said(milestone, "Paul Chan", FIRST_SAID, FuzzyDate.ending(date(2025, 12, 31), "year", phrase=FIRST), speech)
    with time_machine.travel(datetime(2025, 3, 3, 10, tzinfo=HONG_KONG)):
        published(initiative)
    reply = SourceFactory(title=REPLY, url="https://example.org/reply")
    moved = FuzzyDate.ending(date(2026, 12, 31), "half", phrase=MOVED)
    said(milestone, "Sun Dong", MOVED_SAID, moved, reply)
    with time_machine.travel(datetime(2026, 6, 1, 10, tzinfo=HONG_KONG)):
        published(initiative)
    return initiative


def said(milestone, name, day, promised, source):
    """By a person who is public."""
    with time_machine.travel(datetime(2025, 1, 2, 10, tzinfo=HONG_KONG)):
        bureau = published(OrganisationFactory(checked=True))
        person = PersonFactory(name_en=name, checked=True)
        PostFactory(person=person, organisation=bureau)
        published(person)
    stated = FuzzyDate.of_day(day)
    StatementFactory(milestone=milestone, person=person, stated=stated, promised=promised, cite__source=source)


@pytest.fixture
def overdue(superuser):
    """One promise whose time is over and which somebody saw unkept since, and one whose time is to come."""
    initiative = InitiativeFactory(title_en="Data park", title_zh_hant="數據園區")
    late = MilestoneFactory(initiative=initiative, title_en="The land is sold", title_zh_hant="出售土地")
    StatementFactory(milestone=late, promised=FuzzyDate.of_year(2024))
    EvidenceFactory(milestone=late, supports="not_met", dated=FuzzyDate.of_day(date(2025, 7, 1)))
    later = MilestoneFactory(initiative=initiative, title_en="Work starts", title_zh_hant="動工")
    StatementFactory(milestone=later, promised=FuzzyDate.of_year(2031))
    return published(initiative)


@pytest.fixture
def open_page(browser, live_server):
    def make(size=None, **options):
        return browser.new_context(base_url=live_server.url, viewport=size, **options).new_page()

    return make


def test_a_phone_without_javascript_filters_overdue_promises_in_chinese(overdue, open_page):
    page = open_page(PHONE, locale="zh-HK", java_script_enabled=False)
    page.goto("/zh-hant/")
    page.get_by_role("link", name="里程碑", exact=True).first.click()
    page.get_by_role("main").get_by_role("link", name="逾期").first.click()
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="出售土地")).to_be_visible()
    expect(main).not_to_contain_text("動工")
    assert fits(page)
    main.get_by_role("link", name="出售土地").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hant")
    expect(page.get_by_role("heading", level=1)).to_have_text("數據園區")
    assert fits(page)


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")
