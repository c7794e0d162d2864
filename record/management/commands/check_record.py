"""Check the published record and count every table, to compare a restored backup with its original."""

import hashlib
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from ...documents.canonical_json import sha256_hex
from ...models import Edition, edition_classes

CHUNK_SIZE = 500
MAX_FAULTS_PRINTED = 20


class Command(BaseCommand):
    help = "Check that every edition is whole and follows the one before it; print a digest of all, and rows per table."

    def handle(self, **options):
        for table, rows in count_table_rows():
            self.stdout.write(f"{rows:>9} {table}")
        digest, faults = check_editions()
        if faults:
            told = [
                *faults[:MAX_FAULTS_PRINTED],
                *([f"… {len(faults) - MAX_FAULTS_PRINTED} more"] if len(faults) > MAX_FAULTS_PRINTED else []),
            ]
            raise CommandError("\n".join([f"{len(faults)} faults in the record:", *told]))
        self.stdout.write(f"The record is sound. Its digest: {digest}")


def count_table_rows() -> list[tuple[str, int]]:
    """Return (table, number of rows) of every table that Django manages."""
    models = apps.get_models(include_auto_created=True)
    managers = {model._meta.db_table: model._base_manager for model in models if model._meta.managed}
    return [(table, managers[table].count()) for table in sorted(managers)]


def check_editions() -> tuple[str, list[str]]:
    """Check all editions; return (digest, faults).

    The digest covers all editions and their periods, and is equal on every database with the same content.
    """
    digest, faults = hashlib.sha256(), []
    for edition_class in edition_classes().values():
        rows = edition_class.history.order_by("content_id", "number").iterator(chunk_size=CHUNK_SIZE)
        for before, row, after in iter_with_neighbours(rows):
            faults += [
                f"{row.type} {row.content_id} #{row.number}: {fault}" for fault in find_faults(row, before, after)
            ]
            period = [row.live_from.timestamp(), row.live_until and row.live_until.timestamp()]
            digest.update(repr((row.type, str(row.content_id), row.number, row.sha256, period)).encode())
    return digest.hexdigest(), faults


def iter_with_neighbours(rows: Iterable[Edition]) -> Iterator[tuple[Edition | None, Edition, Edition | None]]:
    """Yield (edition before, edition, edition after) of the same thing for each edition; None at the ends."""
    rows = iter(rows)
    before, row = None, next(rows, None)
    while row is not None:
        after = next(rows, None)
        same = [each if each and each.content_id == row.content_id else None for each in (before, after)]
        yield same[0], row, same[1]
        before, row = row, after


def find_faults(row: Edition, before: Edition | None, after: Edition | None) -> Iterator[str]:
    """Yield what is wrong with an edition, and with its place between its neighbours."""
    if sha256_hex(row.document) != row.sha256:
        yield "its text is not the one that was published"
    if row.number != (before.number + 1 if before else 1):
        yield "an edition before it is missing"
    elif before and before.live_until != row.live_from:
        yield "it does not begin when the one before it ended"
    if row.live_until is not None and after is None:
        yield "it has ended, and the edition after it is missing"
