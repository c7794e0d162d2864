"""What the heads of all pages of the record tell machines: JSON-LD, addresses in each language, and the sitemap."""

import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.urls import LocalePrefixPattern, get_resolver

from record.languages import LANGUAGES
from tests.hkpolicy.heads import checked_graph_of, graph_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
WHOLE = ["/static/site/whole.js", ""]  # the one script of every page
TAG_OF = {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans"}
LISTS = {"initiatives", "announcements", "organisations", "people", "areas", "experts", "commentary"}
KINDS = {  # what the page of a thing is about, by the list of things it is in
    "initiatives": {"Project"},
    "announcements": {"CreativeWork"},
    "organisations": {"Organization", "GovernmentOrganization"},
    "people": {"Person"},
    "areas": {"DefinedTerm"},
    "context": {"Statement"},
    "experts": {"Person", "Organization"},
    "commentary": {"CreativeWork", "Quotation"},
    "data": {"Dataset"},
}
UNLISTED = re.compile(r"/(?:search/|milestones/calendar/\d+/\d+/|changes/\d+/)$")  # pages that the sitemap leaves out


def for_search_engines(crawled, language):
    """{address: page} of pages that are one, in that language."""
    pages = crawled.pages(language).items()
    return {address: page for address, page in pages if page.status == 200 and "robots" not in page.head.metas}


def own_address(href):
    """Of a canonical link. A month of the calendar names a page of "what changed" so far: ?before=<year>."""
    address = href.removeprefix(settings.SITE_URL)
    return re.sub(r"^(.*/calendar/.*)\?before=\d+$", r"\1", address)


def alternates(page):
    """{tag: address of the page in that language}."""
    return {each["hreflang"]: own_address(each["href"]) for each in page.head.links["alternate"] if "hreflang" in each}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_in_the_words_of_schema_org_what_it_is(crawled, language):
    for address, page in for_search_engines(crawled, language).items():
        path = address.split("?")[0]
        first, last = checked_graph_of(page.head)
        told = last if path == f"/{language}/" else first
        assert (own_address(told["url"]), told["inLanguage"]) == (path, TAG_OF[language]), address
        assert ("citation" in told) <= ("dateModified" in told), address
        names = [told["name"]] if told is last else [each["name"] for each in last["itemListElement"]]
        assert (names[-1], all(names)) == (told["name"], True), address


def test_a_page_about_a_thing_says_what_kind_of_thing_and_in_which_list(crawled):
    kinds = {}
    for address, page in for_search_engines(crawled, "en").items():
        if found := re.fullmatch(r"/en/(?:(data)|([a-z]+)/[^/]+)/", address):
            section = found[1] or found[2]
            about, crumbs = graph_of(page.head)
            if "mainEntity" not in about:
                continue
            kinds.setdefault(section, set()).add(about["mainEntity"]["@type"])
            lists = [each["item"]["@id"] for each in crumbs["itemListElement"]][1:-1]
            assert lists == ([f"{settings.SITE_URL}/en/{section}/"] if section in LISTS else []), address
    assert kinds == KINDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_names_itself_and_the_same_page_in_each_language(crawled, language):
    for address, page in for_search_engines(crawled, language).items():
        path = address.split("?")[0]
        bare = path.removeprefix(f"/{language}")
        assert [own_address(each["href"]) for each in page.head.links["canonical"]] == [path], address
        assert alternates(page) == {tag: f"/{code}{bare}" for code, tag in TAG_OF.items()} | {"x-default": bare}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_for_search_engines_tells_them_nothing(crawled, language):
    indexed = for_search_engines(crawled, language)
    others = {address: page for address, page in crawled.pages(language).items() if address not in indexed}
    assert {address.split("/")[2] for address, page in others.items() if page.status == 200} == {"track-record"}
    for address, page in others.items():
        head = page.head
        assert (head.metas["robots"], head.scripts, "canonical" in head.links) == (["noindex"], [WHOLE], False), address


def test_the_sitemap_names_every_page_once_in_each_language_with_the_same_alternates_as_the_page(crawled):
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in crawled.answers["/robots.txt"].text
    seen = {}
    for part in ElementTree.fromstring(crawled.answers["/sitemap.xml"].text).iter(f"{MAP}loc"):
        section = crawled.answers[part.text.removeprefix(settings.SITE_URL)]
        for url in ElementTree.fromstring(section.text).iter(f"{MAP}url"):
            links = url.iter("{http://www.w3.org/1999/xhtml}link")
            tags = {each.get("hreflang").lower(): own_address(each.get("href")) for each in links}
            address = own_address(url.find(f"{MAP}loc").text)
            assert address not in seen
            seen[address] = tags
    pages = {address: page for code in LANGUAGES for address, page in for_search_engines(crawled, code).items()}
    listed = {address for address in pages if "?" not in address and not UNLISTED.search(address)}
    assert set(seen) == listed
    assert set(seen) >= {f"/{language}/{path}" for language in LANGUAGES for path in plain_addresses()}
    of_pages = {address: {tag.lower(): href for tag, href in alternates(pages[address]).items()} for address in seen}
    assert seen == of_pages


def plain_addresses():
    """Of every page whose address has no part to fill in, except search, feeds and the gallery."""
    [pages] = [each for each in get_resolver().url_patterns if isinstance(each.pattern, LocalePrefixPattern)]
    for each in pages.url_patterns:
        for page in getattr(each, "url_patterns", [each]):
            path = str(page.pattern)
            if "<" not in path and "." not in path and path not in ("search/", "gallery/"):
                yield path
