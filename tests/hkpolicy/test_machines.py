"""What a page's head tells machines, read as strictly as they may: JSON-LD, Open Graph, addresses in each language."""

import struct
from datetime import date
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from newsroom.actions.withdraw import withdraw
from record.dates import FuzzyDate, today
from record.models import Publication
from tests.factories import (
    CommentaryFactory,
    InitiativeFactory,
    MilestoneFactory,
    OrganisationFactory,
    PageFactory,
    SourceFactory,
    published,
)
from tests.hkpolicy.heads import Head, checked_graph_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]

SITE = "http://localhost:8000"
HOSTILE = "</script><script>alert(1)</script>&amp;<!--"
WHOLE = ["/static/site/whole.js", ""]  # the one script of every page
TAG_OF = {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}


def head(client, path, query=None) -> Head:
    response = client.get(path, query)
    assert response.status_code == 200, path
    return Head(response.content.decode())


def graph(client, path) -> list[dict]:
    return checked_graph_of(head(client, path))


def test_the_front_page_says_how_to_search_the_site(client):
    site, _page = graph(client, "/zh-hant/")
    assert site["@type"] == "WebSite"
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/zh-hant/search/?q={{search_term_string}}"


def test_a_page_says_when_its_edition_was_published_and_what_it_cites(client):
    source = SourceFactory(title="Gazette", url="https://example.org/g", published=FuzzyDate.from_day(date(2026, 1, 2)))
    initiative = published(InitiativeFactory(slug="institute", cite__source=source))
    initiative.title_en = "Renamed"
    initiative.save()
    published(initiative)
    page, _crumbs = graph(client, "/en/initiatives/institute/")
    instants = [
        each.isoformat(timespec="seconds") for each in Publication.objects.values_list("published_at", flat=True)
    ]
    assert [page["datePublished"], page["dateModified"]] == instants
    [cited] = page["citation"]
    assert (cited["name"], cited["url"], cited["datePublished"]) == ("Gazette", "https://example.org/g", "2026-01-02")


def test_what_was_withdrawn_is_named_without_an_address(client, superuser):
    body = OrganisationFactory(slug="itib", name_en="Bureau")
    published(InitiativeFactory(slug="institute", lead=body))
    assert graph(client, "/en/initiatives/institute/")[0]["mainEntity"]["member"][0]["url"]
    withdraw(root=("organisation", str(body.content_id)), reason={"en": "By mistake"}, by=superuser)
    [member] = graph(client, "/en/initiatives/institute/")[0]["mainEntity"]["member"]
    assert member == {"@type": "Organization", "name": "Bureau"}


def test_no_words_of_the_record_get_out_of_the_script_or_an_attribute(client):
    source = SourceFactory(title=HOSTILE, url="javascript:alert(1)", publisher=HOSTILE)
    published(OrganisationFactory(slug="itib", name_en=HOSTILE, summary_en=f'"{HOSTILE}', cite__source=source))
    found = head(client, "/en/organisations/itib/")
    assert [what for what, _text in found.scripts] == ["application/ld+json", WHOLE[0]]
    assert found.metas["og:title"] == [HOSTILE]
    assert found.metas["description"] == found.metas["og:description"] == [f'"{HOSTILE}']
    page, _crumbs = graph(client, "/en/organisations/itib/")
    assert (page["name"], page["mainEntity"]["name"]) == (HOSTILE, HOSTILE)
    assert "url" not in page["citation"][0]


def test_a_quotation_is_somebodys_words_and_the_rest_a_work_told_of_in_ours(client):
    for slug, quote in (("quoted", "We doubt it"), ("told", "")):
        commentary = CommentaryFactory(slug=slug, quote=quote, expert__name_en="A scholar")
        published(commentary.expert)
        published(commentary)
    quoted, told = (graph(client, f"/en/commentary/{slug}/")[0]["mainEntity"] for slug in ("quoted", "told"))
    assert (quoted["@type"], quoted["text"], quoted["inLanguage"]) == ("Quotation", "We doubt it", "en")
    assert (told["@type"], told["creator"]["name"]) == ("CreativeWork", "A scholar")


@pytest.mark.parametrize(("language", "locale"), [("en", "en_GB"), ("zh-hant", "zh_HK"), ("zh-hans", "zh_CN")])
def test_a_shared_link_shows_the_page_in_its_language_with_a_card(client, language, locale):
    published(
        InitiativeFactory(slug="institute", title_en="Institute", title_zh_hant="研發院", summary_en="What it is")
    )
    metas = head(client, f"/{language}/initiatives/institute/").metas
    assert metas["og:locale"] == [locale]
    assert set(metas["og:locale"] + metas["og:locale:alternate"]) == {"en_GB", "zh_HK", "zh_CN"}
    assert metas["og:title"] == [{"en": "Institute", "zh-hant": "研發院", "zh-hans": "研发院"}[language]]
    assert metas["og:url"] == [f"{SITE}/{language}/initiatives/institute/"]
    assert (metas["og:type"], metas["twitter:card"]) == (["article"], ["summary_large_image"])
    [image] = metas["og:image"]
    card = Path(finders.find(image.removeprefix(f"{SITE}/static/"))).read_bytes()
    assert (card[:8], struct.unpack(">II", card[16:24])) == (b"\x89PNG\r\n\x1a\n", (1200, 630))
    assert len(card) <= 60_000


def test_a_page_of_the_site_is_described_by_its_first_words(client):
    published(PageFactory(slug="about", body_en=f"## What\n\n**Plans**, sums & dates. {'More. ' * 60}"))
    [description] = head(client, "/en/about/").metas["description"]
    assert description.startswith("What Plans, sums & dates. More.")
    assert len(description) <= 200


@pytest.mark.parametrize(
    ("query", "kept"),
    [("stage=planned&page=2", "?page=2"), ("page=99", "?page=2"), ("stage=planned", ""), ("page=x", "")],
)
def test_each_page_of_a_list_is_a_page_of_its_own_and_its_filters_are_not(client, monkeypatch, query, kept):
    monkeypatch.setattr("initiatives.views.initiatives.PAGE_SIZE", 1)
    for _at in range(2):
        published(InitiativeFactory(stage="planned"))
    links = head(client, f"/zh-hant/initiatives/?{query}").links
    assert [each["href"] for each in links["canonical"]] == [f"{SITE}/zh-hant/initiatives/{kept}"]
    alternates = {each["hreflang"]: each["href"] for each in links["alternate"] if "hreflang" in each}
    addresses = {tag: f"{SITE}/{code}/initiatives/{kept}" for code, tag in TAG_OF.items()}
    assert alternates == addresses | {"x-default": f"{SITE}/initiatives/{kept}"}


@pytest.mark.parametrize("path", ["initiatives/?page=2", "initiatives/institute/?page=2", "about/?before=3"])
def test_a_page_that_there_is_not_has_no_address_of_its_own(client, path):
    published(InitiativeFactory(slug="institute"))
    published(PageFactory(slug="about"))
    [canonical] = head(client, f"/en/{path}").links["canonical"]
    assert canonical["href"] == f"{SITE}/en/{path.partition('?')[0]}"


def test_older_changes_are_a_page_of_their_own(client):
    published(InitiativeFactory())
    [canonical] = head(client, "/en/changes/?before=2&page=3").links["canonical"]
    assert canonical["href"] == f"{SITE}/en/changes/?before=2"


def test_the_cases_behind_a_number_are_not_for_search_engines_but_can_be_shared(client):
    published(MilestoneFactory())
    found = head(client, "/en/track-record/cases/?as=unknown")
    assert (found.metas["robots"], found.scripts, "canonical" in found.links) == (["noindex"], [WHOLE], False)
    assert ("og:title" in found.metas, "og:url" in found.metas) == (True, False)


def test_the_address_without_a_language_leads_to_the_readers(client):
    for accepted, language in (("zh-HK", "zh-hant"), ("de", "en")):
        response = client.get("/initiatives/?page=2", headers={"accept-language": accepted})
        assert (response.status_code, response["Location"]) == (302, f"/{language}/initiatives/?page=2")
        assert "Accept-Language" in response["Vary"]


def test_the_past_and_what_is_not_there_are_not_for_search_engines(client, superuser):
    initiative = published(InitiativeFactory(slug="institute"))
    past = head(client, "/en/initiatives/institute/", {"as_of": today().isoformat()})
    assert (past.metas["robots"], past.scripts, "canonical" in past.links) == (["noindex"], [WHOLE], False)
    assert (past.metas["og:title"], "og:url" in past.metas) == ([initiative.title_en], False)
    withdraw(root=("initiative", str(initiative.content_id)), reason={"en": "By mistake"}, by=superuser)
    for path in ("/en/initiatives/institute/", "/en/nothing/", "/en/initiatives/?as_of=never", "/no/such/thing/"):
        found = Head(client.get(path).content.decode())
        assert (found.metas["robots"], found.scripts, "canonical" in found.links) == (["noindex"], [WHOLE], False), path
