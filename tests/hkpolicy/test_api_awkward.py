"""Whatever is asked, the answer is a document or a problem: never our fault."""

from urllib.parse import quote

import pytest

from hkpolicy.api.endpoints import ENDPOINTS
from tests.factories import FundingFactory, published

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_only]

AWKWARD = [
    "",
    "x",
    "0",
    "-1",
    "9" * 40,
    "²",
    "٣",
    "\0",
    "a\0b",
    "%",
    "%s",
    "'",
    "_",
    "😀",
    "z" * 5000,
    "2026-13-45",
    "0001-01-01",
    "9999-12-31",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-01-31 12:00:00+08:00",
    "null",
    "00000000-0000-0000-0000-000000000000",
    "W251bGwsMSx0cnVlXQ",  # cursors: [null,1,true], ["\0",1,true], [1e300,1,true], [true,1,true], [null,1e30,true]
    "WyJcdTAwMDAiLDEsdHJ1ZV0",
    "WzFlMzAwLDEsdHJ1ZV0",
    "W3RydWUsMSx0cnVlXQ",
    "WzEwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMCwxLHRydWVd",
    "W251bGwsOTk5OTk5OTk5OTk5OTk5OTk5OTk5OTksdHJ1ZV0",
]


@pytest.fixture
def ask(client):
    client.raise_request_exception = False

    def status(address):
        response = client.get(address)
        body = response.getvalue()
        assert response.status_code in (200, 301, 400, 404), (address[:200], body[:200])
        assert response.status_code < 400 or response["Content-Type"] == "application/problem+json"
        return response.status_code

    return status


@pytest.mark.parametrize("plural", ENDPOINTS)
def test_every_parameter_of_every_list_and_every_name(ask, plural):
    published(FundingFactory())
    for parameter in ENDPOINTS[plural](action="list").known_parameters():
        for value in AWKWARD:
            ask(f"/api/v1/{plural}/?{parameter}={quote(value)}")
    for value in AWKWARD:
        ask(f"/api/v1/{plural}/{quote(value, safe='')}/?as_of=2001-01-01")
        ask(f"/api/v1/{plural}/?{quote(value)}=1")


@pytest.mark.parametrize(
    "path", ["changes/?after=", "search/?q=", "search/?q=a&type=", "exports/funding.jsonl?as_of=", "exports/?x="]
)
def test_every_parameter_of_everything_else(ask, path):
    published(FundingFactory())
    for value in AWKWARD:
        ask(f"/api/v1/{path}{quote(value)}")
