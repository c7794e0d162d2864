"""Publishes the roots of a file in which no editor's unpublished change stands, in one publication."""

from collections import defaultdict

from django.conf import settings

from newsroom.actions.append import ChangeNote
from newsroom.actions.publish import publish
from newsroom.actions.review import approve, request_review
from newsroom.audit import EXISTENCE, TouchedFields, find_withdrawn, last_read_at, touched_roots, touched_since
from newsroom.choices import RootState
from newsroom.documents.changeset import get_public_state
from newsroom.documents.deserialize import find_content_ids
from newsroom.documents.drafts import Draft, build_drafts
from newsroom.documents.registry import get_published_type, get_working_row
from record.documents.canonical_json import ReferenceKey

from .id_map import IdMap
from .mapping.targets import PlannedRow
from .report import ImportReport

HAS_EDITOR_CHANGES = "Left unpublished: holds an editor's unpublished changes"
HAS_PROBLEMS = "Left unpublished: something must be mended first"
WAS_WITHDRAWN = "Left unpublished: was withdrawn"


def publish_roots(rows: list[PlannedRow], id_map: IdMap, *, by, file_account, file: str, outcome: ImportReport) -> None:
    """Publish the roots that the rows of a file are or belong to; those that cannot be are listed in the report."""
    roots = _collect_roots(rows, id_map)
    withdrawn, drafts = find_withdrawn(roots), _load_drafts(roots)
    edited, going = _find_edited(drafts, file_account), []
    for key, draft in drafts.items():
        if key in withdrawn:
            outcome.add_line(WAS_WITHDRAWN, _describe_root(key))
        elif key in edited:
            outcome.add_line(HAS_EDITOR_CHANGES, _describe_root(key))
        elif draft.problems:
            problems = "; ".join(f"{each.type} {each.field}: {each.message}" for each in draft.problems)
            outcome.add_line(HAS_PROBLEMS, f"{_describe_root(key)}: {problems}")
        else:
            going.append(draft)
    if settings.REQUIRE_SECOND_PERSON:
        _approve_drafts(going, by=by, file_account=file_account)
    note = _build_change_note(file)
    notes = {draft.key: ChangeNote(note) for draft in going}
    publication = publish(drafts=going, by=by, notes=notes, overruled=note["en"])
    outcome.publication = publication and publication.pk


def _collect_roots(rows: list[PlannedRow], id_map: IdMap) -> list[ReferenceKey]:
    """Return the roots of these rows in order, without those that stay drafts."""
    roots = dict.fromkeys(id_map.root(row.root) for row in rows if row.root)
    drafts = {id_map.root(row.root) for row in rows if row.root and row.draft}
    return [key for key in roots if key not in drafts]


def _load_drafts(keys: list[ReferenceKey]) -> dict[ReferenceKey, Draft]:
    """Return {root: Draft} in the order of the keys; roots that do not exist are left out."""
    by_type = defaultdict(list)
    for type, content_id in keys:
        by_type[type].append(content_id)
    drafts = {draft.key: draft for type, ids in by_type.items() for draft in build_drafts(type, ids)}
    return {key: drafts[key] for key in keys if key in drafts}


def _find_edited(drafts: dict[ReferenceKey, Draft], file_account) -> set[ReferenceKey]:
    """Return the roots whose publication would make an editor's work public.

    A root counts for itself, its children and facts, and the sources they cite.
    """
    suspects = touched_roots(besides=file_account)
    shown = {key: _find_shown(draft) for key, draft in drafts.items()} if suspects else {}
    doubtful = [key for key in shown if suspects & shown[key]]
    read_at = last_read_at(doubtful)
    return {
        key
        for key in doubtful
        if _is_edited(touched_since(key, read_at.get(key), besides=file_account, also_in=shown[key]), shown[key])
        and get_public_state(drafts[key]) != RootState.PUBLISHED
    }


def _find_shown(draft: Draft) -> set[str]:
    """Return the content_ids of all rows that a Draft shows, relations to others too."""
    return find_content_ids(
        get_published_type(document["type"]).deserialize.preprocess(document) for document in draft.documents
    )


def _is_edited(touched: TouchedFields, shown: set[str]) -> bool:
    """Return True if a row that is touched is shown, or was until it was deleted or held back.

    What was added and is held back, or was held back before, makes no difference to readers.
    """
    for content_id, fields in touched.items():
        existed, was_held = fields.get(EXISTENCE, [True])[0], str(fields.get("held_back", [False])[0]) == "True"
        if content_id in shown or (existed and not was_held and fields.keys() & {EXISTENCE, "held_back"}):
            return True
    return False


def _describe_root(key: ReferenceKey) -> str:
    """Return a root as a line of the report names it: "type slug"."""
    return f"{key[0]} {get_working_row(*key).slug}"


def _approve_drafts(drafts: list[Draft], *, by, file_account) -> None:
    """Approve each draft: the file's account asks for the review, and whoever publishes is the second person."""
    for draft in drafts:
        row = get_working_row(*draft.key)
        request_review(root=row, by=file_account)
        approve(root=row, by=by, seen=draft.digest)


def _build_change_note(file: str) -> dict:
    return {
        "en": f"From the data file “{file}”.",
        "zh-hant": f"來自資料檔案「{file}」。",
        "zh-hans": f"来自数据文件“{file}”。",
    }
