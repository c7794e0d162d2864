"""Keeps a claim alive while its mail is being sent: a mail server may take minutes to accept it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import connection

from newsroom.models.clock import database_now

from ..models import OutboxMessage

logger = logging.getLogger(__name__)

LEASE_RENEWAL_SECONDS = 60  # a lease lasts five times as long


@contextmanager
def renewed_lease(row: OutboxMessage) -> Iterator[None]:
    """Renew the lease of a claimed row every minute until the block ends; afterwards `row` still holds its claim."""
    ended = Event()
    renewing = Thread(target=_keep_renewing, args=(row, ended), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        ended.set()
        renewing.join()


def renew_lease(row: OutboxMessage) -> bool:
    """Renew the lease, by the database's clock. Return False if another process holds the row."""
    now = database_now()
    held = type(row)._default_manager.still_claimed(row).update(claimed_at=now) == 1
    if held:
        row.claimed_at = now
    return held


def _keep_renewing(row: OutboxMessage, ended: Event) -> None:
    """Renew the lease until `ended` is set or the claim is lost; runs in a thread with its own connection."""
    try:
        while not ended.wait(LEASE_RENEWAL_SECONDS):
            try:
                if not renew_lease(row):
                    return
            except Exception:  # the database may be away for a moment; the lease lasts longer
                logger.exception("The lease of %s %s was not renewed", row._meta.object_name, row.pk)
    finally:
        connection.close()
