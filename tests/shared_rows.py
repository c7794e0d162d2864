"""Rows that many tests read and that are dear to make."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def shared_rows(django_db_blocker):
    """Keep what a fixture of a module makes in here for each of its tests, and undo it after the last.

    Each test marked `django_db` undoes its own writes as ever: its transaction is a savepoint in this one. Not for
    modules with a test marked `transaction=True`, which would empty the tables. The rows stay until the module ends
    or the fixture's next parameter comes, so every test of the module sees them, whether or not it asks for them.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
