"""Plans milestones: what was said of them, and that they were done."""

from collections import Counter

from initiatives.models import Evidence, Milestone, Statement
from record.dates import FuzzyDate

from .. import note_parsing
from ..mappings import STATUS
from ..parser import DataFile
from .initiatives import build_public_note
from .parties import unknown_key_lines
from .targets import PlannedObject, PlannedRow, add_citations, detect_text_column, get_source_date, note_lines


def plan_milestones(record: DataFile):
    positions = Counter()
    for row in record.rows("milestones"):
        thing = _plan_milestone(row, record)
        thing.initial_values = {"position": positions[row["initiative"]]}
        positions[row["initiative"]] += 1
        yield PlannedRow("milestones", row["id"], row, thing, root=("initiatives", row["initiative"]))


def _plan_milestone(row: dict, record: DataFile) -> PlannedObject:
    history, phrase = row.get("history") or (), (row.get("due_text") or "").strip()
    done = row["status"] == "completed"
    is_event = done and not history and not phrase
    actual = _parse_actual_date(row) if done else FuzzyDate()
    thing = PlannedObject(
        Milestone,
        f"milestones:{row['id']}",
        values={
            **detect_text_column("title", row["title"]),
            **build_public_note(row, row.get("note") or "", ours=_find_unsaid_words(phrase, history)),
            "kind": "event" if is_event else "promise",
            "result": STATUS[row["status"]],
            "actual": actual,
            "held_back": row["verified"] == "recall",
        },
        refs={"initiative": ("initiatives", row["initiative"])},
        note=[*_internal_date_lines(row, is_event=is_event), *unknown_key_lines("milestones", row)],
    )
    if history:
        thing.parts += [_plan_statement(thing.key, at, each, record) for at, each in enumerate(history)]
    elif not is_event and (phrase or row.get("due")):
        thing.parts.append(_plan_inferred_statement(thing.key, row, actual, record))
    if done:
        thing.parts.append(_plan_evidence(thing.key, row, actual, record))
    add_citations(thing, row.get("sources") or (), record=record)
    return thing


def _plan_statement(key: str, at: int, each: dict, record: DataFile) -> PlannedObject:
    statement = PlannedObject(
        Statement,
        f"{key}:statement:{at}",
        values={
            "stated": FuzzyDate.parse(each.get("stated_on")),
            "promised": _parse_promised_window(each.get("due"), each.get("precision"), each.get("text")),
            "inferred": False,
            "position": at,
            "held_back": False,
        },
        note=note_lines(each, "note"),
        parent="milestone",
    )
    add_citations(statement, [each["source"]] if each.get("source") else (), record=record)
    return statement


def _plan_inferred_statement(key: str, row: dict, actual: FuzzyDate, record: DataFile) -> PlannedObject:
    """Return one statement made from `due` and its words, dated by the first source if that can have said it."""
    promised = _parse_promised_window(row.get("due"), row.get("due_precision"), row.get("due_text"))
    ids = row.get("sources") or ()
    stated = get_source_date(record, ids[0]) if ids else FuzzyDate()
    limits = [day for day in (promised.latest, actual.latest) if day]
    if stated.earliest and any(stated.earliest > day for day in limits):
        stated = FuzzyDate()
    statement = PlannedObject(
        Statement,
        f"{key}:statement:0",
        values={"stated": stated, "promised": promised, "inferred": True, "position": 0, "held_back": False},
        parent="milestone",
    )
    add_citations(statement, ids[:1] if stated.is_known() else ids, record=record)
    return statement


def _plan_evidence(key: str, row: dict, actual: FuzzyDate, record: DataFile) -> PlannedObject:
    """Return the evidence that it was done, citing the row's sources, dated by the first that can have seen it."""
    ids = row.get("sources") or ()
    seen = [get_source_date(record, id) for id in ids]
    since = actual.earliest or actual.latest
    since_then = next((day for day in seen if day.latest and (since is None or day.latest >= since)), FuzzyDate())
    evidence = PlannedObject(
        Evidence,
        f"{key}:evidence:0",
        values={"supports": "met", "dated": since_then, "position": 0, "held_back": False},
        parent="milestone",
    )
    add_citations(evidence, ids, record=record)
    return evidence


def _parse_promised_window(due, precision, phrase) -> FuzzyDate:
    phrase = (phrase or "").strip()
    if due is None:
        return FuzzyDate(phrase=phrase)
    return FuzzyDate.ending_on(
        due, precision or "unknown", phrase=phrase, at_the_earliest=note_parsing.is_at_the_earliest(phrase)
    )


def _parse_actual_date(row: dict) -> FuzzyDate:
    phrase = (row.get("completed_text") or "").strip()
    if row.get("completed") is None:
        return FuzzyDate(phrase=phrase)
    return FuzzyDate.ending_on(row["completed"], row.get("completed_precision") or "day", phrase=phrase)


def _find_unsaid_words(phrase: str, history) -> dict[str, str]:
    """Return {language: text} quoting the row's own words, if no statement of its history contains them."""
    if not phrase or not history or any(phrase in (each.get("text") or "") for each in history):
        return {}
    return {"en": f"Also worded: “{phrase}”.", "zh-hant": f"另一說法：「{phrase}」。"}


def _internal_date_lines(row: dict, *, is_event: bool) -> list[str]:
    """Return lines of the internal note for dates that have no place in the milestone."""
    keys = ["due_derived", "completed_late"]
    if row.get("history") or is_event:
        keys += ["due", "due_precision"] if row.get("due") else []
    if row["status"] != "completed":
        keys += ["completed", "completed_text"]
    return note_lines(row, *keys)
