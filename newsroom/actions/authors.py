"""Whose work is waiting to be published: these people may not approve it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from record.models import Change, get_child_editions

from ..choices import ReviewVerb
from ..documents.deserialize import richest_nodes
from ..documents.drafts import Draft
from ..documents.registry import get_builder
from ..models import ReviewEntry, WorkingChange


def find_authors(drafts: Iterable[Draft]) -> set[int]:
    """Return the ids of the users who worked on these roots, or requested a review, since their last publication.

    Older work counts if it was held back until now, or was done while the row belonged to another root.
    """
    return {user for draft in drafts for user in _find_draft_authors(draft)}


def find_requesters(type: str, content_id: str) -> set[int]:
    """Return the ids of the users who asked for a review of a root since it was last published."""
    thread = ReviewEntry.objects.of(type, content_id)
    last = thread.filter(verb=ReviewVerb.PUBLISHED).last()
    asked = thread.filter(verb=ReviewVerb.REQUESTED, pk__gt=last.pk if last else 0)
    return set(asked.values_list("by", flat=True))


def _find_draft_authors(draft: Draft) -> set[int]:
    """Return the ids of the users who worked on one root, or asked for a review of it."""
    log, since = WorkingChange.objects, _last_read_at(root_type=draft.type, root_content_id=draft.content_id)
    authors = find_requesters(*draft.key) | log.authors_since(*draft.key, since, also_in=_content_ids_in(draft))
    if since is None:
        return authors
    released, moved = log.of_root(*draft.key).come_since(since, parents=_parent_columns_of_children(draft))
    public_elsewhere = Change.objects.filter(content_id__in=moved - released, taken_at__isnull=False)
    taken = dict(public_elsewhere.values_list("content_id").annotate(Max("taken_at")))
    return authors | log.authors_of_rows(
        draft.content_id, ever=released | moved - {str(each) for each in taken}, since=taken
    )


def _content_ids_in(draft: Draft) -> set[str]:
    """Return the content_ids of the documents of a Draft and of everything inside them."""
    return richest_nodes(draft.documents).keys() | {document["content_id"] for document in draft.documents}


def _parent_columns_of_children(draft: Draft) -> set[str]:
    """Return the names of the foreign keys that say which root a child belongs to."""
    return {
        name for edition_class in get_child_editions(draft.type) for name in get_builder(edition_class.type).parents
    }


def _last_read_at(**where) -> datetime | None:
    """Return when the last published Draft was read from the working copy, None if none was published.

    New names of neighbours, moves and attestations do not count, since no Draft is read for them.
    """
    return Change.objects.filter(**where).aggregate(at=Max("taken_at"))["at"]
