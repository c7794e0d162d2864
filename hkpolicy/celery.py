"""Celery carries wake-ups only; what is owed stands in the database and is swept up from there."""

import os

from celery import Celery
from celery.beat import Scheduler
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hkpolicy.settings")

app = Celery("hkpolicy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class Schedule(Scheduler):
    """The schedule as it stands in the settings, remembered nowhere: every task on it finds by itself what is owed.

    Its start and each wake-up that left are a pulse: the time of a file, which the health check reads.
    """

    def setup_schedule(self):
        super().setup_schedule()
        settings.BEAT_PULSE_FILE.parent.mkdir(parents=True, exist_ok=True)
        settings.BEAT_PULSE_FILE.touch()

    def apply_async(self, entry, *args, **kwargs):
        sent = super().apply_async(entry, *args, **kwargs)
        settings.BEAT_PULSE_FILE.touch()
        return sent
