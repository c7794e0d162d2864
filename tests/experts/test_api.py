"""The endpoints of what experts said."""

from datetime import date

import pytest

from record.dates import FuzzyDate
from tests.factories import (
    AnnouncementFactory,
    CommentaryFactory,
    ExpertFactory,
    ForecastFactory,
    InitiativeFactory,
    MilestoneFactory,
    published,
)

pytestmark = pytest.mark.django_db


def listed(get, plural, **query):
    status, body = get(f"/api/v1/{plural}/", query)
    assert status == 200, body
    return body["results"]


def slugs(rows):
    return [each["slug"] for each in rows]


def test_an_expert_holds_forecasts_and_says_whether_they_were_traced(get):
    forecast = ForecastFactory(milestone=published(MilestoneFactory()))
    published(forecast)
    published(ExpertFactory(slug="untraced", unverified=True))
    expert, untraced = listed(get, "experts")
    assert (expert["unverified"], untraced["unverified"]) == (False, True)
    assert [each["probability"] for each in expert["forecasts"]] == [0.6]
    assert listed(get, "forecasts") == expert["forecasts"]
    assert listed(get, "forecasts", milestone=str(forecast.milestone.content_id)) == expert["forecasts"]
    assert listed(get, "forecasts", expert="untraced") == []
    assert slugs(listed(get, "experts", unverified="true")) == ["untraced"]
    assert slugs(listed(get, "experts", unverified="False")) == [expert["slug"]]


def test_a_yes_or_no_that_is_neither_is_refused(client):
    answer = client.get("/api/v1/experts/", {"unverified": "maybe"})
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, "unverified")


def test_commentary_is_found_by_who_says_what_of_what_the_latest_first(get):
    initiative, budget = published(InitiativeFactory(slug="institute")), published(AnnouncementFactory(slug="budget"))
    expert = published(ExpertFactory(slug="professor"))
    doubt = CommentaryFactory(
        slug="doubt", expert=expert, stance="critical", dated=FuzzyDate.from_day(date(2025, 1, 1)), unverified=True
    )
    doubt.initiatives.add(initiative)
    praise = CommentaryFactory(slug="praise", stance="supportive", dated=FuzzyDate.from_day(date(2026, 1, 1)))
    praise.announcements.add(budget)
    for each in (doubt, praise.expert, praise, CommentaryFactory(slug="undated")):
        published(each)

    def found(**query):
        return slugs(listed(get, "commentary", **query))

    assert found() == ["praise", "doubt", "undated"]
    assert found(expert="professor") == ["doubt"]
    assert found(initiative="institute") == ["doubt"]
    assert found(announcement="budget") == ["praise"]
    assert found(stance=["critical", "supportive"]) == ["praise", "doubt"]
    assert found(unverified="true") == ["doubt"]
    assert [each["unverified"] for each in listed(get, "commentary")] == [False, True, False]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_rows(client, rows, django_assert_num_queries):
    for _ in range(rows):
        forecast = ForecastFactory(milestone=published(MilestoneFactory()))
        published(forecast)
        published(CommentaryFactory(expert=forecast.expert))
    for plural, queries in {"experts": 3, "commentary": 2, "forecasts": 2}.items():
        with django_assert_num_queries(queries, info=plural):
            body = client.get(f"/api/v1/{plural}/").json()
        assert len(body["results"]) == rows
        with django_assert_num_queries(queries, info=plural):
            assert client.get(body["results"][0]["url"]).status_code == 200
