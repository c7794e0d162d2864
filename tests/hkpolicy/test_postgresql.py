"""How the site is connected to PostgreSQL: what a restart, a forgotten lock or an endless statement do to it."""

import os

import pytest
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from hkpolicy.env import add_time_limits, build_sqlite_config, parse_database

URL = "postgres://db/tracker"


def read(url):
    return parse_database(url, sqlite_file=None, pooled=True)


def limits(database):
    return database["OPTIONS"]["options"].split("-c ")[1:]


def test_a_web_process_waits_for_no_lock_and_no_statement_without_end():
    assert limits(add_time_limits(read(URL), statement_seconds=30)) == [
        "lock_timeout=10s ",
        "statement_timeout=30s ",
        "idle_in_transaction_session_timeout=60s",
    ]


def test_what_the_url_says_of_limits_counts_last_and_so_before_ours():
    said = read(f"{URL}?options=-c%20statement_timeout%3D5s")
    assert limits(add_time_limits(said, statement_seconds=30))[-1] == "statement_timeout=5s"


def test_sqlite_keeps_its_own_limit(tmp_path):
    database = build_sqlite_config(tmp_path / "db.sqlite3")
    assert add_time_limits(database, statement_seconds=30) == database


@pytest.fixture
def pooled(db):
    """Connect to the tests' database as a web process does, from a pool of its own."""
    described = read(os.environ["DATABASE_URL"])
    described |= {"NAME": connection.settings_dict["NAME"]}
    described["OPTIONS"]["application_name"] = "pooled"
    limited = add_time_limits(described, statement_seconds=30)
    made = DatabaseWrapper(connections.configure_settings({"default": limited})["default"], alias="pooled")
    yield made
    made.close()
    made.close_pool()


def asked(database, question):
    """Its one answer; the connection goes back to the pool."""
    with database.cursor() as cursor:
        answer = cursor.execute(question).fetchone()[0]
    database.close()
    return answer


@pytest.mark.postgresql
def test_connections_that_were_cut_while_they_lay_in_the_pool_are_replaced_before_anybody_meets_them(pooled):
    cut = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'pooled'"
    assert asked(pooled, "SELECT 1") == 1
    with connection.cursor() as cursor:
        assert set(cursor.execute(cut).fetchall()) == {(True,)}
    assert asked(pooled, "SELECT 1") == 1


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("name", "value"),
    [("lock_timeout", "10s"), ("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "1min")],
)
def test_postgresql_takes_the_limits(pooled, name, value):
    assert asked(pooled, f"SHOW {name}") == value
