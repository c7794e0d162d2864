"""Publishing: appending to the record what changed in Drafts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from record.dates import hong_kong_day
from record.documents.canonical_json import ReferenceKey
from record.models import Edition, Publication, Slug

from ..documents.changeset import Changeset, ChangesetEntry, build_changeset, find_along_drafts
from ..documents.drafts import Draft, DraftProblem, count_redactions, get_live_revisions, get_referenced_keys
from ..documents.registry import get_working_rows
from .append import ChangeNote, append_publication, lock_publishing
from .approvals import close_review_threads, find_approver
from .permissions import ActionError, require_perm

RootWarnings = dict[ReferenceKey, list[DraftProblem]]  # {(type, content_id) of a root: its warnings}


class _ProblemListError(ActionError):
    """Raised because of the problems it lists. What several Drafts share is listed once."""

    def __init__(self, problems: Iterable[DraftProblem]):
        self.problems = list(dict.fromkeys(problems))  # without repeats
        super().__init__("; ".join(_describe_problem(each) for each in self.problems))


class ValidationFailed(_ProblemListError):
    """Raised when something must be corrected before publication."""


class UnacknowledgedWarnings(_ProblemListError):
    """Raised when somebody must say why something is published in spite of warnings."""


class StaleDraft(ActionError):
    """Raised when a Draft is no longer based on what is live, or no longer what was seen."""


class SlugTaken(ActionError):
    """Raised when the slug belongs to another thing of the same type."""


@transaction.atomic
def publish(
    *,
    drafts: Iterable[Draft],
    by,
    notes: Mapping[ReferenceKey, ChangeNote] | None = None,
    overruled: str = "",
    without_along: bool = False,
) -> Publication | None:
    """Append what changed in these Drafts, and the checked small roots they name. Return None if nothing changed.

    notes: {(type, content_id) of a root: ChangeNote}. overruled: why warnings do not count; stored internally.
    without_along: publish nothing along with the given Drafts. Raises PermissionDenied, ValidationFailed, StaleDraft,
    NotApproved, UnacknowledgedWarnings, SlugTaken, WrongClock, or ActionError if a child is public under another root;
    then nothing is appended.
    """
    require_perm(by, "record.publish")
    record = lock_publishing()
    drafts = list(drafts)
    drafts += [] if without_along else find_along_drafts(drafts)
    ready = prepare_publication(drafts, overruled=overruled)
    if not ready.changeset.entries:
        return None
    Slug.objects.bulk_create(ready.new_slugs)
    publication = append_publication(
        record,
        ready.changeset.entries,
        by=by,
        notes=notes or {},
        read_at={draft.key: draft.read_at for draft in drafts},
        approved_by=ready.approved_by,
        overruled=overruled if ready.warnings else "",
    )
    close_review_threads((draft for draft in drafts if draft.key in ready.changeset.roots()), by=by)
    return publication


@dataclass(frozen=True)
class CheckedPublication:
    """What may be appended as it stands, after every check."""

    changeset: Changeset
    new_slugs: list[Slug]
    warnings: RootWarnings
    approved_by: object | None


def prepare_publication(drafts: list[Draft], *, overruled: str, at: datetime | None = None) -> CheckedPublication:
    """Make every check of `publish` but that of permission. Raises as `publish` does; writes nothing.

    at: the moment at which they are to go public; None means now. Problems that end by then do not count.
    """
    on = hong_kong_day(at or timezone.now())
    if problems := [problem for draft in drafts for problem in draft.blocking_problems(on=on)]:
        raise ValidationFailed(problems)
    _check_not_stale(drafts)
    planned = build_changeset(drafts)
    if not planned.entries:
        return CheckedPublication(planned, [], {}, None)
    _check_children_keep_root(planned.entries)
    approved_by = find_approver(drafts, planned.entries)
    warnings = collect_warnings(drafts, planned)
    if warnings and not overruled:
        raise UnacknowledgedWarnings(chain.from_iterable(warnings.values()))
    return CheckedPublication(planned, _find_new_slugs(planned.entries), warnings, approved_by)


def collect_warnings(drafts: Iterable[Draft], planned: Changeset) -> RootWarnings:
    """Return what is only published if somebody says why: warnings of each Draft, and names of what is not public.

    Roots without warnings are left out. One query for each type of what is not public.
    """
    told = _("It is named, but not public: it is left out.")
    named = get_working_rows(planned.unpublished_references)
    unnamed = {key: DraftProblem(*key, str(row), "", told) for key, row in named.items()}
    found = {}
    for draft in drafts:
        left_out = sorted(get_referenced_keys(draft.documents) & unnamed.keys())
        found[draft.key] = [*draft.warnings, *(unnamed[key] for key in left_out)]
    return {root: warnings for root, warnings in found.items() if warnings}


@transaction.atomic
def republish(*, edition_class: type[Edition], content_id, changes: dict, by) -> Publication | None:
    """Publish a minor edition of the live document with some keys changed, as an attestation does.

    Drafts do not become stale by it. Return None if nothing is live or nothing changes. Raises PermissionDenied.
    """
    require_perm(by, "record.review")
    record = lock_publishing()
    row = edition_class.objects.filter(content_id=content_id).select_related("change").first()
    if row is None or row.load_document() | changes == row.load_document():
        return None
    root = (row.change.root_type, str(row.root_content_id))
    entry = ChangesetEntry(row.type, str(row.content_id), root, row, row.load_document() | changes, is_propagation=True)
    return append_publication(record, [entry], by=by, notes={})


def _check_not_stale(drafts: list[Draft]) -> None:
    """Raise StaleDraft if a Draft is not based on what is live.

    Names, links and attestations that follow the record do not count: they leave the revision as it was.
    """
    types = {draft.type for draft in drafts}
    live = {type: get_live_revisions(type, [d.content_id for d in drafts if d.type == type]) for type in types}
    redactions = count_redactions()
    for draft in drafts:
        if live[draft.type].get(draft.content_id, {}) != draft.based_on or draft.redactions != redactions:
            raise StaleDraft(_("Somebody published this meanwhile. Look at what is live now and try again."))


def _check_children_keep_root(entries: list[ChangesetEntry]) -> None:
    """Raise ActionError if a public child would change its root, which only `move` may do.

    What was withdrawn may come back under another root.
    """
    for entry in entries:
        if entry.live is not None and not entry.live.tombstone and str(entry.live.root_content_id) != entry.root[1]:
            raise ActionError(
                _("“%(name)s” was published under something else; move it first.") % {"name": entry.live.title}
            )


def _describe_problem(problem: DraftProblem) -> str:
    """Return a problem as one line for the editor."""
    field = f", {problem.field}" if problem.field else ""
    return f"{problem.type} “{problem.name}”{field}: {problem.message}"


def _find_new_slugs(entries: list[ChangesetEntry]) -> list[Slug]:
    """Return the slugs that are used for the first time. Raises SlugTaken.

    A slug belongs for ever to the first thing of its type that was published with it.
    """
    wanted = {
        (entry.type, entry.document["slug"]): entry.content_id
        for entry in entries
        if entry.document and "slug" in entry.document
    }
    owned = {
        (type, slug): str(content_id)
        for type, slug, content_id in Slug.objects.filter(slug__in=[slug for _type, slug in wanted]).values_list(
            "type", "slug", "content_id"
        )
    }
    for key, content_id in wanted.items():
        if owned.get(key, content_id) != content_id:
            raise SlugTaken(
                _("The slug “%(slug)s” belongs to something else that was published under it.") % {"slug": key[1]}
            )
    return [
        Slug(type=type, slug=slug, content_id=wanted[type, slug]) for type, slug in wanted if (type, slug) not in owned
    ]
