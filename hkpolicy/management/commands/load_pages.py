"""Import the pages that ship (about, method, privacy): manage.py load_pages [--publish] [--by USER]"""

from hkpolicy.management.loading import LoadingCommand
from hkpolicy.record.pages import load_pages


class Command(LoadingCommand):
    help = "Loads the site's own pages from data/pages/. What an editor changed since is left alone."

    def load(self, **options):
        return load_pages(**options)
