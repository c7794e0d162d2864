"""Import a data file into the newsroom.

manage.py load_record FILE [--dry-run] [--publish] [--by USER] [--overwrite]
"""

from ...load import import_file
from ..loading import ImportCommand


class Command(ImportCommand):
    help = "Loads a record's data file. What an editor changed since is left alone; loading twice changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        super().add_arguments(parser)

    def load(self, *, file, **options):
        return import_file(file, **options)
