"""Celery carries wake-ups only; what is owed stands in the database and is swept up from there."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hkpolicy.settings")

app = Celery("hkpolicy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
