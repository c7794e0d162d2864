"""The decorator that makes a function an action of the newsroom."""

from functools import wraps

from django.db import transaction

from ..models import acting


def verb(write):
    """Run the function atomically and attribute its audit-log entries to `by`."""

    @wraps(write)
    def written(*, by, **arguments):
        with acting(by), transaction.atomic():
            return write(by=by, **arguments)

    return written
