"""The pictures of docs/editors.md: SCREENSHOTS=docs/screenshots keeps them; without it they are only taken."""

import os
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from newsroom.actions.preview_links import share_preview
from newsroom.actions.review import request_review
from newsroom.actions.schedule import schedule_publication
from newsroom.admin.workflow.bulk import bulk_publish_url
from newsroom.documents.drafts import build_draft
from newsroom.models import WorkingChange, set_actor
from record.dates import FuzzyDate
from record.models import Publication
from tests.factories import (
    EvidenceFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
    published,
)
from tests.publishing_helpers import url

pytestmark = [
    pytest.mark.browser,
    pytest.mark.exhaustive,
    pytest.mark.sqlite,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SIZE = {"width": 1040, "height": 800}
MAX_PICTURE_HEIGHT = 1000
GUIDES = {"en": "editors.md", "zh-hant": "editors.zh-hant.md"}
PEOPLE = {
    "mei": ("Mei", "Chan", "author"),
    "tom": ("Tom", "Lee", "reviewer"),
    "ada": ("Ada", "Ho", "publisher"),
    "kit": ("Kit", "Wong", "administrator"),
}
BUREAU = {"name_en": "Innovation, Technology and Industry Bureau", "name_zh_hant": "創新科技及工業局"}
INSTITUTE = {
    "slug": "ai-institute",
    "title_en": "AI Research and Development Institute",
    "title_zh_hant": "人工智能研發院",
    "summary_en": "HK$1 billion is set aside for an institute that brings research to market.",
    "summary_zh_hant": "預留10億元成立研發院，推動科研成果落地。",
}
CENTRE = {"slug": "ai-centre", "title_en": "AI Supercomputing Centre", "title_zh_hant": "人工智能超算中心"}
STARTS = {"title_en": "The institute starts work", "title_zh_hant": "研發院投入運作"}


class Newsroom:
    """Three people, an administrator, and what they have under way."""

    def __init__(self):
        self.people = {name: self._person(name, *told) for name, told in PEOPLE.items()}
        self.budget = SourceFactory(title="The 2025-26 Budget", publisher="HKSAR Government")
        self.again = SourceFactory(title="Budget 2025-26 (speech)", publisher="HKSAR Government")
        with set_actor(self.people["mei"]):
            self.bureau = OrganisationFactory(slug="itib", **BUREAU, checked=True, cite__source=self.budget)
            self.institute = InitiativeFactory(**INSTITUTE, lead=self.bureau, cite__source=self.budget)
            self.milestone = self._milestone()
        published(self.institute, by=self.people["ada"])
        with set_actor(self.people["mei"]):
            self.centre = InitiativeFactory(**CENTRE, lead=self.bureau, cite__source=self.again)
            self.institute.summary_en = "HK$1 billion is approved for an institute that brings research to market."
            self.institute.summary_zh_hant = "獲批10億元成立研發院，推動科研成果落地。"
            self.institute.save()

    def _person(self, name, first, last, role):
        person = UserFactory(username=name, first_name=first, last_name=last)
        person.groups.add(Group.objects.get(name=role))
        return person

    def _milestone(self):
        row = MilestoneFactory(initiative=self.institute, **STARTS, cite__source=self.budget)
        promised = FuzzyDate.ending_on(date(2026, 12, 31), "half", phrase="in the second half of 2026")
        StatementFactory(milestone=row, organisation=self.bureau, promised=promised, cite__source=self.budget)
        EvidenceFactory(milestone=row, cite__source=self.again)
        return row


@pytest.fixture
def newsroom(db):
    return Newsroom()


@pytest.fixture
def enter(browser, live_server, newsroom):
    """enter("mei", "en"): a page of hers, logged in."""

    def make(name, language):
        client = Client()
        client.force_login(newsroom.people[name])
        context = browser.new_context(base_url=live_server.url, viewport=SIZE, locale="en")
        cookies = {"sessionid": client.cookies["sessionid"].value, settings.LANGUAGE_COOKIE_NAME: language}
        context.add_init_script("localStorage.setItem('django.admin.navSidebarIsOpen', 'false')")
        context.add_cookies([{"name": key, "value": value, "url": live_server.url} for key, value in cookies.items()])
        return context.new_page()

    return make


class Camera:
    def __init__(self, folder, language):
        self.folder, self.language, self.taken = folder, language, set()

    def take(self, page, name, *, of=None):
        """Photograph the page down to MAX_PICTURE_HEIGHT, or one element of it."""
        expect(page.locator("html")).to_have_attribute("lang", self.language)
        page.wait_for_load_state("networkidle")
        height = min(page.evaluate("document.documentElement.scrollHeight"), MAX_PICTURE_HEIGHT)
        page.set_viewport_size(SIZE | {"height": height})
        (of or page).screenshot(path=self.folder / f"{name}-{self.language}.png")
        page.set_viewport_size(SIZE)
        self.taken.add(name)


@pytest.fixture(params=GUIDES)
def camera(request, tmp_path):
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return Camera(folder, request.param)


def named_in_the_guide(language):
    guide = settings.BASE_DIR / "docs" / GUIDES[language]
    return set(re.findall(rf"screenshots/(\w+)-{language}\.png", guide.read_text()))


def test_the_guide_shows_each_picture_that_is_taken_and_no_other(newsroom, enter, camera):
    institute, (mei, tom, ada, kit) = newsroom.institute, (enter(name, camera.language) for name in PEOPLE)
    mei.goto(url(institute, "change"))
    camera.take(mei, "form")
    mei.goto(url(newsroom.milestone, "change"))
    camera.take(mei, "statement", of=mei.locator("#statements-0"))

    request_review(root=institute, by=newsroom.people["mei"], of=newsroom.people["tom"], note="The vote was in June.")
    share_preview(root=institute, by=newsroom.people["mei"], lasting=timedelta(days=7))
    pages = {"review": tom, "compare": tom, "publish": ada, "previews": mei, "editions": mei, "history": mei}
    for name, page in pages.items():
        page.goto(url(institute, name))
        camera.take(page, name)
    mei.goto(url(institute, "restore", Publication.objects.latest("pk").pk))
    camera.take(mei, "restore")
    mei.goto(url(WorkingChange, "changelist"))
    camera.take(mei, "log")
    tom.goto("/admin/")
    camera.take(tom, "front")
    ada.goto(bulk_publish_url([institute, newsroom.centre]))
    camera.take(ada, "together")
    kit.goto(f"{url(newsroom.again, 'merge')}?into={newsroom.budget.pk}")
    camera.take(kit, "merge")
    kit.goto(url(institute, "redact"))
    camera.take(kit, "redact")
    schedule_in_two_days(newsroom.centre, by=newsroom.people["ada"])
    ada.goto(url(newsroom.centre, "change"))
    camera.take(ada, "schedule", of=ada.locator("section.panel"))
    write_at_the_same_time(newsroom, mei)
    camera.take(mei, "collision")
    assert camera.taken == named_in_the_guide(camera.language)


def schedule_in_two_days(root, *, by):
    at = timezone.now() + timedelta(days=2)
    schedule_publication(drafts=[build_draft(root)], at=at, by=by, overruled="The bureau follows in the same week.")


def write_at_the_same_time(newsroom, page):
    """She has the form open when somebody else saves it, and then saves."""
    page.goto(url(newsroom.institute, "change"))
    with set_actor(newsroom.people["tom"]):
        newsroom.institute.summary_en = "HK$1 billion is approved, with a first grant of HK$200 million."
        newsroom.institute.save()
    with page.expect_navigation():
        page.evaluate("""() => {
            document.querySelector("#id_summary_en").value = "HK$1 billion is approved, says the Budget.";
            document.querySelector("input[name=_save]").click();
        }""")
