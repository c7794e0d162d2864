import os
import time
from subprocess import CompletedProcess

import pytest
from celery.beat import ScheduleEntry
from django.conf import settings as site

from deploy import healthy
from hkpolicy.celery import StatelessBeatScheduler, app


@pytest.fixture
def checkout(tmp_path, settings, monkeypatch):
    """Make a working directory like the container's, with the pulse of beat in it."""
    settings.BEAT_PULSE_FILE = tmp_path / "var" / "beat-pulse"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REMINDER_SWEEP_SECONDS", "60")
    return tmp_path


def age(file, seconds):
    then = time.time() - seconds
    os.utime(file, (then, then))


def test_beat_is_healthy_from_its_start_and_for_three_sweeps_after_each_wake_up(checkout):
    schedule = StatelessBeatScheduler(app, lazy=True)
    schedule.setup_schedule()
    assert healthy.beat()
    age(site.BEAT_PULSE_FILE, 181)
    assert not healthy.beat()
    schedule.apply_async(ScheduleEntry(name="wake", task="tests.wake", schedule=60, app=app))
    assert healthy.beat()


@pytest.mark.parametrize("name", ["worker", "publisher"])
def test_each_worker_is_asked_by_its_own_name(monkeypatch, name):
    asked = []
    monkeypatch.setattr(healthy.subprocess, "run", lambda words, **_: asked.append(words) or CompletedProcess(words, 0))
    monkeypatch.setattr(healthy.socket, "gethostname", lambda: "container")
    assert getattr(healthy, name)()
    [words] = asked
    assert words[words.index("--destination") + 1] == f"{name}@container"


def test_the_schedule_keeps_its_entries(checkout):
    schedule = StatelessBeatScheduler(app, lazy=True)
    schedule.setup_schedule()
    assert {entry.task for entry in schedule.schedule.values()} >= {"notifications.tasks.run_reminder_sweep"}
