import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test.utils import CaptureQueriesContext

from hkpolicy.env import build_sqlite_config

PRAGMAS = {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 20000}


@pytest.mark.sqlite
@pytest.mark.django_db
def test_the_suite_runs_with_the_sites_own_sqlite_options():
    given = settings.DATABASES["default"]["OPTIONS"]
    assert given == build_sqlite_config(settings.DATA_DIR / "db.sqlite3")["OPTIONS"]
    assert settings.DATABASES["default"]["ATOMIC_REQUESTS"] is False


@pytest.fixture
def database(tmp_path):
    """Connect to an SQLite file set up as the site's."""
    description = connections.configure_settings({"default": build_sqlite_config(tmp_path / "db.sqlite3")})["default"]
    made = DatabaseWrapper(description)
    yield made
    made.close()


@pytest.mark.parametrize("pragma", PRAGMAS)
def test_a_connection_is_safe_and_patient(database, pragma, django_db_blocker):
    with django_db_blocker.unblock(), database.cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone()[0] == PRAGMAS[pragma]


def test_a_transaction_takes_the_write_lock_when_it_begins(database, django_db_blocker):
    with django_db_blocker.unblock(), CaptureQueriesContext(database) as queries:
        database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        database.rollback()
        database.set_autocommit(True)
    assert queries[0]["sql"] == "BEGIN IMMEDIATE"
