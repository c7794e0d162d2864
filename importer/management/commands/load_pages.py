"""Import the pages that ship (about, method, privacy): manage.py load_pages [--publish] [--by USER]"""

from ...page_files import import_pages
from ..loading import ImportCommand


class Command(ImportCommand):
    help = "Loads the site's own pages from data/pages/. What an editor changed since is left alone."

    def load(self, **options):
        return import_pages(**options)
