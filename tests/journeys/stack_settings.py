"""The site's own settings, with what only costs a journey time taken away: see `stack`."""

from hkpolicy.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_BEAT_SCHEDULE["carry out what is scheduled"] |= {"schedule": 1.0, "options": {"expires": 1.0}}
