"""What the newsroom's search and its autocomplete find is what stands there, however many rows there are."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from initiatives.models import Initiative, Milestone
from newsroom.admin.editing.search import Bigrams
from tests.factories import InitiativeFactory, MilestoneFactory, OrganisationFactory, PersonFactory, SourceFactory
from tests.publishing_helpers import url

pytestmark = pytest.mark.django_db

TITLES = {
    "institute": {"title_en": "AI Research Institute opens", "title_zh_hant": "人工智能研發院成立"},
    "port": {"title_en": "Smart port", "title_zh_hant": "智慧港口", "aliases": "Kwai Tsing 100%"},
    "ski": {"title_en": "Ski hall", "title_zh_hant": "滑雪場"},
}
FOUND = {
    "institute": {"institute"},
    "INSTITUTE": {"institute"},
    "titut": {"institute"},
    "智能": {"institute"},
    "智慧": {"port"},
    "智": {"institute", "port"},
    "研发": {"institute"},
    "滑雪場": {"ski"},
    "雪滑": set(),
    "sk": {"ski"},
    "opens research": {"institute"},
    '"research institute"': {"institute"},
    '"institute research"': set(),
    "smart tsing": {"port"},
    "smart ski": set(),
    "100%": {"port"},
    "%": {"port"},
    "_": set(),
    "": {"institute", "port", "ski"},
    " ": {"institute", "port", "ski"},
}


@pytest.fixture(params=["among the newest", "by the index"])
def way(request, monkeypatch):
    """Search in both ways: only by the index is anything found where no row counts as new."""
    if request.param == "by the index":
        monkeypatch.setattr("newsroom.admin.editing.search.NEWEST_ROWS_SEARCHED", 0)


def found(client, model, words, **filters):
    return set(client.get(url(model, "changelist"), {"q": words, **filters}).context["cl"].result_list)


def offered(client, words, source="initiatives.milestone.initiative"):
    app, model, field = source.split(".")
    return client.get(
        reverse("admin:autocomplete"), {"app_label": app, "model_name": model, "field_name": field, "term": words}
    )


def names(response):
    return {each["text"] for each in response.json()["results"]}


@pytest.mark.parametrize("words", FOUND)
def test_a_list_finds_the_rows_in_which_every_word_stands(login, way, words):
    for slug, texts in TITLES.items():
        InitiativeFactory(slug=slug, **texts)
    assert {row.slug for row in found(login("author"), Initiative, words)} == FOUND[words]


@pytest.mark.parametrize("words", ["港口", "smart", "opens smart", "OPENS 港"])
def test_a_milestone_is_found_by_its_initiatives_title_too(login, way, words):
    wanted = MilestoneFactory(title_en="Opens", initiative=InitiativeFactory(title_en="Smart 港口"))
    MilestoneFactory(title_en="Opens", initiative=InitiativeFactory(title_en="Another"))
    assert found(login("author"), Milestone, words) == {wanted}


def test_what_is_found_is_filtered(login, way):
    held = MilestoneFactory(title_en="Opens", held_back=True)
    MilestoneFactory(title_en="Opens")
    assert found(login("author"), Milestone, "opens", held_back__exact=1) == {held}


def test_a_word_that_is_in_more_than_can_be_shown_hides_nothing_that_other_words_name(login, way, monkeypatch):
    monkeypatch.setattr("newsroom.admin.editing.search.MAX_SEARCH_RESULTS", 2)
    wanted = [MilestoneFactory(title_en="Opens", initiative=InitiativeFactory(title_en="Hub")) for _ in range(5)][-3]
    wanted.title_en = "Closes"
    wanted.save()
    assert found(login("author"), Milestone, "hub closes") == {wanted}


def test_a_list_that_cannot_show_everything_says_so(login, monkeypatch):
    monkeypatch.setattr("newsroom.admin.editing.search.MAX_SEARCH_RESULTS", 2)
    for _ in range(3):
        MilestoneFactory(title_en="Opens")
    page = login("author").get(url(Milestone, "changelist"), {"q": "opens"})
    assert len(page.context["cl"].result_list) == 2
    assert "More rows have these words" in page.content.decode()


@pytest.mark.parametrize(
    ("source", "factory", "columns"),
    [
        ("initiatives.milestone.initiative", InitiativeFactory, {"title_zh_hant": "數碼港"}),
        ("initiatives.statement.milestone", MilestoneFactory, {"title_zh_hant": "數碼港"}),
        ("initiatives.statement.organisation", OrganisationFactory, {"name_zh_hant": "數碼港"}),
        ("initiatives.statement.person", PersonFactory, {"name_zh_hant": "數碼港"}),
        ("initiatives.citation.source", SourceFactory, {"title": "數碼港"}),
    ],
)
def test_autocomplete_finds_two_characters_in_a_fixed_number_of_queries(login, way, source, factory, columns):
    factory()
    client, counts = login("author"), []
    for more in (1, 2):
        rows = [factory(**columns) for _ in range(more)]
        with CaptureQueriesContext(connection) as queries:
            response = offered(client, "數碼", source)
        counts.append(len(queries))
        assert {str(row.pk) for row in rows} <= {each["id"] for each in response.json()["results"]}
        assert len(response.json()["results"]) == (1 if more == 1 else 3)
    assert counts[0] == counts[1]


def test_autocomplete_goes_on_page_by_page(login):
    client = login("author")
    for number in range(25):
        InitiativeFactory(title_en=f"Hub {number}")
    first = offered(client, "hub").json()
    assert (len(first["results"]), first["pagination"]["more"]) == (20, True)


@pytest.mark.parametrize(("role", "status"), [("anonymous", 302), ("stranger", 403), ("author", 200)])
def test_strangers_are_offered_nothing(login, role, status):
    InitiativeFactory(title_en="A secret")
    response = offered(login(role), "secret")
    assert response.status_code == status
    assert ("A secret" in response.content.decode()) == (role == "author")


SEARCHED = [model for model, each in admin.site._registry.items() if getattr(each, "bigram_columns", ())]


@pytest.mark.postgresql
@pytest.mark.parametrize("model", SEARCHED, ids=lambda model: model.__name__)
def test_the_index_of_pairs_is_over_the_columns_that_are_searched(model):
    columns = admin.site.get_model_admin(model).bigram_columns
    rows = model.objects.alias(pairs=Bigrams(*columns)).filter(pairs__contains=["x"]).order_by()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert f"{model._meta.db_table}_pairs" in rows.explain()
