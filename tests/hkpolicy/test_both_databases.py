import pytest
from django.db import connection

from tests import both_databases

SERVER = "postgres://me@127.0.0.1:5432/mine"


@pytest.fixture
def runs(monkeypatch):
    """The databases the suite was run on, with nothing really run; all pass unless told otherwise."""
    seen = []

    def run(arguments, database_url):
        seen.append(database_url)
        return 0

    monkeypatch.setattr(both_databases, "run", run)
    monkeypatch.setenv("DATABASE_URL", SERVER)
    monkeypatch.delenv("CI", raising=False)
    return seen


def test_the_suite_runs_on_both(runs, monkeypatch):
    monkeypatch.setattr(both_databases, "answers", lambda url: True)
    assert both_databases.main([]) == 0
    assert runs == ["", SERVER]


def test_without_postgresql_sqlite_is_enough_at_home_and_a_failure_in_ci(runs, monkeypatch):
    monkeypatch.setattr(both_databases, "answers", lambda url: False)
    assert both_databases.main([]) == 0
    monkeypatch.setenv("CI", "true")
    assert both_databases.main([]) == 1
    assert runs == ["", ""]


def test_a_failure_on_sqlite_is_the_result(runs, monkeypatch):
    monkeypatch.setattr(both_databases, "run", lambda arguments, database_url: 1)
    assert both_databases.main([]) == 1


def test_two_checkouts_test_in_two_databases(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    here = both_databases.postgresql_url()
    monkeypatch.setattr(both_databases, "CHECKOUT", tmp_path)
    assert both_databases.postgresql_url() != here


def test_nobody_answers_on_a_closed_port(capsys):
    assert both_databases.answers("postgres://postgres@127.0.0.1:1/x") is False
    assert "PostgreSQL does not answer" in capsys.readouterr().out


@pytest.mark.sqlite
def test_what_is_for_sqlite_runs_on_sqlite_only():
    assert connection.vendor == "sqlite"


@pytest.mark.postgresql
def test_what_is_for_postgresql_runs_on_postgresql_only():
    assert connection.vendor == "postgresql"
