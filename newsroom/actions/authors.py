"""Whose work is waiting to be published: these people may not approve it."""

from collections.abc import Iterable

from django.db.models import Max

from record.models import Change, get_child_editions

from ..audit import last_read_at
from ..choices import ReviewVerb
from ..documents.deserialize import find_content_ids
from ..documents.drafts import Draft
from ..models import ReviewEntry, WorkingChange


def find_authors(drafts: Iterable[Draft]) -> set[int]:
    """Return the ids of the users who worked on these roots, or requested a review, since their last publication.

    Older work counts if it was held back until now, or was done while the row belonged to another root.
    """
    return {user for draft in drafts for user in _find_draft_authors(draft)}


def find_requesters(type: str, content_id: str) -> set[int]:
    """Return the ids of the users who asked for a review of a root since it was last published."""
    thread = ReviewEntry.objects.thread_of(type, content_id)
    last = thread.filter(verb=ReviewVerb.PUBLISHED).last()
    asked = thread.filter(verb=ReviewVerb.REQUESTED, pk__gt=last.pk if last else 0)
    return set(asked.values_list("by", flat=True))


def _find_draft_authors(draft: Draft) -> set[int]:
    """Return the ids of the users who worked on one root, or asked for a review of it."""
    log, since = WorkingChange.objects, last_read_at([draft.key]).get(draft.key)
    authors = find_requesters(*draft.key) | log.authors_since(
        *draft.key, since, also_in=find_content_ids(draft.documents)
    )
    if since is None:
        return authors
    released, moved = log.of_root(*draft.key).released_or_moved_since(since, parents=_parent_columns_of_children(draft))
    public_elsewhere = Change.objects.filter(content_id__in=moved - released, source_read_at__isnull=False)
    taken = dict(public_elsewhere.values_list("content_id").annotate(Max("source_read_at")))
    return authors | log.authors_of_rows(
        draft.content_id, ever=released | moved - {str(each) for each in taken}, since=taken
    )


def _parent_columns_of_children(draft: Draft) -> set[str]:
    """Return the names of the foreign keys that say which root a child belongs to."""
    return {name for edition_class in get_child_editions(draft.type) for name in edition_class.parents}
