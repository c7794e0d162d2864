"""Every page answers in every language, at any moment, and says what is not there."""

import re
from datetime import date
from html import unescape

import pytest

from newsroom.actions.append import ChangeNote
from newsroom.actions.withdraw import withdraw
from record.dates import FuzzyDate
from record.models import Publication
from tests.factories import (
    CommentaryFactory,
    FigureFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    PageFactory,
    PolicyAreaFactory,
    SourceFactory,
    StatementFactory,
    published,
)
from tests.hkpolicy.one_of_everything import LANGUAGES, LISTS, NOW_ONLY, one_of_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return one_of_everything()


def html(response):
    return response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [*LISTS, *NOW_ONLY, "/data/"])
def test_a_list_answers_before_anything_was_published(client, path, language):
    response = client.get(f"/{language}{path}")
    assert response.status_code == 200
    assert f'<html lang="{language}">' in html(response)


def test_a_thing_links_to_its_json_and_to_itself_in_other_languages(client, record):
    page = html(client.get("/en/initiatives/institute/"))
    assert '<link rel="alternate" type="application/json" href="/api/v1/initiatives/institute/">' in page
    assert 'hreflang="zh-Hant" href="http://localhost:8000/zh-hant/initiatives/institute/"' in page
    assert 'hreflang="x-default" href="http://localhost:8000/initiatives/institute/"' in page
    assert '<link rel="canonical" href="http://localhost:8000/en/initiatives/institute/">' in page
    assert client.get("/api/v1/initiatives/institute/").status_code == 200


def test_the_error_link_has_the_address_filled_in(client, record):
    page = html(client.get("/en/initiatives/?stage=planned"))
    assert "http%3A//localhost%3A8000/en/initiatives/%3Fstage%3Dplanned" in page


@pytest.mark.parametrize(
    ("accepted", "language"), [("zh-HK,zh;q=0.9", "zh-hant"), ("zh-CN", "zh-hans"), ("fr", "en"), ("", "en")]
)
def test_the_root_leads_to_the_readers_language(client, accepted, language):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/")


def test_before_the_record_lists_are_empty_and_a_page_says_since_when_it_is_kept(client, record):
    response = client.get("/en/initiatives/?as_of=2020-01-01")
    assert (response.status_code, response.context["page"].paginator.count) == (200, 0)
    response = client.get("/en/initiatives/institute/?as_of=2020-01-01")
    assert response.status_code == 404
    assert "This part of the record is kept since" in html(response)


@pytest.mark.parametrize("asked", ["2999-01-01", "yesterday", "2026-01-01T00:00:00", "2026-02-30"])
@pytest.mark.parametrize("path", ["/", "/initiatives/", "/initiatives/institute/", "/track-record/"])
def test_a_moment_that_is_none_is_refused(client, path, asked):
    assert client.get(f"/zh-hant{path}", {"as_of": asked}).status_code == 400


@pytest.mark.parametrize("path", ["/en/search/", "/en/changes/", "/sitemap.xml"])
def test_what_has_no_past_refuses_a_moment(client, path):
    assert client.get(path, {"as_of": "2026-01-01"}).status_code == 400


def test_a_past_page_says_so_and_its_links_stay_in_the_past(client):
    initiative = published(
        InitiativeFactory(slug="institute", title_en="Before", lead=OrganisationFactory(slug="itib"))
    )
    instant = Publication.objects.latest("id").published_at.isoformat()
    initiative.title_en = "After"
    initiative.save()
    published(initiative)
    assert "Before" not in html(client.get("/en/initiatives/institute/"))
    page = html(client.get("/en/initiatives/institute/", {"as_of": instant}))
    assert "Before" in page
    assert "After" not in page
    assert 'class="moment"' in page
    assert f'href="/en/organisations/itib/?as_of={instant.replace(":", "%3A").replace("+", "%2B")}"' in page
    assert 'rel="canonical"' not in page


def test_the_front_page_of_the_past_names_things_as_they_were_called_then(client):
    initiative = published(InitiativeFactory(title_en="Before"))
    instant = Publication.objects.latest("id").published_at.isoformat()
    initiative.title_en = "After"
    initiative.save()
    published(initiative)
    page = html(client.get("/en/", {"as_of": instant}))
    assert ("Before" in page, "After" in page) == (True, False)


def test_a_former_slug_leads_on_keeping_the_query(client):
    initiative = published(InitiativeFactory(slug="old"))
    initiative.slug = "new"
    initiative.save()
    published(initiative)
    response = client.get("/en/initiatives/old/?x=1")
    assert (response.status_code, response["Location"]) == (301, "/en/initiatives/new/?x=1")
    response = client.get(f"/en/initiatives/{initiative.content_id}/")
    assert (response.status_code, response["Location"]) == (302, "/en/initiatives/new/")


def test_what_was_withdrawn_is_gone_with_the_reason_and_without_its_text(client, superuser):
    initiative = published(InitiativeFactory(slug="institute", title_en="A secret title"))
    reason = {"en": "Published by mistake", "zh-hant": "誤發"}
    withdraw(root=("initiative", str(initiative.content_id)), reason=reason, by=superuser)
    response = client.get("/zh-hant/initiatives/institute/")
    assert response.status_code == 410
    assert "誤發" in html(response)
    assert "A secret title" not in html(response)


def test_no_browser_keeps_that_a_thing_moved_or_went(client, superuser):
    """Both may be otherwise tomorrow, and a browser keeps a 301 and a 410 for good where it is not told."""
    initiative = published(InitiativeFactory(slug="old"))
    initiative.slug = "new"
    initiative.save()
    published(initiative)
    moved = client.get("/en/initiatives/old/")
    withdraw(root=("initiative", str(initiative.content_id)), reason={"en": "A mistake"}, by=superuser)
    gone = client.get("/en/initiatives/new/")
    assert (moved.status_code, gone.status_code) == (301, 410)
    for answer in (moved, gone):
        assert {"max-age=0", "must-revalidate"} <= set(answer["Cache-Control"].split(", "))


def test_a_text_in_the_other_language_is_marked_as_such(client):
    published(InitiativeFactory(slug="institute", title_en="Institute", title_zh_hant="研究院", summary_en="Only so"))
    page = html(client.get("/zh-hant/initiatives/institute/"))
    assert "研究院" in page
    assert '<span lang="en">Only so</span>' in page
    published(InitiativeFactory(slug="only", title_en="", title_zh_hant="只有中文"))
    page = html(client.get("/en/initiatives/only/"))
    assert '<span lang="zh-hant">只有中文</span> <small class="mark">not yet translated</small>' in page


def test_a_choice_in_the_other_language_says_so_to_assistive_technology(client):
    area = PolicyAreaFactory(slug="ai", title_en="AI")
    lead = OrganisationFactory(slug="itib", name_en="Bureau", name_zh_hant="創科局")
    initiative = InitiativeFactory(lead=lead)
    initiative.areas.add(area)
    for row in (area, lead, initiative):
        published(row)
    page = html(client.get("/zh-hant/initiatives/?area=ai"))
    assert 'value="ai" checked><span lang="en">AI</span>' in page
    assert 'value="itib"><span>創科局</span>' in page
    assert 'value="itib"><span>创科局</span>' in html(client.get("/zh-hans/initiatives/"))


@pytest.mark.parametrize(("stated", "marked"), [(FuzzyDate.from_day(date(2019, 1, 1)), True), (FuzzyDate(), False)])
def test_only_a_day_that_is_told_is_said_to_be_inferred(client, stated, marked):
    milestone = MilestoneFactory(initiative__slug="institute")
    StatementFactory(milestone=milestone, stated=stated, inferred=True)
    published(milestone)
    page = html(client.get("/en/initiatives/institute/"))
    assert ("day inferred from its source" in page, "said on an unknown day" in page) == (marked, not marked)


def test_what_is_unknown_is_never_called_late_or_done(client):
    milestone = MilestoneFactory(initiative__slug="institute")
    StatementFactory(
        milestone=milestone, promised=FuzzyDate.from_year(2020), stated=FuzzyDate.from_day(date(2019, 1, 1))
    )
    published(milestone)
    page = html(client.get("/en/initiatives/institute/"))
    assert 'class="badge badge-unknown"' in page
    assert "days after" not in page
    assert client.get("/en/milestones/overdue/").context["page"].paginator.count == 0
    assert client.get("/en/milestones/unknown/").context["page"].paginator.count == 1


def test_an_unverified_voice_is_marked_on_the_pages_that_show_it(client):
    commentary = CommentaryFactory(unverified=True, slug="doubt")
    commentary.initiatives.add(published(InitiativeFactory(slug="institute")))
    published(commentary.expert)
    published(commentary)
    for path in ("/en/initiatives/institute/", "/en/commentary/doubt/", "/en/commentary/"):
        assert 'class="unverified"' in html(client.get(path)), path


def test_an_initiative_is_found_by_stage_area_organisation_and_words(client, record):
    published(InitiativeFactory(stage="planned", title_en="Something else"))
    for query in ("stage=announced", "area=ai", "organisation=itib", "q=initiative"):
        rows = client.get(f"/en/initiatives/?{query}").context["rows"]
        assert "institute" in [row["document"]["slug"] for row in rows], query
    rows = client.get("/en/initiatives/?area=ai&stage=planned").context["rows"]
    assert rows == []


def test_search_leads_to_the_page_a_found_part_is_on(client, record):
    published(MilestoneFactory(title_en="Doors open", initiative__slug="centre", initiative__title_en="Centre"))
    page = html(client.get("/en/search/?q=doors"))
    assert "Doors open" in page
    assert 'href="/en/initiatives/centre/#milestone-' in page


def test_vintages_of_other_announcements_stand_beside_an_announcements_own(client):
    for slug, vintage, amount in (("first", "original", -48_100_000_000), ("second", "revised", -87_200_000_000)):
        published(
            FigureFactory(
                announcement__slug=slug, fiscal_year="2024-25", vintage=vintage, amount_hkd=amount, after_bonds=True
            )
        )
    page = html(client.get("/en/announcements/second/"))
    assert page.index("−HK$48.1 billion") < page.index("−HK$87.2 billion")


def test_what_changed_is_told_with_its_note_and_paged_by_publication(client, superuser):
    initiative = InitiativeFactory(slug="institute")
    key = ("initiative", str(initiative.content_id))
    published(initiative, notes={key: ChangeNote({"en": "First entry"}, major=True)})
    publication = Publication.objects.get()
    page = html(client.get("/en/changes/"))
    assert "First entry" in page
    assert "superuser" not in page
    assert client.get(f"/en/changes/?before={publication.pk}").context["days"] == []
    assert "First entry" in html(client.get(f"/en/changes/{publication.pk}/"))
    assert client.get("/en/changes/999/").status_code == 404


def test_what_changed_says_what_each_publication_did_and_not_what_became_of_it(client, superuser):
    initiative = published(InitiativeFactory(title_en="Institute"))
    key = ("initiative", str(initiative.content_id))
    withdraw(root=key, reason={"en": "Wrong"}, by=superuser)
    published(initiative)
    MilestoneFactory(initiative=initiative)
    published(initiative)
    withdraw(root=key, reason={"en": "Wrong again"}, by=superuser)
    [today] = client.get("/en/changes/").context["days"]
    done = [told["roots"][0]["did"] for told in today["publications"]]
    assert done == ["withdrawn", "updated", "came back", "withdrawn", "published"]
    marks = re.findall(r"<li>\s*Institute\s*<span class=\"mark\">([a-z ]+)</span>", html(client.get("/en/changes/")))
    assert marks == ["withdrawn", "updated", "came back", "withdrawn", "first published"]
    assert '<small class="mark">withdrawn' not in html(client.get("/en/"))


def test_related_initiatives_have_a_heading_where_there_are_some(client):
    alone, earlier = (published(InitiativeFactory(slug=slug)) for slug in ("alone", "earlier"))
    later = InitiativeFactory(slug="later")
    later.relations.create(other=earlier, relation="predecessor")
    published(later)
    shown = {
        row.slug: 'id="related"' in html(client.get(f"/en/initiatives/{row.slug}/")) for row in (alone, earlier, later)
    }
    assert shown == {"alone": False, "earlier": True, "later": True}


def test_markdown_of_a_page_is_cleaned(client):
    body = "# Top\n\n[bad](javascript:alert(1)) <script>alert(2)</script> [good](../method/)"
    published(PageFactory(slug="about", body_en=body))
    page = html(client.get("/en/about/"))
    assert "<script>" not in page
    assert 'href="javascript' not in page
    assert '<a href="../method/"' in page
    assert page.count("<h1") == 1


def test_browsers_find_the_icon_where_they_look_by_themselves(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (302, "/static/icon.svg")


def test_an_unknown_address_is_not_found_in_the_language_of_the_address(client):
    response = client.get("/zh-hant/nothing/here/")
    assert response.status_code == 404
    assert '<html lang="zh-hant">' in html(response)


def test_a_fault_of_ours_is_told_in_the_readers_language(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("hkpolicy.views.home.group_search_results", lambda words: 1 / 0)
    response = client.get("/zh-hans/search/?q=x")
    assert response.status_code == 500
    assert '<html lang="zh-hans">' in html(response)


def test_a_preview_is_the_page_itself(client, superuser):
    client.force_login(superuser)
    initiative = InitiativeFactory(title_en="Institute", summary_en="Not yet public")
    page = html(client.get(f"/admin/initiatives/initiative/{initiative.pk}/preview/en/"))
    assert "Not yet public" in page
    assert "Preview – not published" in page


def test_the_json_twin_of_every_page_answers_the_same_question(client, record):
    for path in [
        *LISTS,
        "/changes/",
        "/search/?q=institute",
        *(f"/{plural}/{slug}/" for plural, slug in record.items()),
    ]:
        page = html(client.get(f"/en{path}"))
        [twin] = re.findall(r'type="application/json" href="([^"]+)">\s*<link', page)
        assert client.get(unescape(twin)).status_code == 200, (path, twin)


def test_a_source_that_is_no_web_address_is_named_but_not_linked(client):
    source = SourceFactory(title="A trap", url="javascript:alert(1)")
    published(InitiativeFactory(slug="institute", cite__source=source))
    page = html(client.get("/en/initiatives/institute/"))
    assert "A trap" in page
    assert "javascript:" not in page


NUL = [
    "/announcements/?kind=%00",
    "/track-record/cases/?by=body&of=a%00b",
    "/track-record/cases/?as=%00",
    "/charts/standing.svg?of=body&only=a%00b",
    "/charts/money.csv?of=announcement&only=%00",
    "/charts/figures.svg?of=%00",
    "/initiatives/?area=%00&q=a%00b",
    "/search/?q=a%00b",
    "/?%00=1",
]


@pytest.mark.parametrize("address", NUL)
def test_an_address_with_a_nul_leads_to_the_same_without_it(client, address):
    response = client.get(f"/en{address}")
    assert (response.status_code, response["Location"]) == (302, f"/en{address.replace('%00', '')}")
    assert client.get(response["Location"], follow=True).status_code in (200, 404)


@pytest.mark.parametrize("day", ["1899-12-31", "0001-01-02"])
def test_the_calendar_opens_in_any_year_of_the_past(client, day):
    response = client.get("/en/milestones/calendar/", {"as_of": day})
    assert response.status_code == 200
    assert f"/en/milestones/calendar/{day[:4]}/02/?as_of={day}" in html(response)


@pytest.mark.parametrize("address", ["2199/12", "2200/01", "9999/12"])
def test_the_calendar_opens_in_any_year_to_come(client, address):
    milestone = StatementFactory(promised=FuzzyDate.from_year(9999), stated=FuzzyDate.from_year(2019)).milestone
    published(milestone)
    assert client.get(f"/en/milestones/calendar/{address}/").status_code == 200
