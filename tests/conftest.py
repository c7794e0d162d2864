"""Which tests run where. A test for one database only is deselected on the other, never skipped."""

import gc
import os
from pathlib import Path

import pytest
import redis
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

from record.documents.canonical_json import decode_document
from tests.databases import migrated_copy
from tests.factories import UserFactory

TEST_REDIS_URL = os.environ.get("TEST_REDIS_URL") or "redis://127.0.0.1:6379/15"
CHROMIUM = Path(os.environ.get("CHROMIUM") or "/usr/bin/chromium")
IN_CI = os.environ.get("CI") == "true"

USUAL = {"deadline": None, "print_blob": True, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("gate", max_examples=40, **USUAL)
settings.register_profile("thorough", max_examples=200, **USUAL)  # make test-all
settings.load_profile("gate")


def redis_answers():
    try:
        return redis.Redis.from_url(TEST_REDIS_URL, socket_connect_timeout=2).ping()
    except redis.RedisError:
        return False


def touches_the_database(item):
    """Tell whether a test may differ on another database; what is for SQLite only does so by its mark."""
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("sqlite")
    return marked or {"db", "transactional_db", "live_server"} & set(item.fixturenames)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    for item in items:
        if touches_the_database(item):
            item.add_marker("database")
    unwanted = {"sqlite", "postgresql"} - {connection.vendor}
    if any(item.get_closest_marker("redis") for item in items) and not redis_answers():
        if IN_CI:
            raise pytest.UsageError(f"CI needs Redis, and none answers at {TEST_REDIS_URL}")
        unwanted.add("redis")
    if any(item.get_closest_marker("browser") for item in items) and not CHROMIUM.exists():
        if IN_CI:
            raise pytest.UsageError(f"CI needs a browser, and there is none at {CHROMIUM}")
        unwanted.add("browser")
    deselected = [item for item in items if any(item.get_closest_marker(name) for name in unwanted)]
    if deselected:
        config.hook.pytest_deselected(items=deselected)
        items[:] = [item for item in items if item not in deselected]


def pytest_collection_finish(session):
    """Let the garbage collector pass over what lives as long as the run: it took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, worker_id):
    """Give this worker a database of its own, migrated already."""
    with django_db_blocker.unblock(), migrated_copy(worker_id):
        yield


@pytest.fixture
def redis_url():
    """Yield the URL of a Redis database of the tests' own, empty before and after."""
    server = redis.Redis.from_url(TEST_REDIS_URL)
    server.flushdb()
    yield TEST_REDIS_URL
    server.flushdb()


@pytest.fixture(scope="module")
def chromium():
    """Start a browser without windows once a module: starting one costs more than most of what is tested in it."""
    from playwright.sync_api import sync_playwright  # here, because it takes half a second of every start

    quiet = ("no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking")
    quieter = ("disable-component-update", "disable-sync")
    arguments = [f"--{each}" for each in (*quiet, *quieter)]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps a loop in this thread; nothing of ours runs in it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


@pytest.fixture
def browser(chromium):
    """Yield the module's browser, in which no other test's windows are left."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture
def superuser(db):
    """Make a user who may do everything; for tests that are not about who may."""
    return UserFactory(username="superuser", is_superuser=True)


@pytest.fixture
def get(client):
    """Ask the API: (status, decoded body)."""

    def answer(path, query=None):
        response = client.get(path, query)
        return response.status_code, decode_document(response.content)

    return answer


@pytest.fixture
def member(db):
    """member("author"): a person of that group; member("stranger"): one who may log in and nothing else."""

    def make(role):
        user = UserFactory()
        if role != "stranger":
            user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def login(client, member):
    """login("author"): a browser of such a person; login("anonymous"): of nobody."""

    def make(role):
        client.logout()
        if role != "anonymous":
            client.user = member(role)
            client.force_login(client.user)
        return client

    return make


@pytest.fixture(autouse=True)
def database_in_the_tests_time():
    """Let the database travel by this process's clock, as a test does: by its own it would find that clock wrong."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsroom.actions.clocks.database_now", timezone.now)
        yield


@pytest.fixture(autouse=True)
def nothing_kept_of_other_tests():
    """Workers take tests as they get free, so what ran before differs from run to run."""
    cache.clear()
    translation.deactivate()  # a page leaves its language active in the thread that made it
