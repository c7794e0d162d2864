from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from .roles import grant_roles


class HkpolicyConfig(AppConfig):
    default = True
    name = "hkpolicy"
    verbose_name = _("Hong Kong policy tracker")

    def ready(self):
        post_migrate.connect(grant_roles, dispatch_uid="roles")


class AdminSiteConfig(admin_apps.AdminConfig):
    """Configuration of Django's admin app that makes our own site the default one."""

    default = False
    default_site = "hkpolicy.admin.NewsroomAdminSite"
