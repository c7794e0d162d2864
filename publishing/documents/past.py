"""What the record says of a root and its children, now and at any moment."""

from datetime import datetime

from ..editions import children_of, edition_classes
from ..rules import Key


def documents_at(root: Key, instant: datetime | None = None) -> list[dict]:
    """The documents of a root and of what belonged to it, the root's first; None means now. A tombstone has none."""
    type, content_id = root
    return [
        edition.current()
        for edition_class in (edition_classes()[type], *children_of(type))
        for edition in edition_class.objects.at(instant).filter(root_content_id=content_id).order_by("pk")
    ]
