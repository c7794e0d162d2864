"""Summaries of publications for readers: which things changed, why, and how much of each. Editors stay unnamed."""

from collections.abc import Iterable
from itertools import groupby

from record.choices import ChangeAction
from record.dates import hong_kong_day


def summarize_publications(publications, changes, references: dict, acts: dict) -> list[dict]:
    """Summarise publications, in their order.

    Return [{"publication", "roots": [{"reference", "did", "note", "major", "withdrawn", "redacted", "parts"}]}], where
    `did` says what the publication did to the root ("published", "updated", "withdrawn", "came back" or "redacted") and
    `parts` is the number of changes.

    changes: those of all these publications. references: {(type, content_id): reference} of their roots, with present
    names. acts: {content_id: [(publication's id, action)]}, all that was ever done to these roots themselves.
    """
    roots: dict[int, dict] = {each.pk: {} for each in publications}
    for change in changes:
        key = change.root_type, str(change.root_content_id)
        root = roots[change.publication_id].setdefault(
            key,
            {"reference": _strip_withdrawn_link(references.get(key)), "note": None, "parts": 0}
            | {"major": False, "withdrawn": False, "redacted": False},
        )
        root["parts"] += 1
        root["note"] = root["note"] or change.note
        root["major"] |= change.update_type == "major"
        root["withdrawn"] |= change.action == "withdrawn" and change.content_id == change.root_content_id
        root["redacted"] |= change.action == "redacted"
    for number, of_publication in roots.items():
        for (_type, content_id), root in of_publication.items():
            root["did"] = _classify_root_action(
                root, [action for act, action in acts.get(content_id, ()) if act < number]
            )
    return [
        {"publication": each, "roots": [root for root in roots[each.pk].values() if root["reference"]]}
        for each in publications
    ]


def group_by_day(publications: Iterable[dict]) -> list[dict]:
    """Group the results of `summarize_publications` by day in Hong Kong, in order: [{"day", "publications"}]."""
    days = groupby(publications, key=lambda each: hong_kong_day(each["publication"].published_at))
    return [{"day": day, "publications": list(of_day)} for day, of_day in days]


def _strip_withdrawn_link(reference: dict | None) -> dict | None:
    """Return the reference of a thing withdrawn by now without its link, as the summary is about what was done then."""
    if reference is None or not reference.get("withdrawn"):
        return reference
    return {key: value for key, value in reference.items() if key != "withdrawn"} | {"slug": None}


def _classify_root_action(root: dict, before: Iterable[str]) -> str:
    """Return what the publication did to the root. before: earlier actions on the root itself, in order."""
    earlier = [action for action in before if action != ChangeAction.REDACTED]
    if root["withdrawn"]:
        return "withdrawn"
    if root["redacted"]:
        return "redacted"
    if not earlier:
        return "published"
    return "came back" if earlier[-1] == ChangeAction.WITHDRAWN else "updated"
