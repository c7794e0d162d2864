"""The WSGI application, with time limits on the web process's database connections."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from .env import add_time_limits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hkpolicy.settings")
# Must run before anything connects. Commands, the worker and beat do not import this module.
settings.DATABASES["default"] = add_time_limits(
    settings.DATABASES["default"], statement_seconds=settings.WEB_STATEMENT_SECONDS
)
application = get_wsgi_application()
