"""What makes a function a verb of the newsroom."""

from functools import wraps

from django.db import transaction

from ..models import acting


def verb(write):
    """All of it or nothing; what it changes in the working copy is logged as of `by`."""

    @wraps(write)
    def written(*, by, **arguments):
        with acting(by), transaction.atomic():
            return write(by=by, **arguments)

    return written
