"""The hot reads use the index made for them, in a record with a history."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.editions import InitiativeEdition
from record.models import Change, Link, Publication
from record.queries import list_changes_after
from record.search import search_editions
from tools.benchmarks.filling import TYPES, fill

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]


WORDS = "initiatives_milestoneedition_search"


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """Make initiatives with all that belongs to them, in six editions each; undo them after this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tools.benchmarks.filling.MAX_TEMPLATES", 5)
            patch.setattr("tools.benchmarks.filling.REVISED", TYPES)
            fill(initiatives=300, editions=6, today=date.today())
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list(%s)", [WORDS])  # else by vacuum, sooner or later
            for kind in ("milestone", "outcome", "funding", "verdict"):
                cursor.execute(f"REINDEX TABLE initiatives_{kind}edition")  # of what other tests rolled back
            cursor.execute("ANALYZE")
        yield
        transaction.set_rollback(True)


def indexes(read):
    """Names of the indexes that PostgreSQL reads for the queries a function asks: {index}; a whole table is "all"."""
    with CaptureQueriesContext(connection) as context:
        read()
    found = set()
    with connection.cursor() as cursor:
        for query in context.captured_queries:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {query['sql']}")
            [[[plan]]] = cursor.fetchall()
            found |= set(_names(plan["Plan"]))
    return found


def _names(node):
    if "Index Name" in node:
        yield node["Index Name"]
    if node["Node Type"].endswith("Seq Scan"):
        yield f"all of {node['Relation Name']}"
    for inner in node.get("Plans", ()):
        yield from _names(inner)


def asked(path):
    def read():
        response = Client().get(f"/api/v1/{path}")
        assert response.status_code == 200, response.content

    return read


CHILDREN = {f"{kind}edition_live_root" for kind in ("milestone", "outcome", "funding", "verdict")}
RECORD = {"all of record_publishlock"}  # one row


@pytest.mark.parametrize(
    ("path", "used"),
    [
        ("initiatives/?page_size=10", {"initiatives_by_slug"} | CHILDREN),
        ("initiatives/?page_size=10&stage=approved", {"initiatives_by_stage"} | CHILDREN),
        ("initiatives/initiative-n00007/", {"one_owner_a_slug", "one_live_initiativeedition"} | CHILDREN),
        ("milestones/?page_size=10", {"milestones_in_order"}),
        ("milestones/?page_size=10&upcoming=true", {"milestones_to_come"}),
        ("funding/?page_size=10", {"funding_by_amount"}),
    ],
)
def test_what_is_live_is_read_by_partial_indexes(record, path, used):
    assert indexes(asked(path)) - RECORD == used


@pytest.mark.parametrize(
    ("path", "used"),
    [
        ("initiatives/?page_size=10", "initiatives_ever"),
        ("milestones/?page_size=10&upcoming=true", "milestones_once_to_come"),
        ("milestones/?page_size=10", "milestones_ever"),
        ("initiatives/?page_size=10&area=area-2", "links_to"),
    ],
)
def test_the_past_is_read_by_indexes_too(record, path, used):
    middle = Publication.objects.order_by("id").values_list("published_at", flat=True)[900]
    assert used in indexes(asked(f"{path}&as_of={middle.date()}"))


def test_who_names_a_thing_is_read_by_the_index_of_live_links(record):
    initiative = InitiativeEdition.objects.get(slug="initiative-n00007")
    links = Link.objects.at(None).filter(named=initiative.content_id)
    assert indexes(lambda: list(links)) == {"live_links_to"}
    assert indexes(lambda: list(links.filter(relation="initiative"))) == {"live_links_to"}


def test_what_a_thing_names_is_found_by_the_index_of_live_links(record):
    initiative = InitiativeEdition.objects.get(slug="initiative-n00007")
    assert indexes(lambda: list(Link.objects.at(None).filter(content_id=initiative.content_id))) == {"live_links_from"}


def test_changes_after_one_are_read_by_their_ids(record):
    last = Change.objects.order_by("-id").values_list("id", flat=True)[50]
    assert "record_change_pkey" in indexes(lambda: list_changes_after(last, limit=20))


def test_search_reads_the_index_of_live_words(record):
    used = indexes(lambda: search_editions("milestone n00007", types=["milestone"]))
    assert used == {WORDS}
