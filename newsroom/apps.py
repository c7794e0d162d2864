"""Start-up of the app: the registry of types, the audit log, and names of editors."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.auth import get_user_model
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Newsroom")

    def ready(self):
        autodiscover_modules("published_types")  # of every app: what is published, and how
        import_module(f"{self.name}.receivers")  # connects the audit log of the working copy
        profile = import_module(f"{self.name}.models.profile")
        get_user_model().add_to_class("__str__", profile.get_user_display_name)  # instead of the username
