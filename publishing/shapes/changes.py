"""Publications as readers are told of them: which things, why, and how much of each. Editors stay unnamed."""


def told(publications, changes, references: dict) -> list[dict]:
    """[{"publication", "roots": [{"reference", "note", "major", "withdrawn", "redacted", "parts"}]}], in order.

    changes: of all these publications; references: {(type, content_id): reference} of their roots.
    """
    roots: dict[int, dict] = {each.pk: {} for each in publications}
    for change in changes:
        key = change.root_type, str(change.root_content_id)
        root = roots[change.publication_id].setdefault(
            key,
            {"reference": references.get(key), "note": None, "parts": 0}
            | {"major": False, "withdrawn": False, "redacted": False},
        )
        root["parts"] += 1
        root["note"] = root["note"] or change.note
        root["major"] |= change.update_type == "major"
        root["withdrawn"] |= change.action == "withdrawn" and change.content_id == change.root_content_id
        root["redacted"] |= change.action == "redacted"
    return [
        {"publication": each, "roots": [root for root in roots[each.pk].values() if root["reference"]]}
        for each in publications
    ]
