from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExpertsConfig(AppConfig):
    name = "experts"
    verbose_name = _("Experts")

    def ready(self):
        import_module(f"{self.name}.documents")  # registers how rows become documents
