"""The project on top of all apps: settings, URLs, the admin site, Celery and the pages that join apps."""

from .celery import app as celery_app

__all__ = ("celery_app",)
