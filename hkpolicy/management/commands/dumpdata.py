"""Guard against dumping the record with dumpdata."""

from django.apps import apps
from django.core.management.base import CommandError
from django.core.management.commands import dumpdata

REFUSAL_MESSAGE = (
    "dumpdata would lose the history: it leaves out what was superseded and cuts times to milliseconds. Back up with"
    " pg_dump, or SQLite's own backup: see docs/operations.md. Only {allowed} can be dumped, by their names."
)


class Command(dumpdata.Command):
    """Django's dumpdata, limited to Django's own tables.

    A dump of the record would look complete and would not be: it leaves out superseded editions and cuts times.
    """

    def handle(self, *app_labels, **options):
        allowed = sorted(config.label for config in apps.get_app_configs() if config.name.startswith("django."))
        asked = {label.partition(".")[0] for label in app_labels}
        if not asked or asked - set(allowed):
            raise CommandError(REFUSAL_MESSAGE.format(allowed=", ".join(allowed)))
        super().handle(*app_labels, **options)
