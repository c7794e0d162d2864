import pytest
from django.db import transaction

from .asking import World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once; whatever a test does to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)
