"""The site that is measured: the demo's record, served as to strangers: hashed and compressed files, no DEBUG."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from .reading import Reader

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "audit"
DEMO = FOLDER / "demo"
TIMEOUT_SECONDS = 60


def set_up(port: int) -> None:
    """Set Django up in this process, as the server's: on the demo's database, which need not be there yet."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tools.audit.settings",
        "DATABASE_URL": f"sqlite:///{DEMO / 'db.sqlite3'}",
        "DEMO_DIR": "",
        "DEBUG": "",
        "REDIS_URL": "",
        "PORT": str(port),
        "SECRET_KEY": "only strangers to this machine would mind",
        "SITE_URL": f"http://localhost:{port}",
        "EMAIL_URL": "console:",
        "DEFAULT_FROM_EMAIL": "tracker@example.org",
    }
    import django

    django.setup()


def prepare() -> None:
    """Fill and publish the demo's folder as `make demo` does, and withdraw one commentary after that."""
    for_demo = {
        "DEMO_DIR": str(DEMO),
        "DATABASE_URL": "",
        "SITE_URL": "",
        "DJANGO_SETTINGS_MODULE": "hkpolicy.settings",
    }
    command = [sys.executable, "manage.py", "demo", "--prepare"]
    subprocess.run(command, cwd=ROOT, env=os.environ | for_demo, check=True, stdout=subprocess.DEVNULL)
    _withdraw_one()


def _withdraw_one() -> None:
    from experts.models import Commentary
    from importer.service_accounts import get_acting_user
    from newsroom.actions.withdraw import withdraw
    from newsroom.documents.registry import get_row_key

    reason = {"en": "Withdrawn to be measured.", "zh-hant": "為量度而撤回。", "zh-hans": "为量度而撤回。"}
    withdraw(root=get_row_key(Commentary.objects.order_by("-pk").first()), reason=reason, by=get_acting_user("ada"))


def collect() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


@contextmanager
def served():
    """Serve the site and yield a reader of it. Raise TimeoutError where it does not start."""
    from django.conf import settings

    from hkpolicy.demo.processes import build_commands

    with (FOLDER / "server.log").open("w") as log:
        server = subprocess.Popen(build_commands()["web"], cwd=ROOT, stdout=log, stderr=log)
    reader = Reader(settings.SITE_URL)
    try:
        _wait_for(reader, server)
        yield reader
    finally:
        server.terminate()
        server.wait()


def _wait_for(reader: Reader, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while not reader.answers():
        if server.poll() is not None or time.monotonic() > deadline:
            raise TimeoutError(f"The site does not start; see {FOLDER / 'server.log'}")
        time.sleep(0.2)
