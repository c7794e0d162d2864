"""Run the suite on PostgreSQL, and what depends on the database once more on SQLite.

Without PostgreSQL everything runs on SQLite (in CI that is a failure). `--all` runs everything on both, exhaustive
tests too, and measures coverage. Other arguments go to pytest. Databases are named after the checkout's path, so that
checkouts do not collide.
"""

import hashlib
import os
import resource
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

CHECKOUT = Path(__file__).resolve().parent.parent
GATE = "not exhaustive"
AGAIN_ON_SQLITE = "database and not postgres_only and not exhaustive"
EVERYTHING = ""
NO_TESTS_COLLECTED = 5  # pytest's exit code


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


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(selection, arguments, database_url):
    """Run the tests of a marker expression on a database. Return pytest's exit code."""
    name = "PostgreSQL" if database_url else "SQLite"
    print(f"== the suite on {name}: {selection or 'everything'}", flush=True)
    before = processor_seconds()
    options = ["-n", "auto", "--dist", "worksteal", "--durations", "20", "-m", selection]
    command = [sys.executable, "-m", "pytest", *options, *arguments]
    code = subprocess.run(command, cwd=CHECKOUT, env=os.environ | {"DATABASE_URL": database_url}).returncode
    print(f"== {name}: {processor_seconds() - before:.0f} s of processor time", flush=True)
    return code


def runs(*, everything, postgresql):
    """Say which tests run on which database, in order: [(marker expression, database URL)]."""
    if everything:
        return [(EVERYTHING, postgresql), (EVERYTHING, "")] if postgresql else [(EVERYTHING, "")]
    return [(GATE, postgresql), (AGAIN_ON_SQLITE, "")] if postgresql else [(GATE, "")]


def main(arguments):
    everything = "--all" in arguments
    chosen = [each for each in arguments if each != "--all"]
    thorough = ["--hypothesis-profile", "thorough", "--cov", "--cov-append", "--cov-report="] if everything else []
    url = postgresql_url()
    postgresql = url if answers(url) else ""
    if not postgresql and os.environ.get("CI") == "true":
        print("CI needs PostgreSQL: the suite must pass on both databases.", flush=True)
        return 1
    for selection, database_url in runs(everything=everything, postgresql=postgresql):
        code = run(selection, thorough + chosen, database_url)
        if code and not (code == NO_TESTS_COLLECTED and chosen):
            return code
    if not postgresql:
        print("The suite ran on SQLite only.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
