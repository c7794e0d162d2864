"""What the API is measured against answers exactly what the API answers."""

from datetime import date

import pytest
from rest_framework.test import APIRequestFactory

from record.documents.canonical_json import decode_document
from tools.benchmarks.drf_baseline import DrfBaselineView, editions_of_the_record
from tools.benchmarks.filling import fill

pytestmark = [pytest.mark.postgresql, pytest.mark.exhaustive, pytest.mark.django_db]


@pytest.fixture
def record():
    editions_of_the_record.cache_clear()
    fill(initiatives=3, editions=2, today=date(2026, 7, 1))
    yield
    editions_of_the_record.cache_clear()


def baseline_page(size=100):
    response = DrfBaselineView.as_view()(APIRequestFactory().get("/drf-baseline/", {"page_size": size}))
    return decode_document(response.render().content)["results"]


def test_the_drf_baseline_gives_the_same_page_field_by_field(record, get):
    status, page = get("/api/v1/initiatives/", {"page_size": 100})
    assert status == 200
    assert [len(each["milestones"]) for each in page["results"]] == [10, 10, 10, 50]
    assert baseline_page() == page["results"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_drf_baseline_asks_no_query_a_row(record, rows, django_assert_num_queries):
    editions_of_the_record()
    with django_assert_num_queries(52):
        assert len(baseline_page(rows)) == rows
