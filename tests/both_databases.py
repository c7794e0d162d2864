"""Runs the whole suite on SQLite, then again on PostgreSQL where one answers (in CI one must).

Arguments go to pytest. The test database's name comes from the checkout's path, so that checkouts do not collide.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

CHECKOUT = Path(__file__).resolve().parent.parent


def postgresql_url():
    """DATABASE_URL where it names a PostgreSQL database, else the usual local server."""
    given = os.environ.get("DATABASE_URL", "")
    if urlsplit(given).scheme in {"postgres", "postgresql"}:
        return given
    checkout = hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]
    return f"postgres://postgres@127.0.0.1:5432/hkpolicy_{checkout}"


def answers(url):
    server = urlsplit(url)._replace(path="/postgres").geturl()
    try:
        psycopg.connect(server, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        print(f"PostgreSQL does not answer: {error}", flush=True)
        return False
    return True


def run(arguments, database_url):
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "--create-db", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env=os.environ | {"DATABASE_URL": database_url}).returncode


def main(arguments):
    print("== the suite on SQLite", flush=True)
    failed = run(arguments, "")
    if failed:
        return failed
    url = postgresql_url()
    if answers(url):
        print("== the suite on PostgreSQL", flush=True)
        return run(arguments, url)
    if os.environ.get("CI") == "true":
        print("CI needs PostgreSQL: the suite must pass on both databases.", flush=True)
        return 1
    print("The suite ran on SQLite only.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
