from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class HkpolicyConfig(AppConfig):
    default = True
    name = "hkpolicy"
    verbose_name = _("Hong Kong policy tracker")

    def ready(self):
        import_module(f"{self.name}.receivers")


class NewsroomConfig(admin_apps.AdminConfig):
    """Configuration of Django's admin app that makes our own site the default one."""

    default = False
    default_site = "hkpolicy.admin.NewsroomSite"
