"""Apps in browsers read the API and the feeds from any site, as the docs ask them to."""

import pytest

pytestmark = pytest.mark.django_db

OTHER_SITE = {"Origin": "https://dashboard.example"}
ASKED = OTHER_SITE | {
    "Access-Control-Request-Method": "GET",
    "Access-Control-Request-Headers": "content-type,if-none-match,x-requested-with",
}


@pytest.mark.parametrize(
    "path", ["/api/v1/areas/", "/api/v1/docs/", "/en/changes.atom", "/zh-hant/milestones.ics", "/en/charts/money.csv"]
)
def test_a_browser_that_asks_first_is_told_what_it_may_send(client, django_assert_num_queries, path):
    with django_assert_num_queries(0):
        response = client.options(path, headers=ASKED)
    may = {name: response[f"Access-Control-{name}"] for name in ("Allow-Origin", "Allow-Methods", "Max-Age")}
    assert (response.status_code, may) == (
        204,
        {"Allow-Origin": "*", "Allow-Methods": "GET, HEAD, OPTIONS", "Max-Age": "86400"},
    )
    allowed = response["Access-Control-Allow-Headers"].lower().split(", ")
    assert set(ASKED["Access-Control-Request-Headers"].split(",")) <= set(allowed)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/areas/", 200),
        ("/api/v1/areas", 301),
        ("/api/v1/areas/none/", 404),
        ("/api/v1/areas/?page_size=0", 400),
        ("/en/changes.atom", 200),
        ("/en/initiatives/none/changes.atom", 404),
        ("/en/milestones.ics", 200),
    ],
)
def test_answers_redirects_and_problems_are_open_to_all(client, path, status):
    response = client.get(path, headers=OTHER_SITE)
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (status, "*")
    assert response["Access-Control-Expose-Headers"] == "ETag, Last-Change, Retry-After"


@pytest.mark.parametrize("path", ["/en/", "/admin/login/"])
def test_pages_are_not(client, path):
    assert "Access-Control-Allow-Origin" not in client.options(path, headers=ASKED)
