"""Many editions at once, without a working copy behind them."""

from uuid import uuid4

from django.utils import timezone

from record.models import Change, Publication
from tests.factories import UserFactory


def live_editions(edition_class, rows):
    """Make one live edition of this type with the columns of each row (a dict), all of one publication."""
    rows, now = list(rows), timezone.now()
    publication = Publication.objects.create(published_at=now, by=UserFactory())
    changes = Change.objects.bulk_create(
        [
            Change(
                publication=publication,
                action="published",
                type=edition_class.type,
                content_id=uuid4(),
                root_content_id=uuid4(),
            )
            for _ in rows
        ],
        batch_size=2000,
    )
    same = {"number": 1, "revision": 1, "shape": 1, "first_published_at": now, "live_from": now}
    editions = [
        edition_class(
            **{"change": change, "content_id": change.content_id, "root_content_id": change.root_content_id}
            | {"document": "{}"}
            | same
            | row
        )
        for change, row in zip(changes, rows, strict=True)
    ]
    return edition_class.history.bulk_create(editions, batch_size=500)
