"""Rebuild the typed columns and links of all editions."""

from django.core.management.base import BaseCommand

from ...actions.rebuild import rebuild_editions


class Command(BaseCommand):
    help = "Fill the typed columns and links of all editions from their documents again; texts and history stay."

    def handle(self, **options):
        for type, mended in rebuild_editions().items():
            self.stdout.write(f"{type}: {mended} mended")
