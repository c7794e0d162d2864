"""Whose work is waiting to be published: who may therefore not approve it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from ..choices import ReviewVerb
from ..documents import Draft
from ..documents.past import documents_at
from ..documents.reverse import fullest
from ..editions import Change
from ..languages import LANGUAGES
from ..models import ReviewEntry, WorkingChange


def authors_of(drafts: Iterable[Draft]) -> set[int]:
    """The ids of those who worked on these roots since each was last published, or asked for a review of it."""
    return {user for draft in drafts for user in _authors(draft)}


def requesters(type: str, content_id: str) -> set[int]:
    """The ids of those who asked for a review since it was last published."""
    thread = ReviewEntry.objects.of(type, content_id)
    last = thread.filter(verb=ReviewVerb.PUBLISHED).last()
    asked = thread.filter(verb=ReviewVerb.REQUESTED, pk__gt=last.pk if last else 0)
    return set(asked.values_list("by", flat=True))


def _authors(draft: Draft) -> set[int]:
    log, now = WorkingChange.objects, _things(draft.documents)
    work = log.authors_since(*draft.key, _work_was_published(*draft.key), also_in=now)
    released = _released(now, _things(documents_at(draft.key)))
    return requesters(*draft.key) | work | log.authors_of(draft.content_id, released)


def _things(documents: Iterable[dict]) -> dict[str, dict]:
    """{content_id: what is said of it}: the documents and all they hold."""
    return fullest(documents) | {document["content_id"]: document for document in documents}


def _released(now: dict[str, dict], public: dict[str, dict]) -> list[str]:
    """What says more than the public version, if only because it was held back until now: its work may be older."""
    return [content_id for content_id, node in now.items() if _says_more(node, public.get(content_id))]


def _says_more(node: dict, public: dict | None) -> bool:
    """It is not public, or one of its texts has a language there that it has not in public."""
    if public is None:
        return True
    dicts = ((value, public.get(key) or {}) for key, value in node.items() if isinstance(value, dict))
    return any(language in value and language not in before for value, before in dicts for language in LANGUAGES)


def _work_was_published(type: str, content_id: str) -> datetime | None:
    """When what is public was taken from the working copy, as no neighbour's new name, move or attestation is."""
    changes = Change.objects.filter(root_type=type, root_content_id=content_id)
    return changes.aggregate(at=Max("taken_at"))["at"]
