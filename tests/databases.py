"""One migrated database, kept between runs and copied for each worker, so that no run migrates twice.

The copy is made at the start of a run, whatever the last one left behind: `--reuse-db` and `--create-db` change
nothing.
"""

import fcntl
import hashlib
import sqlite3
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import _get_all_permissions
from django.core.management import call_command
from django.db import connections
from psycopg import sql

FILES = ["requirements.txt", "hkpolicy/roles.py"]  # what a migrated database is made of, beside its migrations
FOLDER = settings.DATA_DIR


def fingerprint() -> str:
    """Tell one migrated database from another: what migrations, versions and permissions go into it."""
    digest = hashlib.sha256()
    for file in [*(settings.BASE_DIR / name for name in FILES), *sorted(settings.BASE_DIR.glob("*/migrations/*.py"))]:
        digest.update(f"{file.relative_to(settings.BASE_DIR)}\n".encode() + file.read_bytes())
    for model in apps.get_models():
        digest.update(f"{model._meta.label} {_get_all_permissions(model._meta)}\n".encode())
    return digest.hexdigest()[:12]


@contextmanager
def migrated_copy(worker: str):
    """Connect to a copy of the migrated database of that worker's own. On PostgreSQL it is dropped afterwards."""
    connection = connections["default"]
    copy = {"sqlite": sqlite_copy, "postgresql": postgresql_copy}[connection.vendor]
    with copy(connection, worker):
        # Of the class: beside Playwright's loop Django makes another connection, which must know it too.
        type(connection)._test_serialized_contents = connection.creation.serialize_db_to_string()
        yield


@contextmanager
def locked():
    """Let one process at a time make the migrated database."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "migrated.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def migrate(connection, name) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()


def kept_file():
    """Name the migrated SQLite database, which is there once a test on SQLite had one."""
    return FOLDER / f"migrated-{fingerprint()}.sqlite3"


@contextmanager
def sqlite_copy(connection, worker):
    """Copy the kept file into memory."""
    kept = kept_file()
    with locked():
        if not kept.exists():
            for old in FOLDER.glob("migrated-*.sqlite3*"):
                old.unlink()
            new = FOLDER / "migrated-new.sqlite3"
            migrate(connection, new)
            new.rename(kept)
    connection.settings_dict["NAME"] = f"file:memorydb_{worker}?mode=memory&cache=shared"
    connection.ensure_connection()
    with sqlite3.connect(kept) as source:
        source.backup(connection.connection)
    source.close()
    yield


@contextmanager
def postgresql_copy(connection, worker):
    """Let the server copy the kept database."""
    name = connection.settings_dict["NAME"]
    kept, copy = f"{name}_migrated_{fingerprint()}", f"{name}_test_{worker}"
    with connection._nodb_cursor() as cursor:

        def execute(statement, *names):
            cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

        with locked():
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{name}_migrated_"])
            found = {row[0] for row in cursor}
            if kept not in found:
                for old in found:
                    execute("DROP DATABASE {} WITH (FORCE)", old)
                execute("CREATE DATABASE {}", new := f"{name}_migrated_new")
                migrate(connection, new)
                execute("ALTER DATABASE {} RENAME TO {}", new, kept)
            execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", copy)
            execute("CREATE DATABASE {} TEMPLATE {}", copy, kept)
        connection.settings_dict["NAME"] = copy
        yield
        connection.close()
        execute("DROP DATABASE {} WITH (FORCE)", copy)
