"""Whether a second person approved what is to be published, and who that was."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from record.documents import canonical_json, diff
from record.documents.canonical_json import ReferenceKey
from record.documents.diff import DifferenceKind, diff_documents

from ..choices import ReviewVerb
from ..documents.changeset import ChangesetEntry
from ..documents.drafts import Draft, build_draft
from ..documents.registry import get_published_type, get_working_row
from ..documents.snapshots import load_snapshot
from ..models import ReviewEntry
from .permissions import ActionError

OPEN_VERBS = (ReviewVerb.REQUESTED, ReviewVerb.APPROVED, ReviewVerb.SENT_BACK)
Approvals = dict[tuple[str, str, str], ReviewEntry]  # {(type, content_id, digest): the approval that covers it}


class NotApproved(ActionError):
    """Raised when a second person is required and nobody approved this state of the text."""


def find_approvals(drafts: Iterable[Draft]) -> Approvals:
    """Return the approvals that cover exactly these Drafts.

    An approval of a root covers the small roots that were to be published along with it. Approvals given before the
    last publication do not count, even if the text has become again what was approved then.
    """
    wanted = {(*draft.key, draft.digest) for draft in drafts}
    threads = ReviewEntry.objects.filter(content_id__in=[content_id for _type, content_id, _digest in wanted])
    last: dict[ReferenceKey, dict[str, ReviewEntry]] = defaultdict(dict)
    for entry in threads.select_related("frozen", "by").order_by("pk"):
        of_root = last[entry.type, str(entry.content_id)]
        if entry.verb == ReviewVerb.PUBLISHED:
            of_root.clear()
        else:
            of_root[entry.frozen.digest] = entry
    covered = {}
    for key, of_root in last.items():
        for digest, entry in of_root.items():
            if entry.verb == ReviewVerb.APPROVED and (*key, digest) in wanted:
                covered |= {(*each.key, each.digest): entry for each in load_snapshot(entry.frozen)}
    return covered


def find_approver(drafts: list[Draft], entries: Iterable[ChangesetEntry]):
    """Return who approved all of these Drafts if it was one person, else None.

    entries: what publishing them would append. Raises NotApproved if a required approval is missing.
    """
    approvals = find_approvals(drafts)
    if missing := find_unapproved(drafts, entries, approvals):
        raise NotApproved(
            _("“%(name)s” needs the approval of a second person first.") % {"name": get_working_row(*missing[0].key)}
        )
    given = [approvals.get((*draft.key, draft.digest)) for draft in drafts]
    people = {entry and entry.by for entry in given}  # contains None if nobody approved one of them
    return people.pop() if len(people) == 1 else None


def find_unapproved(drafts: Iterable[Draft], entries: Iterable[ChangesetEntry], approvals: Approvals) -> list[Draft]:
    """Return the Drafts that wait for a second person; none if the setting does not require one.

    A Draft that only removes things from the record needs no approval.
    """
    if not settings.REQUIRE_SECOND_PERSON:
        return []
    saying = {entry.root for entry in entries if _adds_content(entry)}
    return [draft for draft in drafts if draft.key in saying and (*draft.key, draft.digest) not in approvals]


def _adds_content(entry: ChangesetEntry) -> bool:
    """Return whether the entry does more than remove things or propagate names.

    Removals are facts, or languages of a text, that were held back or deleted.
    """
    if entry.is_propagation or entry.document is None:
        return False
    if entry.live is None or entry.live.tombstone:
        return True
    computed = get_published_type(entry.type).computed_keys
    found = diff_documents(entry.live.load_document(), entry.document)
    return not all(each.key in computed or _is_only_removal(each) for each in found)


def _is_only_removal(each: diff.Difference) -> bool:
    """Return whether this difference only removes a language of a text, or facts."""
    if each.language:
        return each.kind is DifferenceKind.REMOVED
    if not isinstance(each.old, list):
        return False
    facts = [part for part in each.parts if isinstance(part.old, dict) and not canonical_json.is_reference(part.old)]
    return len(facts) == len(each.parts) and all(
        part.kind in (DifferenceKind.REMOVED, DifferenceKind.MOVED)
        or (part.kind is DifferenceKind.CHANGED and all(map(_is_only_removal, part.parts)))
        for part in facts
    )


def close_review_threads(drafts: Iterable[Draft], *, by) -> None:
    """Note in the review threads of these roots that they were published.

    Threads stay open if they are about later edits.
    """
    by_type = defaultdict(dict)
    for draft in drafts:
        by_type[draft.type][draft.content_id] = draft
    for type, of_type in by_type.items():
        for content_id, last in ReviewEntry.objects.last_entries(type, of_type).items():
            if last.verb in OPEN_VERBS and _is_answered(last, of_type[content_id]):
                ReviewEntry.objects.create(
                    type=type, content_id=content_id, verb=ReviewVerb.PUBLISHED, by=by, frozen=last.frozen
                )


def _is_answered(last: ReviewEntry, published: Draft) -> bool:
    """Return whether what was published is what was reviewed, or what the working copy says now."""
    return published.digest in (last.frozen.digest, build_draft(get_working_row(*published.key)).digest)
