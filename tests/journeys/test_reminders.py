"""Reminders through real processes: a worker and a beat that die in the middle of their work."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from email import message_from_bytes

import pytest
from django.conf import settings

from hkpolicy.demo.processes import commands
from tests.journeys.many_promises import MAILS_OWED

pytestmark = pytest.mark.sqlite  # the processes have a database of their own, the same on either run of the suite
PATIENCE_SECONDS = 60


def environment(folder, redis_url=""):
    mine = {"DJANGO_SETTINGS_MODULE": "hkpolicy.settings", "DEMO_DIR": str(folder), "REDIS_URL": redis_url}
    return os.environ | mine | {"DATABASE_URL": "", "REMINDER_SWEEP_SECONDS": "1", "PYTHONPATH": str(settings.BASE_DIR)}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A demo's folder with promises that owe mails today."""
    folder = tmp_path_factory.mktemp("prepared")
    for program in (["manage.py", "migrate", "-v", "0"], ["-m", "tests.journeys.many_promises"]):
        subprocess.run([sys.executable, *program], cwd=settings.BASE_DIR, env=environment(folder), check=True)
    return folder


class Site:
    """A worker and a beat over one demo's folder."""

    def __init__(self, folder, redis_url):
        self.folder, self.environment, self.running = folder, environment(folder, redis_url), {}

    def start(self, name):
        self.running[name] = subprocess.Popen(
            commands()[name], cwd=settings.BASE_DIR, env=self.environment, start_new_session=True
        )

    def kill(self, name):
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def mails(self):
        return list((self.folder / "mail").glob("*.eml"))

    def ledger(self, statement):
        database = sqlite3.connect(self.folder / "db.sqlite3", timeout=20)
        with database:
            rows = database.execute(statement).fetchall()
        database.close()
        return rows

    def states(self):
        """{state: rows} of what was owed by today."""
        return dict(
            self.ledger("SELECT state, count(*) FROM notifications_reminder WHERE offset_days = 30 GROUP BY state")
        )

    def wait_until(self, condition):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, (self.states(), len(self.mails()))
            time.sleep(0.002)


@pytest.fixture
def site(prepared, tmp_path, request):
    folder = shutil.copytree(prepared, tmp_path / "demo")
    site = Site(folder, request.getfixturevalue("redis_url") if request.param == "redis" else "")
    yield site
    for name in list(site.running):
        site.kill(name)


@pytest.mark.parametrize("site", ["folder", pytest.param("redis", marks=pytest.mark.redis)], indirect=True)
def test_every_mail_arrives_once_though_the_worker_is_killed_in_the_middle(site):
    site.start("beat")
    site.start("worker")
    site.wait_until(lambda: len(site.mails()) >= 5)
    site.kill("worker")
    assert site.states()["pending"] > 0
    site.ledger(
        "UPDATE notifications_reminder SET claimed_at = datetime(claimed_at, '-1 hour') WHERE state = 'sending'"
    )
    site.start("worker")
    site.wait_until(lambda: site.states() == {"sent": MAILS_OWED})
    time.sleep(3)  # further sweeps find nothing
    read = [message_from_bytes(file.read_bytes()) for file in site.mails()]
    assert (
        len(read) == len({mail["Message-ID"] for mail in read}) == len({mail["Subject"] for mail in read}) == MAILS_OWED
    )
    assert site.states() == {"sent": MAILS_OWED}
