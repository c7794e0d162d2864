import pytest
from django.db import connection

from tests import both_databases
from tests.both_databases import AGAIN_ON_SQLITE, EVERYTHING, GATE, NO_TESTS_COLLECTED

SERVER = "postgres://me@127.0.0.1:5432/mine"


@pytest.fixture
def suite(monkeypatch):
    """Note what the suite was asked to run, and really run nothing; `codes` says how each database ends."""
    seen, codes = [], {}

    def run(selection, arguments, database_url):
        seen.append((selection, database_url))
        return codes.get(database_url, 0)

    monkeypatch.setattr(both_databases, "run", run)
    monkeypatch.setattr(both_databases, "answers", lambda url: True)
    monkeypatch.setenv("DATABASE_URL", SERVER)
    monkeypatch.delenv("CI", raising=False)
    return seen, codes


def test_postgresql_runs_all_and_sqlite_again_what_depends_on_the_database(suite):
    assert both_databases.main([]) == 0
    assert suite[0] == [(GATE, SERVER), (AGAIN_ON_SQLITE, "")]


def test_everything_runs_whole_on_both(suite):
    assert both_databases.main(["--all"]) == 0
    assert suite[0] == [(EVERYTHING, SERVER), (EVERYTHING, "")]


@pytest.mark.parametrize(("arguments", "selection"), [([], GATE), (["--all"], EVERYTHING)])
def test_without_postgresql_all_runs_on_sqlite_at_home_and_nothing_passes_in_ci(
    suite, monkeypatch, arguments, selection
):
    monkeypatch.setattr(both_databases, "answers", lambda url: False)
    assert both_databases.main(arguments) == 0
    monkeypatch.setenv("CI", "true")
    assert both_databases.main(arguments) == 1
    assert suite[0] == [(selection, "")]


@pytest.mark.parametrize("database", [SERVER, ""])
def test_a_failure_on_either_database_is_the_result(suite, database):
    suite[1][database] = 2
    assert both_databases.main([]) == 2


def test_only_chosen_tests_may_have_nothing_to_run_on_a_database(suite):
    suite[1][""] = NO_TESTS_COLLECTED
    assert both_databases.main(["tests/hkpolicy/test_env.py"]) == 0
    assert both_databases.main([]) == NO_TESTS_COLLECTED


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


def test_each_test_that_uses_the_database_is_marked_so(request, db):
    assert request.node.get_closest_marker("database")


def test_no_other_test_is_marked_so(request):
    assert not request.node.get_closest_marker("database")
