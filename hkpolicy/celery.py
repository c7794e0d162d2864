"""The Celery app. It carries wake-ups only: what is owed stands in the database, and sweeps find it there."""

import os

from celery import Celery
from celery.beat import Scheduler
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hkpolicy.settings")

app = Celery("hkpolicy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class StatelessBeatScheduler(Scheduler):
    """A beat scheduler without state: the schedule is that of the settings, and each task finds by itself what is owed.

    Its start and every wake-up it sends touch a file, whose modification time is the pulse that the health check reads.
    """

    def setup_schedule(self):
        super().setup_schedule()
        settings.BEAT_PULSE_FILE.parent.mkdir(parents=True, exist_ok=True)
        settings.BEAT_PULSE_FILE.touch()

    def apply_async(self, entry, *args, **kwargs):
        sent = super().apply_async(entry, *args, **kwargs)
        settings.BEAT_PULSE_FILE.touch()
        return sent
