"""Rebuilding: the typed columns and links of editions are derived again from their stored documents."""

from django.db import transaction

from record.models import Edition, Link, edition_classes

from .append import build_links, lock_publishing

REBUILD_BATCH_SIZE = 500


def rebuild_editions() -> dict[str, int]:
    """Rebuild all editions. Return {type: how many editions had wrong columns}.

    Documents, hashes and periods are never touched.
    """
    return {type: _rebuild_type(edition_class) for type, edition_class in edition_classes().items()}


def _rebuild_type(edition_class: type[Edition]) -> int:
    """Rebuild the editions of one type in batches. Return how many had wrong columns."""
    mended, last = 0, 0
    while rows := list(
        edition_class.history.filter(pk__gt=last).select_related("change").order_by("pk")[:REBUILD_BATCH_SIZE]
    ):
        mended += _rebuild_rows(edition_class, rows)
        last = rows[-1].pk
    return mended


@transaction.atomic
def _rebuild_rows(edition_class: type[Edition], rows: list[Edition]) -> int:
    """Rebuild a batch of editions under the publishing lock. Return how many had wrong columns."""
    lock_publishing()
    wrong, names = [], set()
    for row in rows:
        filled = {} if row.tombstone else edition_class.derived_columns(row.load_document())
        values = {name: edition_class._meta.get_field(name).to_python(value) for name, value in filled.items()}
        differing = {name for name, value in values.items() if getattr(row, name) != value}
        if differing:
            for name in differing:
                setattr(row, name, values[name])
            wrong.append(row)
            names |= differing
    if wrong:
        edition_class.history.bulk_update(wrong, sorted(names))
    _relink_editions(rows)
    return len(wrong)


def _relink_editions(rows: list[Edition]) -> None:
    """Replace the links of these editions."""
    Link.objects.filter(change__in=[row.change_id for row in rows]).delete()
    Link.objects.bulk_create([link for row in rows for link in build_links(row)], batch_size=REBUILD_BATCH_SIZE)
