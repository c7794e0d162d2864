"""The newsroom as a person meets it in a browser: wide and narrow, with and without scripts."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from initiatives.models import Source, Statement
from newsroom.actions.preview_links import share_preview
from newsroom.actions.review import request_review
from newsroom.admin.workflow.bulk import bulk_publish_url
from newsroom.models import Schedule, WorkingChange
from tests.browser_helpers import NARROW, WIDE, shortcomings
from tests.factories import (
    AnnouncementFactory,
    ContextFactory,
    FigureFactory,
    InitiativeFactory,
    InitiativeRelationFactory,
    MilestoneFactory,
    OrganisationFactory,
    PolicyAreaFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
    published,
)
from tests.publishing_helpers import url
from tests.redacting import proposed_redaction

pytestmark = [
    pytest.mark.browser,
    pytest.mark.postgres_only,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def enter(browser, live_server, client):
    """enter(width): a page of a superuser's, logged in; its addresses are those of the site."""

    def make(size=WIDE, **options):
        client.force_login(UserFactory(is_superuser=True))
        context = browser.new_context(base_url=live_server.url, viewport=size, locale="en", **options)
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([session])
        return context.new_page()

    return make


@pytest.fixture
def initiative():
    """With one of everything a form shows, published, and a change that is not."""
    initiative = InitiativeRelationFactory(initiative__lead=OrganisationFactory()).initiative
    initiative.areas.add(PolicyAreaFactory())
    StatementFactory(milestone__initiative=initiative)
    published(initiative)
    initiative.title_en = "Renamed"
    initiative.save()
    return initiative


def pages_about(initiative) -> list[str]:
    """One page of every kind."""
    milestone, figure = initiative.milestones.get(), FigureFactory(announcement=AnnouncementFactory())
    return [
        "/admin/",
        url(type(initiative), "changelist"),
        url(initiative, "change"),
        url(type(milestone), "add"),
        url(milestone, "change"),
        url(milestone, "delete"),
        url(figure.announcement, "change"),
        url(initiative, "compare"),
        url(initiative, "editions"),
        url(initiative, "publish"),
        bulk_publish_url([initiative, ContextFactory(cite=False), figure.announcement]),
        url(type(milestone), "changelist"),
        url(OrganisationFactory(), "merge"),
        f"{url(initiative.lead, 'merge')}?into={OrganisationFactory().pk}",
        *(url(initiative, verb) for verb in ("review", "previews", "history", "withdraw", "redact")),
        url(Schedule, "changelist"),
        url(WorkingChange, "changelist"),
        url(WorkingChange.objects.first(), "change"),
        url(get_user_model(), "changelist"),
        url(get_user_model().objects.first(), "change"),
        url(initiative, "preview", "en"),
        url(initiative, "redaction", proposed_redaction(initiative).pk),
    ]


@pytest.mark.parametrize("size", [pytest.param(WIDE, marks=pytest.mark.exhaustive), NARROW], ids=["wide", "narrow"])
def test_nothing_in_the_admin_shuts_anybody_out(enter, initiative, size):
    page, found = enter(size), {}
    request_review(root=initiative, by=UserFactory(is_superuser=True), note="Look at ¶3")
    share_preview(root=initiative, by=UserFactory(is_superuser=True), lasting=timedelta(days=1))
    for address in pages_about(initiative):
        page.goto(address)
        if wrong := shortcomings(page):
            found[address] = wrong
    assert found == {}


def test_the_login_page_shuts_nobody_out(browser, live_server):
    page = browser.new_page(base_url=live_server.url)
    page.goto("/admin/login/")
    assert page.locator("h1").count() == 1
    assert shortcomings(page) == []


def test_a_language_is_a_tab_and_a_link_to_a_field_opens_its_tab(enter):
    initiative, page = InitiativeFactory(title_en="Institute"), enter()
    page.goto(url(initiative, "change"))
    assert page.locator("#id_title_en").is_visible()
    assert not page.locator("#id_title_zh_hant").is_visible()
    page.get_by_role("tab", name="繁體中文").click()
    assert page.locator("#id_title_zh_hant").is_visible()
    page.goto("about:blank")
    page.goto(f"{url(initiative, 'change')}#id_summary_zh_hans")
    assert page.locator("#id_summary_zh_hans").is_visible()


def test_without_scripts_every_language_is_in_sight_and_saved(enter):
    initiative, page = InitiativeFactory(), enter(java_script_enabled=False)
    page.goto(url(initiative, "change"))
    page.fill("#id_title_zh_hant", "研究院")
    page.click("input[name=_save]")
    initiative.refresh_from_db()
    assert (initiative.title_zh_hant, initiative.title_zh_hans) == ("研究院", "研究院")


def test_a_statement_is_added_with_a_source_found_by_typing(enter):
    milestone, source, page = MilestoneFactory(), SourceFactory(title="Budget speech"), enter()
    page.goto(url(milestone, "change"))
    page.click("text=Add another Statement")
    page.fill("#id_statements-0-promised_phrase", "in 2026")
    page.click("#id_statements-0-source + .select2 .select2-selection")
    page.keyboard.type("Budget")
    page.locator(".select2-results__option", has_text="Budget speech").click()
    page.click("input[name=_save]")
    page.wait_for_load_state()
    assert [each.source for each in Statement.objects.get().citations.all()] == [source]


def test_a_source_is_merged_into_one_found_by_typing_and_what_cites_it_published(enter):
    row, into, page = SourceFactory(title="Speech, again"), SourceFactory(title="Budget speech"), enter()
    initiative = published(InitiativeFactory(cite__source=row))
    page.goto(url(row, "change"))
    page.click("text=Merge…")
    page.click("#id_into + .select2 .select2-selection")
    page.keyboard.type("Budget")
    page.click(".select2-results__option:has-text('Budget speech')")
    page.click("text=Show what will move")
    page.get_by_role("link", name=str(initiative)).first.wait_for()
    page.click("input[value=Merge]")
    page.click("input[value=Publish]")
    assert page.url.endswith(url(into, "change"))
    assert not Source.objects.filter(pk=row.pk).exists()
