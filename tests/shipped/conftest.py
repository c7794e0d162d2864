"""The record that ships, loaded once, and everything a reader can reach in it, asked for once."""

import fcntl
import pickle
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import transaction

from importer.load import import_file
from importer.page_files import import_pages
from tests.factories import UserFactory
from tests.shipped.crawling import crawl
from tests.shipped.planting import plant

EDITOR = "who-has-it-published"


@pytest.fixture(scope="package")
def shipped(django_db_setup, django_db_blocker):
    """Return the Outcome of loading the record. Its rows are in the database until the last test of this folder."""
    with django_db_blocker.unblock(), transaction.atomic():
        UserFactory(username=EDITOR, is_superuser=True)
        outcome = import_file(settings.BASE_DIR / "data/hk_record.yaml", by=EDITOR, publishing=True)
        import_pages(by=EDITOR, publishing=True)
        yield outcome
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def crawled(request, worker_id, tmp_path_factory):
    """Return the Crawl of the record that ships, with sentences planted in all that is not public.

    Whichever worker asks first makes it; the others read its file, and need not load the record.
    """
    if worker_id == "master":  # no workers
        return make_crawl(request)
    file = tmp_path_factory.getbasetemp().parent / "crawl.pickle"
    with locked(file.with_suffix(".lock")):
        if not file.exists():
            file.write_bytes(pickle.dumps(make_crawl(request)))
        return pickle.loads(file.read_bytes())


def make_crawl(request):
    """Crawl with sentences planted, which are gone after it."""
    request.getfixturevalue("shipped")
    with request.getfixturevalue("django_db_blocker").unblock(), transaction.atomic():
        plant(editor=EDITOR)
        made = crawl()
        transaction.set_rollback(True)
    return made


@contextmanager
def locked(path):
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
