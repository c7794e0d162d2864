"""The decorator that makes a function an action of the newsroom."""

from functools import wraps

from django.db import transaction

from ..models import set_actor


def audited_action(write):
    """Run the function atomically and attribute its audit-log entries to `by`."""

    @wraps(write)
    def written(*, by, **arguments):
        with set_actor(by), transaction.atomic():
            return write(by=by, **arguments)

    return written
