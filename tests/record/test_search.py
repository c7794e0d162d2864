"""Searching what is live, alike on both databases."""

import pytest
from django.db import connection

from initiatives.editions import InitiativeEdition
from newsroom.actions.withdraw import withdraw
from record.queries import filter_tokens
from record.search import search_editions
from tests.bulk import live_editions
from tests.factories import InitiativeFactory, MilestoneFactory, OrganisationFactory, published

pytestmark = pytest.mark.django_db


def found(words, **options):
    return [hit.slug or hit.title["en"] for hit in search_editions(words, **options)]


@pytest.fixture
def record():
    institute = InitiativeFactory(
        slug="institute",
        title_en="AI Research and Development Institute",
        title_zh_hant="人工智能研發院",
        aliases="AIRDI",
        summary_en="One billion dollars",
        lead=OrganisationFactory(slug="bureau", name_en="Innovation Bureau"),
    )
    MilestoneFactory(initiative=institute, title_en="Institute opens")
    published(institute)
    published(InitiativeFactory(slug="park", title_zh_hant="香港科學園", summary_en="Before the institute"))


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("智能", ["institute"]),
        ("人工智能", ["institute"]),
        ("研发院", ["institute"]),
        ("科學園", ["park"]),
        ("科学", ["park"]),
        ("院", ["institute"]),
        ("園", ["park"]),
        ("香", ["park"]),
        ("香園", []),
        ("airdi", ["institute"]),
        ("AI research", ["institute"]),
        ("research dollars", ["institute"]),
        ("AI 院", ["institute"]),
        ("research park", []),
        ("resea", []),
        ("bureau", ["bureau"]),
        ("%", []),
        ("_", []),
        ("", []),
        ("a' OR 1=1 --", []),
    ],
)
def test_every_word_must_occur_in_title_other_names_or_summary(record, words, slugs):
    assert found(words) == slugs


def test_hits_in_the_title_come_first(record):
    assert found("institute") == ["institute", "Institute opens", "park"]
    assert found("institute", limit=1) == ["institute"]
    assert found("institute", types=["milestone"]) == ["Institute opens"]


def test_what_is_not_live_is_not_found(record, superuser):
    initiative = InitiativeFactory(title_en="Unpublished harbour")
    assert found("harbour") == []
    initiative.title_en = "Published harbour"
    published(initiative)
    assert found("harbour") == [initiative.slug]
    initiative.title_en = "Another name"
    published(initiative.save() or initiative)
    assert found("harbour") == []
    withdraw(root=("initiative", str(initiative.content_id)), reason={"en": "Mistake"}, by=superuser)
    assert found("another") == []


@pytest.mark.postgresql
def test_on_postgresql_the_index_is_used(db):
    live_editions(InitiativeEdition, ({"tokens": f" word{number} 人工 "} for number in range(2000)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE initiatives_initiativeedition")
    plan = filter_tokens(InitiativeEdition.objects.all(), ["word7", "人工"]).order_by().values("pk").explain()
    assert "initiatives_initiativeedition_search" in plan


def test_the_api_tells_what_and_where(record, get):
    status, body = get("/api/v1/search/", {"q": "AIRDI"})
    [hit] = body["results"]
    assert status == 200
    assert (hit["type"], hit["slug"], hit["title"]["zh-hant"]) == ("initiative", "institute", "人工智能研發院")
    assert get(hit["url"])[1]["content_id"] == hit["content_id"]
    [opening] = get("/api/v1/search/", {"q": "institute opens", "type": "milestone"})[1]["results"]
    assert (opening["slug"], opening["root"]) == (None, hit["content_id"])
    assert get(opening["url"])[0] == 200


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": "?!"}, "q"),
        ({"q": "x" * 201}, "q"),
        ({"q": "a", "type": "figure"}, "type"),
        ({"q": "a", "as_of": "2026-01-01"}, "as_of"),
        ({"q": "a\0"}, "q"),
    ],
)
def test_a_question_without_words_is_a_problem(get, query, parameter):
    status, body = get("/api/v1/search/", query)
    assert (status, [each["parameter"] for each in body["errors"]]) == (400, [parameter])


def read_to_the_end(get, query):
    """Yield the titles on each page, by its `next`."""
    address = f"/api/v1/search/?{query}"
    while address:
        body = get(address)[1]
        yield [hit["title"]["en"] for hit in body["results"]]
        address = body["next"]


def test_next_leads_to_every_hit_however_many_there_are(get, monkeypatch):
    monkeypatch.setattr("record.search.RANKED_BATCH_SIZE", 3)
    for number in range(7):
        published(InitiativeFactory(title_en=f"Dam {number}", summary_en="Words of the summary"))
    published(OrganisationFactory(name_en="Words"))
    assert list(read_to_the_end(get, "q=words&page_size=2")) == [
        ["Words", "Dam 0"],
        ["Dam 1", "Dam 2"],
        ["Dam 3", "Dam 4"],
        ["Dam 5"],
        ["Dam 6"],
    ]
    assert list(read_to_the_end(get, "q=dam&type=initiative&page_size=100"))[-1] == ["Dam 6"]


@pytest.mark.parametrize("cursor", ["x", "1", "-1-0", "1-9999999", "１-1"])
def test_a_cursor_of_another_list_is_a_problem(get, cursor):
    status, body = get("/api/v1/search/", {"q": "a", "cursor": cursor})
    assert (status, [each["parameter"] for each in body["errors"]]) == (400, ["cursor"])


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_hits(client, rows, django_assert_num_queries):
    for _ in range(rows):
        published(InitiativeFactory(title_en="Harbour"))
    with django_assert_num_queries(2):  # the last publication, the hits of the one type asked for
        client.get("/api/v1/search/", {"q": "harbour", "type": "initiative"})
