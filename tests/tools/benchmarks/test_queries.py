"""What is benchmarked asks as many queries for three rows as for one, now and at a past moment."""

from datetime import date

import pytest

from initiatives.models import Initiative
from newsroom.actions.publish import publish
from newsroom.documents.drafts import build_draft
from record.models import Publication
from tools.benchmarks.filling import fill
from tools.benchmarks.lines import API, READS

pytestmark = [pytest.mark.postgresql, pytest.mark.exhaustive, pytest.mark.django_db]

QUERIES = {
    "list of initiatives": 6,
    "initiatives by stage": 6,
    "initiatives by lead": 7,
    "initiatives by area": 7,
    "upcoming milestones": 2,
    "milestones by calendar": 2,
    "detail by slug": 6,
}


@pytest.fixture
def with_many_milestones(monkeypatch):
    """Fifteen initiatives, three of them in each area, and the one with 50 milestones."""
    monkeypatch.setattr("tools.benchmarks.filling.MAX_TEMPLATES", 5)
    return fill(initiatives=15, editions=2, today=date(2026, 7, 1))


@pytest.mark.parametrize("past", [False, True])
@pytest.mark.parametrize("rows", [1, 3])
def test_each_read_asks_the_same_queries_whatever_the_rows(
    with_many_milestones, client, rows, past, django_assert_num_queries
):
    middle = Publication.objects.order_by("id").values_list("published_at", flat=True)[16]
    assert READS.keys() == QUERIES.keys()
    for name, path in READS.items():
        address = API + path.replace("page_size=10", f"page_size={rows}")
        address += f"{'&' if '?' in path else '?'}as_of={middle.date()}" if past else ""
        with django_assert_num_queries(QUERIES[name]):
            response = client.get(address)
        assert response.status_code == 200
        assert len(response.json().get("results", range(rows))) == rows


def test_what_the_asker_has_already_costs_one_query(with_many_milestones, client, django_assert_num_queries):
    address = f"{API}/initiatives/"
    etag = client.get(address)["ETag"]
    with django_assert_num_queries(1):
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("changed", [1, 3])
def test_publishing_asks_the_same_queries_whatever_changed(with_many_milestones, changed, django_assert_num_queries):
    by = Publication.objects.first().by
    for milestone in with_many_milestones.milestones.all()[:changed]:
        milestone.note_en = "Changed"
        milestone.save()
    initiative = Initiative.objects.get(pk=with_many_milestones.pk)
    with django_assert_num_queries(51):
        draft = build_draft(initiative)
        publication = publish(drafts=[draft], by=by, overruled="Its translations are stale.")
    assert publication.changes.count() == changed
