"""Questions about unpublished work: when a root was last read, what somebody touched since, and what still stands."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import F, Max

from record.choices import ChangeAction
from record.documents.canonical_json import ReferenceKey
from record.models import Change

from .models import WorkingChange
from .models.audit_changes import CHECK_FIELDS, changes_from_deletion

PRIVATE_FIELDS = CHECK_FIELDS | {"internal_note"}  # fields that no document shows
EXISTENCE = ""  # stands among the fields of a row for its having been added or deleted
BATCH_SIZE = 500
TouchedFields = dict[str, dict[str, list]]  # {content_id: {field: [old, new]}}


def last_read_at(keys: Iterable[ReferenceKey]) -> dict[ReferenceKey, datetime]:
    """Return {root: when its last published Draft was read from the working copy}, without those never published.

    New names of neighbours, moves and attestations do not count, since no Draft is read for them.
    """
    changes = Change.objects.filter(root_content_id__in={root for _type, root in keys}, source_read_at__isnull=False)
    found = changes.order_by().values_list("root_type", "root_content_id").annotate(Max("source_read_at"))
    return {(type, str(root)): at for type, root, at in found}


def find_withdrawn(keys: Iterable[ReferenceKey]) -> set[ReferenceKey]:
    """Return which of these roots are withdrawn."""
    own = Change.objects.filter(content_id=F("root_content_id"), content_id__in={root for _type, root in keys})
    acts = own.exclude(action=ChangeAction.REDACTED).order_by("publication").values_list("type", "content_id", "action")
    last = {(type, str(content_id)): action for type, content_id, action in acts}
    return {key for key, action in last.items() if action == ChangeAction.WITHDRAWN}


def touched_roots(*, besides) -> set[str]:
    """Return the content_ids of all roots in which anybody but this user ever changed something."""
    others = WorkingChange.objects.exclude(actor=besides).order_by()
    return {str(root) for root in others.values_list("root_content_id", flat=True).distinct()}


def touched_since(
    root: ReferenceKey, instant: datetime | None, *, besides, also_in: Iterable[str] = ()
) -> TouchedFields:
    """Return what others than `besides` changed in a root since an instant (ever, if None) and is as they left it.

    also_in: as in `WorkingChangeQuerySet.touching`. What was changed back, or changed again by `besides`, is left out.
    """
    return _fold_entries(WorkingChange.objects.touching(*root, instant, also_in=also_in), besides)


def touched_rows_since(since: Mapping[str, datetime], *, besides) -> TouchedFields:
    """Return the same for single rows, each since an instant of its own: {content_id: instant}."""
    wanted, found = sorted(since), {}
    for start in range(0, len(wanted), BATCH_SIZE):
        rows = WorkingChange.objects.filter(content_id__in=wanted[start : start + BATCH_SIZE])
        others = rows.filter(timestamp__gt=min(since.values())).exclude(actor=besides)
        found |= _fold_entries((each for each in others if each.timestamp > since[str(each.content_id)]), besides)
    return found


def _fold_entries(entries: Iterable[WorkingChange], besides) -> TouchedFields:
    """Return what the others changed, from the value before their first entry to the last value, if that is theirs.

    Private fields do not count.
    """
    found: dict[tuple[str, str], tuple[list, int | None]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.timestamp, entry.pk)):
        for field, values in _changes_of(entry).items():
            key = str(entry.content_id), field
            if field not in PRIVATE_FIELDS and (key in found or entry.actor_id != besides.pk):
                before = found[key][0] if key in found else None
                found[key] = _join_changes(before, values), entry.actor_id
    touched: TouchedFields = {}
    for (content_id, field), (values, last) in found.items():
        if last != besides.pk and _is_change(values):
            touched.setdefault(content_id, {})[field] = values
    return touched


def _changes_of(entry: WorkingChange) -> dict[str, list]:
    """Return the changes of an entry, with whether the row existed before and after if that changed."""
    if entry.action == WorkingChange.Action.CREATE:
        return entry.changes | {EXISTENCE: [False, True]}
    if entry.action == WorkingChange.Action.DELETE:
        return changes_from_deletion(entry) | {EXISTENCE: [True, False]}
    return entry.changes


def _join_changes(before: list | None, after: list) -> list:
    """Return two changes of one field, the second after the first, as one."""
    if before is None:
        return after
    if not isinstance(after[0], list):
        return [before[0], after[1]]
    (removed, added), (removed_after, added_after) = map(set, before), map(set, after)
    return [
        sorted((removed - added_after) | (removed_after - added)),
        sorted((added - removed_after) | (added_after - removed)),
    ]


def _is_change(values: list) -> bool:
    """Return whether anything is otherwise than before; of linked rows [names removed, names added] are given."""
    return any(values) if isinstance(values[0], list) else str(values[0]) != str(values[1])
