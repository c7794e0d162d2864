"""The project's own settings, in a folder of the tests, with what only costs time taken away."""

import os
from pathlib import Path

SAID_BY_THE_MACHINE = (
    "API_ANON_RATE DEBUG EMAIL_URL PORT REDIS_URL REQUIRED_LANGUAGES REQUIRE_SECOND_PERSON SECRET_KEY SITE_URL"
)
for name in SAID_BY_THE_MACHINE.split():
    os.environ.pop(name, None)
os.environ["DEMO_DIR"] = str(Path(__file__).resolve().parent.parent / "var" / "test")

from hkpolicy.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
DATABASES["default"]["OPTIONS"].pop("pool", None)
