"""Reminders through real processes: a worker and a beat that die in the middle of their work."""

import shutil
import time
from email import message_from_bytes

import pytest

from tests.journeys.many_promises import MAILS_OWED
from tests.journeys.stack import Stack, prepare

pytestmark = pytest.mark.sqlite  # the processes have a database of their own, the same on either run of the suite
SWEEPING_EVERY_SECOND = {"REMINDER_SWEEP_SECONDS": "1"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory, django_db_setup):
    """Prepare a demo's folder with promises that owe mails today."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare(folder, "tests.journeys.many_promises")
    return folder


class Site(Stack):
    def mails(self):
        return list((self.folder / "mail").glob("*.eml"))

    def states(self):
        """{state: rows} of what was owed by today."""
        return dict(
            self.ledger("SELECT state, count(*) FROM notifications_reminder WHERE offset_days = 30 GROUP BY state")
        )

    def wait_until(self, condition):
        super().wait_until(condition, told=lambda: (self.states(), len(self.mails())))


@pytest.fixture
def site(prepared, tmp_path, request):
    folder = shutil.copytree(prepared, tmp_path / "demo")
    redis_url = request.getfixturevalue("redis_url") if request.param == "redis" else ""
    site = Site(folder, REDIS_URL=redis_url, **SWEEPING_EVERY_SECOND)
    yield site
    site.end()


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
