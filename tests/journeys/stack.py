"""The site as processes of their own over one folder: a web server, two workers and a beat."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time

from django.conf import settings
from django.test import override_settings

from hkpolicy.demo.processes import build_commands
from tests.databases import kept_file

TIMEOUT_SECONDS = 60


def environment(folder, **also):
    mine = {"DJANGO_SETTINGS_MODULE": "hkpolicy.settings", "DEMO_DIR": str(folder), "REDIS_URL": ""}
    return os.environ | mine | {"DATABASE_URL": "", "PYTHONPATH": str(settings.BASE_DIR)} | also


def prepare(folder, program, **also):
    """Copy a migrated database into the folder, and run a module that fills it. Call after `django_db_setup`."""
    shutil.copy(kept_file(), folder / "db.sqlite3")
    command = [sys.executable, "-m", program]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment(folder, **also), check=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Stack:
    """Processes over one folder, started and killed by name. also: what else stands in their environment."""

    def __init__(self, folder, **also):
        self.folder, self.running = folder, {}
        self.port = free_port()
        self.environment = environment(folder, PORT=str(self.port), **also)

    def start(self, name):
        with override_settings(PORT=self.port):
            command = build_commands()[name]
        self.running[name] = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=self.environment, start_new_session=True
        )

    def kill(self, name):
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self):
        for name in list(self.running):
            self.kill(name)

    def ledger(self, statement, *values):
        """Read rows of the database past Django: it is the processes'."""
        database = sqlite3.connect(self.folder / "db.sqlite3", timeout=20)
        with database:
            rows = database.execute(statement, values).fetchall()
        database.close()
        return rows

    def wait_until(self, condition, *, looking_every=0.01, told=lambda: None):
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while not condition():
            assert time.monotonic() < deadline, told()
            time.sleep(looking_every)
