"""Import a data file into the newsroom.

manage.py load_record FILE [--dry-run] [--publish] [--by USER] [--overwrite]
"""

from hkpolicy.management.loading import LoadingCommand
from hkpolicy.record.loading import load


class Command(LoadingCommand):
    help = "Loads a record's data file. What an editor changed since is left alone; loading twice changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        super().add_arguments(parser)

    def load(self, *, file, **options):
        return load(file, **options)
