from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImporterConfig(AppConfig):
    name = "importer"
    verbose_name = _("Importer")

    def ready(self):
        import_module(f"{self.name}.receivers")  # redactions reach what is remembered of data files
