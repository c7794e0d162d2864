"""A Redis that is away or hangs: readers see what they always see, counted anew."""

import pytest
from django.core.cache import cache

from hkpolicy import cache as optional
from tests.factories import PageFactory, published

CLOSED = "redis://127.0.0.1:1/0"


@pytest.fixture
def kept_at(settings, monkeypatch):
    """kept_at(url): the site's cache is in that Redis, which nobody has asked yet."""
    monkeypatch.setattr(optional, "outage", optional.CacheOutage())

    def use(url):
        options = {"socket_timeout": 0.05, "socket_connect_timeout": 0.05}
        settings.CACHES = {
            "default": {"BACKEND": "hkpolicy.cache.OptionalRedisCache", "LOCATION": url, "OPTIONS": options}
        }

    return use


@pytest.fixture(params=["closed", "deaf"])
def away(request, deaf, kept_at):
    kept_at(deaf.url if request.param == "deaf" else CLOSED)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/track-record/", "/en/about/"])
def test_a_page_that_counts_is_counted_without_a_cache(client, away, path):
    published(PageFactory(slug="about"))
    assert client.get(path).status_code == 200


@pytest.mark.django_db
def test_a_request_that_cannot_be_counted_is_let_through(client, away, monkeypatch):
    monkeypatch.setattr("rest_framework.throttling.AnonRateThrottle.THROTTLE_RATES", {"anon": "1/hour"})
    assert [client.get("/api/v1/milestones/").status_code for _ in range(2)] == [200, 200]


def test_every_operation_finds_nothing_and_keeps_nothing(away):
    given = {
        "get": cache.get("a", "missed"),
        "get_or_set": cache.get_or_set("a", lambda: 5),
        "get_many": cache.get_many(["a"]),
        "has_key": cache.has_key("a"),
        "add": cache.add("a", 1),
        "set": cache.set("a", 1),
        "set_many": cache.set_many({"a": 1}),
        "touch": cache.touch("a"),
        "delete": cache.delete("a"),
        "delete_many": cache.delete_many(["a"]),
        "clear": cache.clear(),
    }
    assert given == {
        "get": "missed",
        "get_or_set": 5,
        "get_many": {},
        "has_key": False,
        "add": False,
        "set": None,
        "set_many": [],
        "touch": False,
        "delete": False,
        "delete_many": None,
        "clear": False,
    }
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")


def test_one_that_hangs_is_waited_for_once_in_a_while_and_told_of_once(deaf, kept_at, caplog):
    kept_at(deaf.url)
    for _ in range(3):
        cache.get("a")
    assert deaf.asked() == 1
    optional.outage.retry_at = 0.0  # the pause is over
    for _ in range(3):
        cache.get("a")
    assert deaf.asked() == 1
    assert [record.levelname for record in caplog.records if record.name == "hkpolicy.cache"] == ["WARNING"]


@pytest.mark.redis
def test_one_that_is_back_is_used_again_and_told_of(redis_url, kept_at, caplog):
    caplog.set_level("INFO", "hkpolicy.cache")
    kept_at(CLOSED)
    cache.set("a", 5)
    kept_at(redis_url)
    assert cache.get("a") is None
    optional.outage.retry_at = 0.0
    cache.set("a", 5)
    assert cache.get("a") == 5
    assert [record.levelname for record in caplog.records if record.name == "hkpolicy.cache"] == ["WARNING", "INFO"]
