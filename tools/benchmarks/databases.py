"""The benchmarks' own databases: made, found again, dropped."""

import os
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

EDITIONS_EACH = 10
FOLDER = str(Path(__file__).resolve().parents[2] / "var" / "bench")
SERVER = "postgres://postgres@127.0.0.1:5432"


class Databases:
    """One database a size of the record, on one server."""

    def __init__(self, server: str = SERVER, prefix: str = "hkpolicy_bench"):
        self.server, self.prefix = server, prefix

    def name(self, initiatives: int) -> str:
        return f"{self.prefix}_{initiatives}"

    def url(self, initiatives: int) -> str:
        return urlsplit(self.server)._replace(path=f"/{self.name(initiatives)}").geturl()

    def exists(self, initiatives: int) -> bool:
        with self._connected() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name(initiatives)])
            return found.fetchone() is not None

    def create(self, initiatives: int) -> None:
        self.drop(initiatives)
        self._execute("CREATE DATABASE {}", initiatives)

    def drop(self, initiatives: int) -> None:
        self._execute("DROP DATABASE IF EXISTS {}", initiatives)

    def version(self) -> str:
        with self._connected() as connection:
            return connection.execute("SHOW server_version").fetchone()[0]

    def _execute(self, statement: str, initiatives: int) -> None:
        with self._connected() as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(self.name(initiatives))))

    def _connected(self):
        return psycopg.connect(urlsplit(self.server)._replace(path="/postgres").geturl(), autocommit=True)


def django_at(url: str) -> None:
    """Set Django up in this process, on that database."""
    os.environ |= {"DATABASE_URL": url, "DEMO_DIR": FOLDER, "DJANGO_SETTINGS_MODULE": "hkpolicy.settings"}
    import django

    django.setup()


def filled(url: str, initiatives: int, newsroom: bool = False) -> dict:
    """Migrate and fill the empty database at `url`: how long each took, in seconds, and what is in it now.

    newsroom: with a working copy as large as the record, and fewer editions.
    """
    django_at(url)
    from django.core.management import call_command
    from django.db import connection

    from initiatives.models import Milestone, Statement
    from record.dates import today
    from record.models import Link, edition_classes

    from .crowding import fill_newsroom
    from .filling import fill, tidy

    started = perf_counter()
    call_command("migrate", verbosity=0)
    migrated = perf_counter()
    day = today()
    if newsroom:
        fill_newsroom(initiatives=initiatives, today=day)
    else:
        fill(initiatives=initiatives, editions=EDITIONS_EACH, today=day)
    multiplied = perf_counter()
    tidy()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    return {
        "migrating": migrated - started,
        "filling": multiplied - migrated,
        "vacuuming": perf_counter() - multiplied,
        "editions": sum(each.history.count() for each in edition_classes().values()),
        "links": Link.objects.count(),
        "milestones": Milestone.objects.count(),
        "statements": Statement.objects.count(),
        "bytes": size,
    }
